package org.jarvis.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.Event.HostChanged.News;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostAttachment;
import org.jarvis.api.host.HostAttachment.KeyVerdict;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.HostState.Status;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {
  private static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session-1");
  private static final ClusterId HOME = new ClusterId("home");
  private static final ResourceRef PVE1 = ResourceRef.node(HOME, new NodeName("pve1"));
  private static final String ALGORITHM = "ssh-ed25519";
  private static final String KEY = "SHA256:abc";
  private static final String OTHER = "SHA256:xyz";

  private final SteppingClock clock = new SteppingClock();
  private final MemorySettings store = new MemorySettings();
  private final ServiceSlot<SettingStore> settings = new ServiceSlot<>("No storage.");
  private final ServiceSlot<AuditLog> audit = new ServiceSlot<>("No storage.");
  private final List<Event> events = new ArrayList<>();
  private final List<AspectState> details = new ArrayList<>();
  private final HostConnections connections = new HostConnections();
  private final FakeHost host = new FakeHost();
  private KnownHosts hosts = hosts();

  private KnownHosts hosts() {
    return new KnownHosts(
        clock, connections, settings, audit, (place, state) -> details.add(state), events::add);
  }

  @BeforeEach
  void storageComes() {
    settings.fill(store);
    audit.fill(store);
    hosts.synchronise();
  }

  private HostAttachment attach() {
    return hosts.attach(host.connection("pve1", PVE1));
  }

  private Host pve1() {
    return hosts.find(FakeHost.id("pve1")).orElseThrow();
  }

  private static HostState state(Status status, String reason, String offered) {
    return new HostState(status, reason, offered, java.time.Instant.EPOCH);
  }

  @Test
  void countNoKeyAsAcceptedThatNobodyAccepted() {
    HostAttachment line = attach();

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
    assertThat(pve1().state().offered()).isEqualTo(KEY);
  }

  @Test
  void acceptWhatAPersonSawAndRememberItAcrossARestart() {
    HostAttachment line = attach();
    line.offered(ALGORITHM, KEY);
    line.state(state(Status.KEY_UNKNOWN, "Accept it.", KEY));

    hosts.accept(FakeHost.id("pve1"), KEY, ADA.from("10.0.0.5"));

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.ACCEPTED);
    assertThat(line.offered(ALGORITHM, OTHER)).isEqualTo(KeyVerdict.CHANGED);
    assertThat(pve1().state().status()).isEqualTo(Status.IDLE);
    assertThat(store.audit())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.activity()).isEqualTo("host-key.accepted");
              assertThat(entry.actor()).isEqualTo("ada (person)");
              assertThat(entry.origin()).isEqualTo("browser 10.0.0.5");
              assertThat(entry.subject()).isEqualTo("home/pve1");
              assertThat(entry.detail()).contains(KEY);
            });
    hosts = hosts();
    hosts.synchronise();
    assertThat(attach().offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource(value = PrincipalKind.class, mode = EnumSource.Mode.EXCLUDE, names = "PERSON")
  void takeNoAcceptanceFromAnybodyButAPerson(PrincipalKind kind) {
    HostAttachment line = attach();
    line.offered(ALGORITHM, KEY);
    Principal other = new Principal("ada", kind, "x");

    assertFails(ErrorCode.PERSON_REQUIRED, () -> hosts.accept(FakeHost.id("pve1"), KEY, other));
    assertFails(ErrorCode.PERSON_REQUIRED, () -> hosts.forget(FakeHost.id("pve1"), other));

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
    assertThat(store.audit()).isEmpty();
  }

  @Test
  void refuseAKeyThatTheHostDoesNotOfferAnyMore() {
    HostAttachment line = attach();
    assertFails(ErrorCode.CONFLICT, () -> hosts.accept(FakeHost.id("pve1"), KEY, ADA));
    line.offered(ALGORITHM, KEY);
    line.offered(ALGORITHM, OTHER);

    assertFails(ErrorCode.CONFLICT, () -> hosts.accept(FakeHost.id("pve1"), KEY, ADA));

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
  }

  @Test
  void letNobodyAcceptAKeyWhereTheConfigurationPinsAnother() {
    HostAttachment line = attach();
    line.state(state(Status.KEY_CHANGED, "Another than the pinned one.", KEY));

    assertFails(ErrorCode.CONFLICT, () -> hosts.accept(FakeHost.id("pve1"), KEY, ADA));

    assertThat(hosts.all())
        .extracting(host -> host.state().status())
        .containsExactly(Status.KEY_CHANGED);
    assertThat(store.audit()).isEmpty();
  }

  @Test
  void knowNoKeysOfHostsThatDoNotExist() {
    assertFails(ErrorCode.NOT_FOUND, () -> hosts.accept(FakeHost.id("pve9"), KEY, ADA));
    assertFails(ErrorCode.NOT_FOUND, () -> hosts.forget(FakeHost.id("pve9"), ADA));
  }

  @Test
  void doNotCountWhatCannotBeRecorded() {
    HostAttachment line = attach();
    line.offered(ALGORITHM, KEY);
    store.breakDown(true);

    assertFails(ErrorCode.STORAGE_UNAVAILABLE, () -> hosts.accept(FakeHost.id("pve1"), KEY, ADA));

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
  }

  @Test
  void countNothingWhileTheStoreIsAway() {
    store.put(AcceptedKeys.SETTING, "{\"home/pve1\":\"" + KEY + "\"}");
    settings.empty(store);
    hosts = hosts();
    hosts.synchronise();
    HostAttachment line = attach();

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
    assertFails(ErrorCode.STORAGE_UNAVAILABLE, () -> hosts.accept(FakeHost.id("pve1"), KEY, ADA));

    settings.fill(store);
    hosts.synchronise();
    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "null", "[]", "{\"home/pve1\":1}", "{\"nonsense\":\"x\"}"})
  void countNothingWhereWhatWasKeptIsDamagedUntilAPersonAcceptsAnew(String kept) {
    store.put(AcceptedKeys.SETTING, kept);
    hosts = hosts();
    hosts.synchronise();
    HostAttachment line = attach();

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
    assertThat(hosts.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(hosts.health().detail()).contains("damaged");

    hosts.accept(FakeHost.id("pve1"), KEY, ADA);

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.ACCEPTED);
    assertThat(hosts.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void forgetWhatWasAccepted() {
    HostAttachment line = attach();
    line.offered(ALGORITHM, KEY);
    hosts.accept(FakeHost.id("pve1"), KEY, ADA);

    hosts.forget(FakeHost.id("pve1"), ADA);

    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);
    assertThat(store.audit())
        .extracting(AuditEntry::activity)
        .containsExactly("host-key.accepted", "host-key.forgotten");
  }

  @Test
  void tellOfEachTroubleOnceAndOfItsEnd() {
    HostAttachment line = attach();
    line.state(state(Status.CONNECTED, null, KEY));
    line.state(state(Status.KEY_CHANGED, "Look.", OTHER));
    line.state(state(Status.IDLE, null, OTHER));
    line.state(state(Status.KEY_CHANGED, "Look.", OTHER));
    line.state(state(Status.CONNECTED, null, KEY));
    line.state(state(Status.CONNECTED, null, KEY));

    assertThat(events)
        .extracting(event -> ((Event.HostChanged) event).news())
        .containsExactly(News.KEY_CHANGED, News.CONNECTED);
    assertThat(events.get(0).summary())
        .isEqualTo("Host home/pve1 offers another key than the accepted one (SHA256:xyz): Look.");
    assertThat(events.get(0).subject()).contains(PVE1);
  }

  @Test
  void sayWhyNothingIsReadFromAHostInTrouble() {
    attach().state(state(Status.LOGIN_REFUSED, "It refuses the key.", null));

    assertThat(details)
        .singleElement()
        .satisfies(
            detail -> {
              assertThat(detail.failure().code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED);
              assertThat(detail.failure().reason()).isEqualTo("It refuses the key.");
            });
  }

  @Test
  void keepAHostListedWithTheReasonWhenItsConnectorLeaves() {
    HostAttachment line = attach();
    line.state(state(Status.CONNECTED, null, KEY));

    line.detach();

    assertThat(pve1().state().status()).isEqualTo(Status.UNREACHABLE);
    assertThat(pve1().state().reason()).contains("org.jarvis.connector.ssh");
    assertThat(connections.find(FakeHost.id("pve1"))).isEmpty();
    assertFails(ErrorCode.NOT_FOUND, () -> connections.require(FakeHost.id("pve1")));
    line.state(state(Status.CONNECTED, null, KEY));
    assertThat(pve1().state().status()).isEqualTo(Status.UNREACHABLE);
    assertThat(line.offered(ALGORITHM, KEY)).isEqualTo(KeyVerdict.UNKNOWN);

    hosts.configurationDeleted(FakeHost.CONFIGURATION);
    assertThat(hosts.all()).isEmpty();
  }

  @Test
  void dropWhatItsConfigurationSpeaksForNoMore() {
    attach().detach();

    hosts.attach(host.connection("pve2", ResourceRef.node(HOME, new NodeName("pve2"))));

    assertThat(hosts.all()).extracting(known -> known.id().name()).containsExactly("pve2");
  }

  @Test
  void keepTwoFromSpeakingForOneHost() {
    attach();

    assertFails(ErrorCode.CONFLICT, this::attach);
  }

  @Test
  void areFoundByNameAndByPlace() {
    attach();
    hosts.attach(host.connection("docker", ResourceRef.cluster(HOME)));

    assertThat(hosts.named("pve1")).hasSize(1);
    assertThat(hosts.named("home/docker")).hasSize(1);
    assertThat(hosts.named("cabin/docker")).isEmpty();
    assertThat(hosts.of(PVE1)).hasValueSatisfying(h -> assertThat(h.id().name()).isEqualTo("pve1"));
    assertThat(hosts.of(ResourceRef.cluster(HOME))).isEmpty();
  }

  @Test
  void askForAPersonInTheHealthWithoutNamingAnyHost() {
    attach().state(state(Status.KEY_UNKNOWN, "Accept it.", KEY));

    assertThat(hosts.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(hosts.health().detail())
        .contains("1 of 1 need a person: 1 key-unknown")
        .doesNotContain("pve1");
  }

  private static void assertFails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
