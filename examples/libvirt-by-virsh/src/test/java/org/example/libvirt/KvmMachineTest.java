package org.example.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.testkit.connector.ConnectorContract;
import org.jarvis.testkit.connector.FakeClusterRegistry;
import org.jarvis.testkit.connector.RecordingFollower;
import org.jarvis.testkit.connector.WatchedSystem;
import org.jarvis.testkit.connector.WritingMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.component.ComponentConstants;

/** The contract of every connector, and what is special about one that asks virsh. */
class KvmMachineTest extends ConnectorContract<KvmMachine> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private FakeVirsh virsh;

  @Override
  protected WatchedSystem system() {
    virsh = new FakeVirsh(folder);
    return virsh;
  }

  @Override
  protected KvmMachine open(WatchedSystem system, ClusterRegistry registry) {
    return new KvmMachine(registry, properties(Map.of()));
  }

  @Override
  protected void leave(KvmMachine machine, DetachReason reason) {
    machine.leave(
        switch (reason) {
          case CONFIGURATION_REMOVED ->
              ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED;
          case CONFIGURATION_CHANGED ->
              ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED;
          case CONNECTOR_LEAVING -> ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED;
        });
  }

  @Override
  protected Set<WritingMethod> abilities() {
    return Set.of(
        WritingMethod.START, WritingMethod.SHUTDOWN, WritingMethod.STOP, WritingMethod.REBOOT);
  }

  private Map<String, Object> properties(Map<String, Object> others) {
    Map<String, Object> all = new HashMap<>();
    all.put("service.pid", "org.jarvis.extension.libvirt~attic");
    all.put("felix.fileinstall.filename", "/x/etc/org.jarvis.extension.libvirt-attic.cfg");
    all.put("name", "attic");
    all.put("node", "kvm1");
    all.put("command", virsh.command());
    all.put("poll.interval.seconds", "1");
    all.put("time.seconds", "60");
    all.put("runs.outside", "true");
    all.putAll(others);
    return all;
  }

  /** One that is opened by a test itself, and left by it. */
  private final class Opened implements AutoCloseable {
    final FakeClusterRegistry registry = new FakeClusterRegistry(PATIENCE);
    final KvmMachine machine;

    Opened(Map<String, Object> others) {
      machine = new KvmMachine(registry, properties(others));
    }

    @Override
    public void close() {
      leave(machine, DetachReason.CONNECTOR_LEAVING);
    }
  }

  private static Guest guest(ClusterObservation seen, GuestId id) {
    return seen.guests().stream().filter(guest -> guest.id().equals(id)).findFirst().orElseThrow();
  }

  // What it shows.

  @Test
  void showsTheMachineAsAClusterOfOneNodeThatNeedsNoQuorum() {
    try (Opened opened = new Opened(Map.of())) {
      ClusterObservation seen = opened.registry.observation();

      Node node = seen.nodes().get(0);
      assertThat(seen.nodes()).hasSize(1);
      assertThat(node.name()).isEqualTo("kvm1");
      assertThat(node.cpus()).isEqualTo(8);
      assertThat(node.memoryTotal()).isEqualTo(new Bytes(16326432L * 1024));
      assertThat(node.memoryUsed()).isEqualTo(new Bytes(7000000L * 1024));
      assertThat(seen.quorate()).isTrue();
      assertThat(seen.expectedVotes()).isNull();
      assertThat(seen.oddities()).isEmpty();
    }
  }

  @Test
  void showsNamesAsTheyAreAndLetsNoneBecomeAnArgument() {
    try (Opened opened = new Opened(Map.of())) {
      ClusterConnection connection = opened.registry.connection();
      ClusterObservation seen = opened.registry.observation();

      Guest running = guest(seen, virsh.running());
      assertThat(running.name()).isEqualTo(FakeVirsh.PLAIN);
      assertThat(running.cpus()).isEqualTo(2);
      assertThat(running.memoryUsed()).isEqualTo(new Bytes(1L << 30));
      Guest stopped = guest(seen, virsh.stopped());
      assertThat(stopped.name()).isEqualTo(FakeVirsh.HOSTILE);
      assertThat(stopped.memoryUsed()).isNull();
      assertThat(connection.operations().start(stopped, new RecordingFollower()).succeeded())
          .isTrue();

      assertThat(virsh.asked())
          .allMatch(line -> line.matches("(\\[[a-z-]+])+(\\[[0-9a-f-]{36}])?"), "words and UUIDs");
      assertThat(virsh.changes()).containsExactly("start 11111111-2222-4333-8444-555555555502");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,UNKNOWN",
    "1,RUNNING",
    "2,RUNNING",
    "3,PAUSED",
    "4,RUNNING",
    "5,STOPPED",
    "6,UNKNOWN",
    "7,PAUSED",
    "x,UNKNOWN"
  })
  void knowsTheStatesOfLibvirt(String state, Guest.Status status) {
    UUID id = UUID.fromString("11111111-2222-4333-8444-555555555509");
    virsh.domain(id, "another", state);
    try (Opened opened = new Opened(Map.of())) {
      Guest guest = guest(opened.registry.observation(), Domain.number(id));

      assertThat(guest.status()).isEqualTo(status);
    }
  }

  @Test
  void leavesTwoOfOneNumberOutAndSaysSo() {
    UUID one = UUID.fromString("00000000-0000-4000-8000-000000000001");
    UUID other = new UUID(one.getMostSignificantBits(), one.getLeastSignificantBits() + 900_000);
    assertThat(Domain.number(one)).isEqualTo(Domain.number(other));
    virsh.domain(one, "one", "1");
    virsh.domain(other, "other", "1");
    try (Opened opened = new Opened(Map.of())) {
      ClusterConnection connection = opened.registry.connection();
      ClusterObservation seen = opened.registry.observation();

      assertThat(seen.guests()).hasSize(2);
      assertThat(seen.incomplete()).containsExactly(ResourceKind.GUEST);
      assertThat(seen.oddities()).hasSize(2).anyMatch(oddity -> oddity.contains(one.toString()));
      JarvisException failure =
          catchThrowableOfType(
              JarvisException.class, () -> connection.reader().guest(Domain.number(one)));
      assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
    }
  }

  @Test
  void leavesOutWhoseFiguresCannotBeTold() {
    UUID id = UUID.fromString("11111111-2222-4333-8444-555555555509");
    virsh.domain(id, FakeVirsh.PLAIN, "5");
    try (Opened opened = new Opened(Map.of())) {
      ClusterObservation seen = opened.registry.observation();

      assertThat(seen.guests()).extracting(Guest::id).containsExactly(virsh.stopped());
      assertThat(seen.incomplete()).containsExactly(ResourceKind.GUEST);
      assertThat(seen.oddities()).hasSize(2);
    }
  }

  // What it changes.

  @Test
  void saysThatAChangeThatTakesTooLongMayHaveHadAnEffect() {
    virsh.hang();
    try (Opened opened = new Opened(Map.of("time.seconds", "1"))) {
      ClusterConnection connection = opened.registry.connection();
      Guest stopped = guest(opened.registry.observation(), virsh.stopped());

      JarvisException failure =
          catchThrowableOfType(
              JarvisException.class,
              () -> connection.operations().start(stopped, new RecordingFollower()));

      assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
      assertThat(virsh.changes()).hasSize(1);
    }
  }

  @Test
  void shutsNothingDownThatCouldNotBeStartedAgain() {
    virsh.isTransient(virsh.running());
    try (Opened opened = new Opened(Map.of())) {
      ClusterConnection connection = opened.registry.connection();
      Guest running = guest(opened.registry.observation(), virsh.running());

      JarvisException failure =
          catchThrowableOfType(
              JarvisException.class,
              () -> connection.operations().reboot(running, PATIENCE, new RecordingFollower()));

      assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
      assertThat(virsh.changes()).isEmpty();
    }
  }

  @Test
  void tellsAGuestThatDoesNotHeedItsShutdown() {
    try (Opened opened = new Opened(Map.of())) {
      ClusterConnection connection = opened.registry.connection();
      Guest running = guest(opened.registry.observation(), virsh.running());
      virsh.ignoreShutdown();

      TaskState end =
          connection.operations().shutdown(running, Duration.ZERO, new RecordingFollower());

      assertThat(end.succeeded()).isFalse();
      assertThat(end.exitStatus()).startsWith("It still runs after");
      assertThat(virsh.status(virsh.running())).isEqualTo(Guest.Status.RUNNING);
    }
  }

  // What its configuration says.

  @Test
  void knowsNothingOfItsPlaceUnlessItIsTold() {
    assertThat(whereabouts(Map.of("runs.outside", "false"))).isEqualTo(new Whereabouts.Unknown());
    assertThat(whereabouts(Map.of())).isEqualTo(new Whereabouts.Outside());
    assertThat(whereabouts(Map.of("runs.outside", "false", "runs.in.guest", "123456")))
        .isEqualTo(new Whereabouts.InGuest(new GuestId(123456)));
  }

  private Whereabouts whereabouts(Map<String, Object> others) {
    try (Opened opened = new Opened(others)) {
      return opened.registry.connection().whereabouts();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "name, Not A Name",
    "node, not a node",
    "command, canary",
    "time.seconds, soon",
    "poll.interval.seconds, 86400",
    "runs.outside, perhaps",
    "runs.in.guest, 77",
    "runs.in.guest, 123456"
  })
  void saysWhichKeyIsWrongAndNeverItsValue(String key, String value) {
    try (Opened opened = new Opened(Map.of(key, value))) {
      FakeClusterRegistry.Unusable unusable = opened.registry.unusable();

      assertThat(unusable.configuration()).isEqualTo("org.jarvis.extension.libvirt~attic");
      assertThat(unusable.reason())
          .startsWith("etc/org.jarvis.extension.libvirt-attic.cfg: the key ")
          .contains(key)
          .doesNotContain(value);
      assertThat(opened.registry.furtherConnections()).isZero();
    }
  }

  @Test
  void givesAUuidTheSameNumberForGood() {
    assertThat(List.of(virsh.running().value(), virsh.stopped().value()))
        .allMatch(number -> number >= 100_000 && number <= 999_999)
        .doesNotHaveDuplicates();
    assertThat(Domain.number(UUID.fromString("11111111-2222-4333-8444-555555555501")).value())
        .isEqualTo(174_674);
  }
}
