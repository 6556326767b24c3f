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

  /** Nodes count at moments of their own: what one told within this still holds. */
  private static final Duration HOLDS = Duration.ofMinutes(1);

  private final Map<ClusterId, Counted> last = new ConcurrentHashMap<>();

  /** The countings and rates of one reading, and the newest rate of each guest with its moment. */
  private record Counted(
      Instant at,
      Map<GuestId, GuestCounters> counters,
      Map<GuestId, Rates> rates,
      Map<GuestId, Newest> newest) {}

  private record Newest(Instant at, Rates rates) {}

  /**
   * What all guests of a cluster move together, in bytes a second.
   *
   * @param netIn received
   * @param netOut sent
   */
  record Total(double netIn, double netOut) {}

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
                : counted(
                    observation,
                    before == null ? Map.of() : before.counters(),
                    before == null ? Map.of() : before.newest()));
  }

  private static Counted counted(
      ClusterObservation observation,
      Map<GuestId, GuestCounters> before,
      Map<GuestId, Newest> newestBefore) {
    Map<GuestId, GuestCounters> counters = new HashMap<>();
    Map<GuestId, Rates> rates = new HashMap<>();
    Map<GuestId, Newest> newest = new HashMap<>();
    for (GuestCounters now : observation.counters()) {
      counters.put(now.guest(), now);
      Newest held = newestBefore.get(now.guest());
      if (held != null && !observation.at().isAfter(held.at().plus(HOLDS))) {
        newest.put(now.guest(), held);
      }
      GuestCounters former = before.get(now.guest());
      if (former != null) {
        Duration between = now.uptime().minus(former.uptime());
        if (between.compareTo(Duration.ZERO) > 0 && between.compareTo(LONGEST) <= 0) {
          Rates fresh = rates(former, now, between.toMillis() / 1000.0);
          rates.put(now.guest(), fresh);
          newest.put(now.guest(), new Newest(observation.at(), fresh));
        }
      }
    }
    return new Counted(observation.at(), counters, rates, newest);
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

  /** What all guests moved by the reading of this moment; empty where it is known of none. */
  Optional<Total> total(ClusterId cluster, Instant at) {
    Counted counted = last.get(cluster);
    if (counted == null || !counted.at().equals(at) || counted.newest().isEmpty()) {
      return Optional.empty();
    }
    double in = 0;
    double out = 0;
    for (Newest one : counted.newest().values()) {
      in += one.rates().netIn() == null ? 0 : one.rates().netIn();
      out += one.rates().netOut() == null ? 0 : one.rates().netOut();
    }
    return Optional.of(new Total(in, out));
  }

  /** Only these clusters are left. */
  void keepOnly(Set<ClusterId> clusters) {
    last.keySet().retainAll(clusters);
  }
}
