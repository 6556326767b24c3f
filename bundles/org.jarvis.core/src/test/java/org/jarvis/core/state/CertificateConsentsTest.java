package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterCertificates.Consent;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterTrust;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.connector.MemberCertificate.Shown;
import org.jarvis.api.connector.MemberCertificate.Standing;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.testkit.connector.UnusedCluster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateConsentsTest {
  private static final String ADDRESS = "https://192.168.1.10:8006";
  private static final String NAME = "192.168.1.10";
  private static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  private final SteppingClock clock = new SteppingClock();
  private final MemorySettings kept = new MemorySettings();
  private final ServiceSlot<SettingStore> settings = new ServiceSlot<>("No storage.");
  private final ServiceSlot<AuditLog> audit = new ServiceSlot<>("No storage.");
  private final Connections connections = new Connections();
  private final ClusterStates states =
      new ClusterStates(clock, connections, Runnable::run, event -> {});
  private final Member member = new Member();
  private CertificateConsents consents = begin();
  private Attachment line;

  private static final class Silent extends UnusedCluster {}

  /** A member of which a test says what it shows. */
  private static final class Member implements ClusterTrust {
    private final List<Map<String, String>> told = new ArrayList<>();
    private Standing standing = Standing.UNKNOWN;
    private @Nullable String shows = "AA:01";
    private boolean inConfiguration;

    @Override
    public List<MemberCertificate> certificates() {
      Shown shown =
          shows == null ? null : new Shown(shows, "CN=pve1", "CN=pve1", Instant.EPOCH, END);
      return List.of(
          new MemberCertificate(
              ADDRESS,
              NAME,
              null,
              true,
              standing,
              shown,
              List.of(),
              inConfiguration,
              null,
              "It is not trusted."));
    }

    @Override
    public void consented(Map<String, String> fingerprints) {
      told.add(fingerprints);
    }

    Map<String, String> trusts() {
      return told.isEmpty() ? Map.of() : told.get(told.size() - 1);
    }
  }

  @BeforeEach
  void connect() {
    settings.fill(kept);
    audit.fill(kept);
    consents.synchronise();
    line = attach();
  }

  private CertificateConsents begin() {
    return new CertificateConsents(clock, states, connections, settings, audit);
  }

  private Attachment attach() {
    Silent cluster = new Silent();
    return new ConsentingRegistry(states, consents)
        .attach(
            new ClusterConnection(
                House.ID,
                "proxmox~home",
                new Whereabouts.Outside(),
                "jarvis@pve!x",
                Duration.ofSeconds(10),
                cluster,
                member,
                cluster));
  }

  private void accept(String fingerprint) {
    consents.accept(House.ID, ADDRESS, fingerprint, NAME, ADA);
  }

  private static ErrorCode code(ThrowingCallable call) {
    return ((JarvisException) catchThrowable(call)).code();
  }

  @Test
  void trustsWhatAPersonConsentedToAndSaysWhoDid() {
    accept("AA:01");

    assertThat(member.trusts()).containsExactly(Map.entry(ADDRESS, "AA:01"));
    assertThat(consents.show(House.ID).get(0).consent())
        .isEqualTo(new Consent("AA:01", "ada", clock.instant()));
  }

  @Test
  void outlivesARestart() {
    accept("AA:01");
    line.detach(DetachReason.CONNECTOR_LEAVING);
    member.told.clear();
    consents = begin();
    settings.empty(kept);
    consents.synchronise();

    attach();
    assertThat(member.told).isEmpty();
    settings.fill(kept);
    consents.synchronise();

    assertThat(member.trusts()).containsEntry(ADDRESS, "AA:01");
  }

  @Test
  void tellsAConnectorThatComesLater() {
    accept("AA:01");
    line.detach(DetachReason.CONNECTOR_LEAVING);
    member.told.clear();

    attach();

    assertThat(member.trusts()).containsEntry(ADDRESS, "AA:01");
  }

  @Test
  void refusesWhatIsNotShownAtTheMomentOfConsent() {
    member.shows = "BB:02";

    assertThatThrownBy(() -> accept("AA:01"))
        .hasMessageContaining("shows the certificate BB:02 now, not the one that was shown");
    assertThat(code(() -> accept("AA:01"))).isEqualTo(ErrorCode.CONFLICT);
    member.shows = null;
    assertThat(code(() -> accept("AA:01"))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(member.trusts()).isEmpty();
    assertThat(kept.audit()).isEmpty();
  }

  @Test
  void leavesToTheConfigurationWhatItSays() {
    member.inConfiguration = true;

    assertThatThrownBy(() -> accept("AA:01")).hasMessageContaining("that counts alone");
    assertThat(member.trusts()).isEmpty();
  }

  @Test
  void needsNoConsentForWhatIsTrusted() {
    for (Standing trusted : List.of(Standing.VOUCHED, Standing.PINNED, Standing.CONSENTED)) {
      member.standing = trusted;
      assertThat(code(() -> accept("AA:01"))).as(trusted.name()).isEqualTo(ErrorCode.CONFLICT);
    }
    assertThat(member.trusts()).isEmpty();
  }

  @Test
  void wantsTheNameTyped() {
    for (String typed : List.of("", "192.168.1.1", "pve1", ADDRESS, " " + NAME)) {
      assertThat(code(() -> consents.accept(House.ID, ADDRESS, "AA:01", typed, ADA)))
          .as(typed)
          .isEqualTo(ErrorCode.TYPED_NAME_WRONG);
    }
    assertThat(member.trusts()).isEmpty();
  }

  @Test
  void isForAPersonAlone() {
    accept("AA:01");
    for (PrincipalKind other : PrincipalKind.values()) {
      Principal principal = new Principal("eve", other, "t1");
      if (!principal.isPerson()) {
        assertThat(code(() -> consents.accept(House.ID, ADDRESS, "AA:01", NAME, principal)))
            .isEqualTo(ErrorCode.PERSON_REQUIRED);
        assertThat(code(() -> consents.forget(House.ID, ADDRESS, principal)))
            .isEqualTo(ErrorCode.PERSON_REQUIRED);
      }
    }
    assertThat(member.trusts()).containsEntry(ADDRESS, "AA:01");
    assertThat(kept.audit()).hasSize(1);
  }

  @Test
  void replacesAConsentAndTakesItBackWithARecordOfBoth() {
    accept("AA:01");
    member.standing = Standing.CHANGED;
    member.shows = "BB:02";
    accept("BB:02");
    assertThat(member.trusts()).containsExactly(Map.entry(ADDRESS, "BB:02"));

    consents.forget(House.ID, ADDRESS, ADA);

    assertThat(member.trusts()).isEmpty();
    assertThat(consents.show(House.ID).get(0).consent()).isNull();
    assertThat(code(() -> consents.forget(House.ID, ADDRESS, ADA))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(kept.audit())
        .extracting(AuditEntry::activity)
        .containsExactly("certificate.accepted", "certificate.accepted", "certificate.forgotten");
    AuditEntry second = kept.audit().get(1);
    assertThat(second.actor()).isEqualTo("ada (person)");
    assertThat(second.subject()).isEqualTo("home " + ADDRESS);
    assertThat(second.detail())
        .isEqualTo(
            "{\"after\":\"BB:02\",\"before\":\"AA:01\",\"credential\":\"session\","
                + "\"names\":\"CN=pve1\",\"until\":\"2027-01-01T00:00:00Z\"}");
  }

  @Test
  void trustsNothingThatCannotBeRecorded() {
    kept.breakDown(true);

    assertThat(code(() -> accept("AA:01"))).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
    kept.breakDown(false);
    assertThat(member.trusts()).isEmpty();
    assertThat(consents.show(House.ID).get(0).consent()).isNull();
  }

  @Test
  void trustsNothingWhereWhatWasKeptIsDamaged() {
    for (String damaged :
        List.of("[]", "{\"home\":null}", "{\"home\":{\"" + ADDRESS + "\":{\"by\":\"ada\"}}}")) {
      kept.put(CertificateConsents.SETTING, damaged);
      consents = begin();
      consents.synchronise();
      assertThat(consents.show(House.ID).get(0).consent()).as(damaged).isNull();
    }
    accept("AA:01");
    assertThat(member.trusts()).containsEntry(ADDRESS, "AA:01");
  }

  @Test
  void knowsNoOtherClustersAndMembers() {
    ClusterId other = new ClusterId("other");
    assertThat(code(() -> consents.show(other))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(code(() -> consents.accept(House.ID, "https://10.0.0.1:8006", "AA:01", NAME, ADA)))
        .isEqualTo(ErrorCode.NOT_FOUND);
    line.detach(DetachReason.CONNECTOR_LEAVING);
    assertThat(code(() -> accept("AA:01"))).isEqualTo(ErrorCode.CONNECTOR_MISSING);
  }
}
