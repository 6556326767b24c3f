package org.jarvis.core.history;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.GuestCounters;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jspecify.annotations.Nullable;

/**
 * How much guests move a second, from two countings. A cluster renews its counters when it likes,
 * so the time between two of them is told by the guest's own time of running; while that stands
 * still there is nothing new. Safe from any thread.
 */
public final class GuestRates {
  /** A rate over a longer time says little about any moment of it. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Map<ClusterId, Counted> last = new ConcurrentHashMap<>();

  /** The countings and rates of one reading. */
  private record Counted(
      Instant at, Map<GuestId, GuestCounters> counters, Map<GuestId, Rates> rates) {}

  /**
   * Bytes a second.
   *
   * @param netIn received
   * @param netOut sent
   * @param diskRead read
   * @param diskWritten written
   */
  record Rates(
      @Nullable Double netIn,
      @Nullable Double netOut,
      @Nullable Double diskRead,
      @Nullable Double diskWritten) {}

  /** A cluster was read. */
  void observed(ClusterId cluster, ClusterObservation observation) {
    last.compute(
        cluster,
        (id, before) ->
            before != null && !observation.at().isAfter(before.at())
                ? before
                : counted(observation, before == null ? Map.of() : before.counters()));
  }

  private static Counted counted(
      ClusterObservation observation, Map<GuestId, GuestCounters> before) {
    Map<GuestId, GuestCounters> counters = new HashMap<>();
    Map<GuestId, Rates> rates = new HashMap<>();
    for (GuestCounters now : observation.counters()) {
      counters.put(now.guest(), now);
      GuestCounters former = before.get(now.guest());
      if (former != null) {
        Duration between = now.uptime().minus(former.uptime());
        if (between.compareTo(Duration.ZERO) > 0 && between.compareTo(LONGEST) <= 0) {
          rates.put(now.guest(), rates(former, now, between.toMillis() / 1000.0));
        }
      }
    }
    return new Counted(observation.at(), counters, rates);
  }

  private static Rates rates(GuestCounters former, GuestCounters now, double seconds) {
    return new Rates(
        rate(former.netIn(), now.netIn(), seconds),
        rate(former.netOut(), now.netOut(), seconds),
        rate(former.diskRead(), now.diskRead(), seconds),
        rate(former.diskWritten(), now.diskWritten(), seconds));
  }

  /** A counter that went back began anew; what it moved in between nobody knows. */
  private static @Nullable Double rate(
      @Nullable Bytes former, @Nullable Bytes now, double seconds) {
    return former == null || now == null || now.value() < former.value()
        ? null
        : (now.value() - former.value()) / seconds;
  }

  /** The rates that came with the reading of this moment, and are news. */
  Optional<Rates> find(ClusterId cluster, GuestId guest, Instant at) {
    Counted counted = last.get(cluster);
    return counted == null || !counted.at().equals(at)
        ? Optional.empty()
        : Optional.ofNullable(counted.rates().get(guest));
  }

  /** Only these clusters are left. */
  void keepOnly(Set<ClusterId> clusters) {
    last.keySet().retainAll(clusters);
  }
}
