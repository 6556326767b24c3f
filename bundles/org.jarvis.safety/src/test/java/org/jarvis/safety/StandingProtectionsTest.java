package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.ProtectionLedger.Item;
import org.jarvis.api.safety.ProtectionLedger.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandingProtectionsTest {
  private static final ResourceRef MEDIA = Home.guest(101, "pve1").ref();
  private static final String ADDRESS = "192.0.2.7";

  private final Home home = new Home();
  private final FakeLiveState liveState = new FakeLiveState();
  private final FakeSettingStore store = new FakeSettingStore();
  private final FakeAuditLog audit = new FakeAuditLog();
  private final TagMemory memory = new TagMemory();
  private StandingProtections ledger;

  @BeforeEach
  void start() {
    memory.setStore(store);
    memory.setLiveState(liveState);
    OwnPlaceRegister place = Registers.nowhere();
    place.setLiveState(liveState);
    DecisionRecord journal = new DecisionRecord(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    journal.setAudit(audit);
    ledger =
        new StandingProtections(
            new ProtectionRegister(
                ConfiguredProtection.read(new String[] {"pve:home:node:pve2"}),
                ProtectedServices.read(new String[] {"pve1/docker"}),
                memory,
                place),
            memory,
            place,
            journal);
    ledger.setLiveState(liveState);
  }

  private void tag() {
    home.guests.set(0, Home.guest(101, "pve1", TagMemory.TAG));
    liveState.show(home.snapshot());
  }

  private void untag() {
    home.guests.set(0, Home.guest(101, "pve1"));
    liveState.show(home.snapshot());
  }

  private Item byTag() {
    return ledger.items().stream()
        .filter(item -> item.source() == Source.TAG)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listsWhatIsProtectedAndWhy() {
    home.whereabouts = new Whereabouts.InGuest(new GuestId(103));
    tag();

    assertThat(ledger.items())
        .extracting(Item::source, Item::name)
        .containsExactly(
            tuple(Source.HOME, "guest103"),
            tuple(Source.TAG, "guest101"),
            tuple(Source.CONFIGURATION, "pve2"),
            tuple(Source.SERVICE, "pve1/docker"));
    assertThat(ledger.items()).allSatisfy(item -> assertThat(item.obstacle()).isNotBlank());
  }

  @Test
  void aPersonReleasesWhatHasLostItsTagForGoodAndOnRecord() {
    tag();
    untag();
    assertThat(byTag().obstacle()).isNull();
    assertThat(memory.holds(home.guests.get(0))).isTrue();

    ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS);

    assertThat(memory.holds(home.guests.get(0))).isFalse();
    assertThat(audit.entries)
        .containsExactly(
            new AuditEntry(
                Instant.EPOCH,
                "ada",
                "http " + ADDRESS,
                "protection.released",
                "pve:home:guest:101",
                "{}"));
    TagMemory afterRestart = new TagMemory();
    afterRestart.setStore(store);
    assertThat(afterRestart.holds(home.guests.get(0))).isFalse();
    refused(ErrorCode.NOT_FOUND, () -> ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS));
  }

  @Test
  void protectsAgainOnceTheTagIsSeenAgain() {
    tag();
    untag();
    ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS);

    tag();

    assertThat(memory.all()).containsExactly(MEDIA);
  }

  @Test
  void refusesWhileTheTagIsStillSetAndSaysWhatToDo() {
    tag();

    assertThatThrownBy(() -> ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("Take the tag jarvis-protected away from guest101 (VM 101)");
    assertThat(memory.all()).containsExactly(MEDIA);
  }

  @Test
  void refusesWhileNobodySeesWhetherTheTagIsSet() {
    tag();
    home.connection = Cluster.Connection.FAILING;
    untag();

    refused(ErrorCode.CONFLICT, () -> ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS));
  }

  @Test
  void releasesANumberWhoseGuestIsGone() {
    tag();
    home.guests.remove(0);
    liveState.show(home.snapshot());

    assertThat(byTag().name()).isEqualTo("101");
    ledger.release(MEDIA, "101", Home.PERSON, ADDRESS);

    assertThat(memory.all()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = PrincipalKind.class, names = "PERSON", mode = EnumSource.Mode.EXCLUDE)
  void nobodyButAPersonReleases(PrincipalKind kind) {
    tag();
    untag();

    refused(
        ErrorCode.PERSON_REQUIRED,
        () -> ledger.release(MEDIA, "guest101", new Principal("ada", kind, "x"), ADDRESS));
    assertThat(memory.all()).containsExactly(MEDIA);
    assertThat(audit.entries).isEmpty();
  }

  @Test
  void wantsTheNameTypedExactly() {
    tag();
    untag();

    for (String typed : new String[] {"", "guest10", "Guest101", " guest101", "101"}) {
      refused(ErrorCode.TYPED_NAME_WRONG, () -> ledger.release(MEDIA, typed, Home.PERSON, ADDRESS));
    }
    assertThat(memory.all()).containsExactly(MEDIA);
  }

  @Test
  void staysProtectedWhereTheReleaseCannotBeRecordedOrStored() {
    tag();
    untag();
    audit.broken = true;
    refused(
        ErrorCode.STORAGE_UNAVAILABLE,
        () -> ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS));
    audit.broken = false;
    store.broken = true;
    refused(
        ErrorCode.STORAGE_UNAVAILABLE,
        () -> ledger.release(MEDIA, "guest101", Home.PERSON, ADDRESS));

    assertThat(memory.all()).containsExactly(MEDIA);
  }

  @Test
  void doesNotReleaseWhatTheConfigurationNames() {
    liveState.show(home.snapshot());

    refused(
        ErrorCode.NOT_FOUND,
        () -> ledger.release(Home.node("pve2").ref(), "pve2", Home.PERSON, ADDRESS));
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
