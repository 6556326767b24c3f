package org.jarvis.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.stream.IntStream;
import org.jarvis.lab.ManualClock;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-03-04T00:00:00Z");

  private final ManualClock clock = ManualClock.atNoon();
  private final SimulatedCluster cluster = cluster(7);

  @Test
  void sameSeedTellsTheSame() {
    assertThat(figures(cluster, 103, clock.instant()))
        .isEqualTo(figures(cluster(7), 103, clock.instant()));
    assertThat(figures(cluster, 103, clock.instant()))
        .isNotEqualTo(figures(cluster(8), 103, clock.instant()));
  }

  @Test
  void mediaServerWorksInTheEveningAndRestsInTheMorning() {
    assertThat(averageLoad(201, 20, 22)).isGreaterThan(4 * averageLoad(201, 7, 9));
  }

  @Test
  void everyFigureStaysInItsBounds() {
    for (Guest guest : cluster.snapshot().guests()) {
      for (int minute = 0; minute < 24 * 60; minute += 7) {
        GuestFigures figures =
            cluster.figures().guest(guest, MIDNIGHT.plus(Duration.ofMinutes(minute)));
        assertThat(figures.cpu()).isBetween(0.0, 1.0);
        assertThat(figures.memory()).isBetween(0L, guest.spec().memory());
        assertThat(figures.hostMemory()).isBetween(figures.memory(), guest.spec().memory());
        assertThat(figures.disk()).isBetween(0L, guest.spec().disk());
      }
    }
  }

  @Test
  void countersOnlyGrow() {
    Guest guest = guest(cluster, 100);
    GuestFigures before = cluster.figures().guest(guest, clock.instant());
    for (int second = 10; second < 6 * 3600; second += 10) {
      GuestFigures after = cluster.figures().guest(guest, clock.instant().plusSeconds(second));
      assertThat(after.netIn()).isGreaterThan(before.netIn());
      assertThat(after.netOut()).isGreaterThan(before.netOut());
      assertThat(after.diskRead()).isGreaterThan(before.diskRead());
      assertThat(after.diskWrite()).isGreaterThan(before.diskWrite());
      before = after;
    }
  }

  @Test
  void counterIsTheSumOfItsRate() {
    Guest guest = guest(cluster, 102);
    Instant begin = clock.instant();
    double sum =
        IntStream.range(0, 3600)
            .mapToDouble(
                second -> cluster.figures().guest(guest, begin.plusSeconds(second)).netInRate())
            .sum();
    long counted =
        cluster.figures().guest(guest, begin.plusSeconds(3600)).netIn()
            - cluster.figures().guest(guest, begin).netIn();

    assertThat(counted / sum).isBetween(0.99, 1.01);
  }

  @Test
  void stoppedGuestHasOnlyZeros() {
    assertThat(figures(cluster, 104, clock.instant())).isEqualTo(GuestFigures.STOPPED);
    assertThat(figures(cluster, 205, clock.instant())).isEqualTo(GuestFigures.STOPPED);
  }

  @Test
  void nodeCarriesItsGuests() {
    ClusterSnapshot snapshot = cluster.snapshot();
    NodeSpec node = snapshot.nodes().get(2).spec();
    Collection<Guest> guests = snapshot.guestsOn(node.name());
    NodeFigures busy = cluster.figures().node(node, guests, clock.instant());
    NodeFigures idle =
        cluster
            .figures()
            .node(
                node,
                guests.stream().map(guest -> guest.stopped(MIDNIGHT)).toList(),
                clock.instant());

    assertThat(busy.cpu()).isGreaterThan(idle.cpu());
    assertThat(busy.memory()).isGreaterThan(idle.memory() + (10L << 30));
    assertThat(busy.memory()).isLessThan(node.memory());
    assertThat(idle.arc()).as("a node with ZFS has a cache").isPositive();
  }

  private double averageLoad(int vmid, int fromHour, int toHour) {
    return IntStream.range(fromHour * 60, toHour * 60)
        .mapToDouble(
            minute -> figures(cluster, vmid, MIDNIGHT.plus(Duration.ofMinutes(minute))).cpu())
        .average()
        .orElseThrow();
  }

  private SimulatedCluster cluster(long seed) {
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    return new SimulatedCluster(Homelab.ofSize(4, 12), new SimulatedClock(clock, 1), seed);
  }

  private static GuestFigures figures(SimulatedCluster cluster, int vmid, Instant moment) {
    return cluster.figures().guest(guest(cluster, vmid), moment);
  }

  private static Guest guest(SimulatedCluster cluster, int vmid) {
    return cluster.snapshot().guests().stream()
        .filter(guest -> guest.vmid() == vmid)
        .findFirst()
        .orElseThrow();
  }
}
