package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster of ten thousand guests: what a reading costs is told, and what it finds is checked. */
class LargeClusterTest {
  private static final Logger LOG = LoggerFactory.getLogger(LargeClusterTest.class);
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final int GUESTS = 10_000;
  private static final int ROUNDS = 20;

  @Test
  void assemblesAndComparesAReadingOfTenThousandGuests() {
    SnapshotAssembly assembly = new SnapshotAssembly(new Incarnations());
    ClusterSnapshot before = Crowd.of(GUESTS, NOON);
    Duration best = Duration.ofDays(1);
    Duration all = Duration.ZERO;
    for (int round = 1; round <= ROUNDS; round++) {
      ClusterObservation seen = changed(round);
      long start = cpuNanos();
      ClusterSnapshot after = assembly.of(House.connection(), seen, before);
      SnapshotDiff diff = SnapshotDiff.between(before, after);
      int told =
          Stops.among(
                  ChangeEvents.of(before, after, diff), before, after, "jarvis", new HashSet<>())
              .size();
      Duration took = Duration.ofNanos(cpuNanos() - start);
      best = took.compareTo(best) < 0 ? took : best;
      all = all.plus(took);

      assertThat(told)
          .as("the guest whose status changed, and the one before")
          .isEqualTo(round == 1 ? 1 : 2);
      assertThat(after.incarnations()).isSameAs(before.incarnations());
      before = after;
    }
    LOG.info(
        "measured: one reading of {} guests assembled, compared and told in {} ms at best, {} ms on"
            + " average.",
        GUESTS,
        best.toNanos() / 1e6,
        all.toNanos() / 1e6 / ROUNDS);
  }

  /** All guests read anew, one of them paused. */
  private static ClusterObservation changed(int round) {
    Instant at = NOON.plusSeconds(10L * round);
    ClusterObservation seen = Crowd.seen(GUESTS, at);
    return new ClusterObservation(
        at,
        seen.clusterName(),
        seen.version(),
        seen.quorate(),
        seen.votes(),
        seen.expectedVotes(),
        seen.nodes(),
        seen.guests().stream()
            .map(
                guest ->
                    guest.id().equals(new GuestId(101 + 3 * round))
                        ? RecordFields.with(guest, "status", Guest.Status.PAUSED)
                        : guest)
            .toList(),
        seen.storages(),
        seen.oddities());
  }

  /** What this thread has used of a processor, whatever else the machine does. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
