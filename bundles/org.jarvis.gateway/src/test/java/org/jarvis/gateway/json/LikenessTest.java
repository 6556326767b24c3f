package org.jarvis.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LikenessTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ClusterId HOME = new ClusterId("home");
  private static final NodeName PVE1 = new NodeName("pve1");
  private static final long STEP = 1L << 30;
  private static final long TOTAL = 1000 * STEP;

  @Test
  void doesNotTellANodeThatHardlyMoved() {
    Node then = node(0.1004, 100 * STEP, Node.Status.ONLINE, 0);
    assertThat(alike(then, node(0.1006, 100 * STEP + STEP / 2, Node.Status.ONLINE, 10))).isTrue();
    assertThat(alike(then, node(0.1016, 100 * STEP, Node.Status.ONLINE, 10))).isFalse();
    assertThat(alike(then, node(0.1004, 101 * STEP, Node.Status.ONLINE, 10))).isFalse();
    assertThat(alike(then, node(0.1004, 100 * STEP, Node.Status.OFFLINE, 10))).isFalse();
    assertThat(alike(then, node(null, 100 * STEP, Node.Status.ONLINE, 10))).isFalse();
  }

  @Test
  void doesNotTellAStorageThatHardlyFilled() {
    Storage then = storage(new Bytes(100 * STEP), true);
    assertThat(alike(then, storage(new Bytes(100 * STEP + STEP / 2), true))).isTrue();
    assertThat(alike(then, storage(new Bytes(101 * STEP), true))).isFalse();
    assertThat(alike(then, storage(null, true))).isFalse();
    assertThat(alike(then, storage(new Bytes(100 * STEP), false))).isFalse();
  }

  @Test
  void tellsEveryMovementWhereItTellsExactly() {
    Node then = node(0.1004, 100 * STEP, Node.Status.ONLINE, 0);
    Node busier = node(0.1005, 100 * STEP, Node.Status.ONLINE, 0);
    Node fuller = node(0.1004, 100 * STEP + 1, Node.Status.ONLINE, 0);
    assertThat(Likeness.tellsAlike(then, busier, Precision.EXACT)).isFalse();
    assertThat(Likeness.tellsAlike(then, fuller, Precision.EXACT)).isFalse();
  }

  private static boolean alike(Resource one, Resource other) {
    return Likeness.tellsAlike(one, other, Precision.DISPLAYED);
  }

  private static Node node(@Nullable Double cpu, long memory, Node.Status status, int second) {
    return new Node(
        HOME,
        PVE1,
        status,
        cpu,
        8,
        new Bytes(memory),
        new Bytes(TOTAL),
        null,
        null,
        Duration.ofDays(3).plusSeconds(second),
        new Observation("pve:home", NOW.plusSeconds(second), Duration.ofSeconds(10)));
  }

  private static Storage storage(@Nullable Bytes used, boolean shared) {
    return new Storage(
        HOME,
        PVE1,
        "nas",
        Storage.Status.AVAILABLE,
        "nfs",
        shared,
        List.of("backup"),
        used,
        new Bytes(TOTAL),
        new Observation("pve:home", NOW, Duration.ofSeconds(10)));
  }
}
