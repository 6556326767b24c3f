package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.OwnPlace.Source;
import org.jarvis.api.tool.Effect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnPlaceRegisterTest {
  private static final HostFacts HOST = new HostFacts(null, Set.of(Machines.MAC), Set.of(), null);

  private final Home home = new Home();
  private final FakeLiveState liveState = new FakeLiveState();
  private final FakeSettingStore store = new FakeSettingStore();
  private final FakeAuditLog audit = new FakeAuditLog();
  private OwnPlaceRegister place;

  @BeforeEach
  void start() {
    home.whereabouts = new Whereabouts.Unknown();
    place = started();
  }

  private OwnPlaceRegister started() {
    DecisionRecord journal = new DecisionRecord(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    journal.setAudit(audit);
    OwnPlaceRegister started = new OwnPlaceRegister(HOST, journal);
    started.setStore(store);
    liveState.show(home.snapshot());
    started.setLiveState(liveState);
    return started;
  }

  /** The cluster, once the configuration of guest 103 was read. */
  private ClusterSnapshot inGuest103() {
    ClusterSnapshot plain = home.snapshot();
    return new ClusterSnapshot(
        plain.cluster(),
        plain.nodes(),
        plain.guests(),
        plain.storages(),
        Map.of(
            Home.guest(103, "pve1").ref(),
            DiscoveryTest.of(DiscoveryTest.configuration(Machines.MAC, Map.of()))),
        Map.of());
  }

  @Test
  void findsOutByItselfAsSoonAsTheGuestIsRead() {
    assertThat(place.standing(Home.ID).source()).isEqualTo(Source.NOBODY);
    assertThat(place.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);

    liveState.show(inGuest103());

    assertThat(place.standing(Home.ID).whereabouts())
        .isEqualTo(new Whereabouts.InGuest(new GuestId(103)));
    assertThat(place.standing(Home.ID).source()).isEqualTo(Source.DISCOVERY);
    assertThat(place.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void liftsTheRefusalsAndProtectsTheGuestOnceItIsFound() {
    WhereaboutsPolicy policy = new WhereaboutsPolicy(place);
    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1"))).reason())
        .contains("does not know whether it runs inside", "not read yet", "under Protection");

    liveState.show(inGuest103());

    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
    TagMemory memory = new TagMemory();
    memory.setStore(store);
    ProtectionPolicy protection =
        new ProtectionPolicy(
            new ProtectionRegister(
                ConfiguredProtection.read(new String[0]),
                ProtectedServices.read(new String[0]),
                memory,
                place));
    assertThat(protection.decide(home.asks(Effect.DISRUPTS, Home.guest(103, "pve1"))))
        .isInstanceOf(Decision.Deny.class);
    assertThat(protection.decide(home.asks(Effect.DISRUPTS, Home.node("pve1"))))
        .isInstanceOf(Decision.Deny.class);
    assertThat(protection.decide(home.asks(Effect.DISRUPTS, Home.guest(102, "pve2"))))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void believesTheConfigurationFirstAndProtectsWhatContradictsIt() {
    home.whereabouts = new Whereabouts.Outside();
    liveState.show(inGuest103());

    assertThat(place.standing(Home.ID).source()).isEqualTo(Source.CONFIGURATION);
    assertThat(place.contradiction(home.cluster())).contains(new GuestId(103));
    assertThat(place.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(place.health().detail()).contains("said to run outside");
    assertThatThrownBy(() -> state(new Whereabouts.InGuest(new GuestId(101))))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("etc/org.jarvis.connector.proxmox-home.cfg");
  }

  @Test
  void keepsAPersonsStatementForGoodAndRecordsIt() {
    assertThat(state(new Whereabouts.Outside()).source()).isEqualTo(Source.PERSON);
    assertThat(audit.entries)
        .containsExactly(
            new AuditEntry(
                Instant.EPOCH,
                "ada",
                "http 192.0.2.7",
                "whereabouts.stated",
                "pve:home:cluster",
                "{\"outside\":true}"));

    assertThat(started().standing(Home.ID).whereabouts()).isEqualTo(new Whereabouts.Outside());

    state(new Whereabouts.InGuest(new GuestId(101)));
    assertThat(started().standing(Home.ID).whereabouts())
        .isEqualTo(new Whereabouts.InGuest(new GuestId(101)));

    assertThat(state(new Whereabouts.Unknown()).source()).isEqualTo(Source.NOBODY);
    assertThat(started().standing(Home.ID).source()).isEqualTo(Source.NOBODY);
  }

  @Test
  void aPersonsWordCountsMoreThanWhatWasFound() {
    liveState.show(inGuest103());

    state(new Whereabouts.InGuest(new GuestId(101)));

    assertThat(place.standing(Home.ID).whereabouts())
        .isEqualTo(new Whereabouts.InGuest(new GuestId(101)));
    assertThat(place.contradiction(home.cluster())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = PrincipalKind.class, names = "PERSON", mode = EnumSource.Mode.EXCLUDE)
  void takesNobodysWordButAPersons(PrincipalKind kind) {
    assertThatThrownBy(
            () ->
                place.state(
                    Home.ID,
                    new Whereabouts.Outside(),
                    new Principal("ada", kind, "x"),
                    "192.0.2.7"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PERSON_REQUIRED));
    assertThat(audit.entries).isEmpty();
    assertThat(store.values).isEmpty();
  }

  @Test
  void refusesGuestsAndClustersThatAreNotThere() {
    assertThatThrownBy(() -> state(new Whereabouts.InGuest(new GuestId(999))))
        .hasMessageContaining("no guest 999");
    assertThatThrownBy(
            () ->
                place.state(
                    new ClusterId("attic"), new Whereabouts.Outside(), Home.PERSON, "192.0.2.7"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void doesNotCountWhatCouldNotBeRecordedOrStored() {
    audit.broken = true;
    assertThatThrownBy(() -> state(new Whereabouts.Outside())).isInstanceOf(JarvisException.class);
    audit.broken = false;
    store.broken = true;
    assertThatThrownBy(() -> state(new Whereabouts.Outside())).isInstanceOf(JarvisException.class);

    assertThat(place.standing(Home.ID).source()).isEqualTo(Source.NOBODY);
  }

  @Test
  void knowsNothingWhileStatementsCannotBeReadNotEvenWhatItFound() {
    store.broken = true;
    OwnPlaceRegister late = started();
    liveState.show(inGuest103());
    assertThat(late.standing(Home.ID).whereabouts()).isEqualTo(new Whereabouts.Unknown());
    assertThat(late.standing(Home.ID).reason()).contains("cannot be read");

    store.broken = false;
    liveState.show(inGuest103());
    assertThat(late.standing(Home.ID).source()).isEqualTo(Source.DISCOVERY);
  }

  @Test
  void doesNotGuessAtAStatementThatIsDamaged() {
    store.values.put(StatedPlaces.SETTING, "home=elsewhere");

    assertThat(started().standing(Home.ID).reason()).contains("cannot be read");
  }

  private OwnPlace.Standing state(Whereabouts where) {
    return place.state(Home.ID, where, Home.PERSON, "192.0.2.7");
  }
}
