package org.jarvis.core.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorKind;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches, once for each resource, what its cluster recorded before Jarvis saw it, so that charts
 * are not empty on day one. It does so a request at a time, within what may be read in turn.
 *
 * <p>A guest that was made while Jarvis watched has no past: a cluster's own record goes by number,
 * and would tell of the guest before.
 *
 * <p>Its methods are called by one thread at a time.
 */
public final class PastReader {
  /** How often {@link #step} is to be called: ten requests a minute and cluster at most. */
  public static final Duration PACE = Duration.ofSeconds(6);

  private static final Logger LOG = LoggerFactory.getLogger(PastReader.class);

  /** How many resources are looked up in the store in one step. */
  private static final int LOOKED_UP = 200;

  private static final Duration REST = Duration.ofMinutes(5);

  /** A cluster that records so finely for a day needs not be asked for the last hour. */
  private static final Duration FINE = Duration.ofMinutes(2);

  private final Clock clock;
  private final LiveState states;
  private final Source source;
  private final ServiceSlot<MetricStore> store;
  private final Map<ClusterId, Queue> queues = new HashMap<>();

  /** Where courses come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * A course, or nothing when none may be read now.
     *
     * @throws JarvisException when it cannot be read
     */
    Optional<RecordedCourse> course(ResourceRef resource, Timeframe timeframe);
  }

  /** Reads from this source into the store. */
  public PastReader(Clock clock, LiveState states, Source source, ServiceSlot<MetricStore> store) {
    this.clock = clock;
    this.states = states;
    this.source = source;
    this.store = store;
  }

  /** Makes at most one request of each cluster. */
  public void step() {
    MetricStore present = store.get().orElse(null);
    if (present == null) {
      return;
    }
    List<ClusterSnapshot> clusters = states.clusters();
    Set<ClusterId> known = new HashSet<>();
    for (ClusterSnapshot snapshot : clusters) {
      ClusterId id = snapshot.cluster().id();
      known.add(id);
      if (snapshot.cluster().connection() == Cluster.Connection.LIVE) {
        queues.computeIfAbsent(id, cluster -> new Queue()).step(snapshot, present);
      }
    }
    queues.keySet().retainAll(known);
  }

  /** What is to be fetched of one cluster. */
  private final class Queue {
    private final Set<String> settled = new HashSet<>();
    private final Deque<Wanted> waiting = new ArrayDeque<>();
    private @Nullable Fetch fetch;
    private @Nullable Instant restsUntil;

    void step(ClusterSnapshot snapshot, MetricStore present) {
      Instant now = clock.instant();
      Instant until = restsUntil;
      // A clock that was set back far does not make it rest for as long.
      if (until != null && now.isBefore(until) && !until.isAfter(now.plus(REST))) {
        return;
      }
      restsUntil = null;
      try {
        Fetch current = fetch == null ? next(snapshot, present) : fetch;
        fetch = current;
        if (current != null && current.step()) {
          present.addPast(current.wanted.subject(), now, current.pasts);
          settle(current);
        }
      } catch (JarvisException failure) {
        failed(failure, now);
      }
    }

    private void settle(Fetch done) {
      settled.add(done.wanted.subject());
      fetch = null;
    }

    private void failed(JarvisException failure, Instant now) {
      Fetch current = fetch;
      if (current == null || failure.code().kind() == ErrorKind.TRANSIENT) {
        restsUntil = now.plus(REST);
        return;
      }
      LOG.debug("The past of {} is not known.", current.wanted.resource(), failure);
      settle(current);
    }

    private @Nullable Fetch next(ClusterSnapshot snapshot, MetricStore present) {
      if (waiting.isEmpty()) {
        for (Wanted wanted : wanted(snapshot)) {
          if (!settled.contains(wanted.subject())) {
            waiting.add(wanted);
          }
        }
      }
      for (int i = 0; i < LOOKED_UP && !waiting.isEmpty(); i++) {
        Wanted wanted = waiting.remove();
        if (snapshot.find(wanted.resource()).isEmpty()) {
          continue;
        }
        if (!present.knowsPast(wanted.subject())) {
          return new Fetch(wanted);
        }
        settled.add(wanted.subject());
      }
      return null;
    }
  }

  private record Wanted(ResourceRef resource, String subject) {}

  /** Who has a past: nodes first, and guests that run before others. */
  private static List<Wanted> wanted(ClusterSnapshot snapshot) {
    List<Wanted> wanted = new ArrayList<>();
    snapshot.nodes().values().stream()
        .filter(node -> node.status() == Node.Status.ONLINE)
        .map(Node::ref)
        .forEach(ref -> wanted.add(new Wanted(ref, ref.toString())));
    snapshot.guests().values().stream()
        .filter(guest -> !guest.template())
        .filter(guest -> guest.status() != Guest.Status.UNKNOWN)
        .filter(guest -> Incarnation.FIRST.equals(snapshot.incarnations().get(guest.id())))
        .sorted(
            Comparator.comparing((Guest guest) -> guest.status() != Guest.Status.RUNNING)
                .thenComparing(guest -> guest.id().value()))
        .map(Guest::ref)
        .forEach(ref -> wanted.add(new Wanted(ref, MetricStore.subject(ref, Incarnation.FIRST))));
    snapshot.storages().values().stream()
        .filter(storage -> storage.status() == Storage.Status.AVAILABLE)
        .map(Storage::ref)
        .forEach(ref -> wanted.add(new Wanted(ref, ref.toString())));
    return wanted;
  }

  /** The requests for one resource. */
  private final class Fetch {
    private final Wanted wanted;
    private final Deque<Timeframe> frames =
        new ArrayDeque<>(List.of(Timeframe.DAY, Timeframe.MONTH, Timeframe.YEAR));
    private final List<MetricStore.Past> pasts = new ArrayList<>();

    Fetch(Wanted wanted) {
      this.wanted = wanted;
    }

    /** Makes the next request, where one may be made; whether it was the last. */
    boolean step() {
      Timeframe frame = frames.element();
      RecordedCourse course = source.course(wanted.resource(), frame).orElse(null);
      if (course == null) {
        return false;
      }
      frames.remove();
      Duration step = RecordedFigures.step(course.points()).orElse(null);
      if (step != null) {
        pasts.addAll(RecordedFigures.of(course, step));
        if (frame == Timeframe.DAY && step.compareTo(FINE) > 0) {
          frames.addFirst(Timeframe.HOUR);
        }
      }
      return frames.isEmpty();
    }
  }
}
