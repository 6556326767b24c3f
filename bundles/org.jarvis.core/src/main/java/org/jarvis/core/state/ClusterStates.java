package org.jarvis.core.state;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.AspectState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live state: one immutable snapshot per cluster, replaced whole. What connectors hand over
 * goes to {@link Connections}, which only the gate holds.
 */
public final class ClusterStates implements ClusterRegistry, LiveState {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterStates.class);
  private static final String CONNECTOR_AWAY =
      "The connector for this cluster is not running; what is shown here grows old. Install or"
          + " start its bundle.";
  private static final String CONFIGURATION_CHANGED =
      "Its configuration was changed and is being taken up; what is shown here grows old.";

  /** Of a cluster whose configuration does not say. */
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);

  private final Clock clock;
  private final Connections connections;
  private final Executor deliveries;
  private final Consumer<Event> events;
  private final SnapshotAssembly assembly = new SnapshotAssembly(new Incarnations());
  private final OwnTasks ownTasks = new OwnTasks();
  private final NodeClocks clocks = new NodeClocks();
  private final StopExplanations explanations;
  private final Map<ClusterId, Tracked> tracked = new HashMap<>();

  /**
   * What was seen of clusters that are not shown: an earlier life saw it and no connector has
   * attached yet, or their configuration is gone, and may come back.
   */
  private final Map<ClusterId, ClusterSnapshot> remembered = new HashMap<>();

  private final List<Delivery> listeners = new CopyOnWriteArrayList<>();
  private volatile List<ClusterSnapshot> snapshots = List.of();

  /**
   * An empty live state.
   *
   * @param connections takes what the connectors hand over
   * @param deliveries runs the listeners, and reads what explains a stop; its threads may block
   * @param events takes what changed; must return at once
   */
  public ClusterStates(
      Clock clock, Connections connections, Executor deliveries, Consumer<Event> events) {
    this.clock = clock;
    this.connections = connections;
    this.deliveries = deliveries;
    this.events = events;
    this.explanations = new StopExplanations(connections, deliveries, ownTasks, clocks, events);
  }

  @Override
  public Attachment attach(ClusterConnection connection) {
    Line line = new Line(connection);
    synchronized (tracked) {
      Tracked known = tracked.get(connection.id());
      if (known != null && known.line != null) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "Two configurations name a cluster "
                + connection.id()
                + ". Give one of them another name.");
      }
      ClusterSnapshot before = remembered.remove(connection.id());
      if (known != null) {
        before = known.snapshot;
      }
      ClusterSnapshot snapshot =
          before == null
              ? SnapshotAssembly.empty(
                  connection.id(), connection.whereabouts(), observationNow(connection))
              : standing(
                  before,
                  Cluster.Connection.CONNECTING,
                  "Connecting again.",
                  connection.whereabouts());
      boolean observed = known == null ? before != null : known.observed;
      forgetUnattached(connection.configuration(), connection.id());
      tracked.put(
          connection.id(), new Tracked(connection.configuration(), line, snapshot, observed));
      connections.put(connection);
      publish();
    }
    return line;
  }

  @Override
  public void unusable(String configuration, String reason) {
    synchronized (tracked) {
      List<Tracked> spokenFor =
          tracked.values().stream()
              .filter(known -> known.configuration.equals(configuration))
              .toList();
      for (Tracked known : spokenFor) {
        if (known.line == null) {
          known.snapshot = standing(known.snapshot, Cluster.Connection.MISSING, reason);
        }
      }
      if (spokenFor.isEmpty()) {
        nameOf(configuration).ifPresent(id -> expect(id, configuration, reason));
      }
      publish();
    }
  }

  /** The name that the configuration has by its file, which most often is the cluster's. */
  private static Optional<ClusterId> nameOf(String configuration) {
    int mark = configuration.lastIndexOf('~');
    try {
      return mark < 0
          ? Optional.empty()
          : Optional.of(new ClusterId(configuration.substring(mark + 1)));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** Shows a cluster that was never read in this life, with the reason why. */
  private void expect(ClusterId id, String configuration, String reason) {
    if (tracked.containsKey(id)) {
      return;
    }
    ClusterSnapshot before = remembered.remove(id);
    ClusterSnapshot snapshot =
        before == null
            ? SnapshotAssembly.empty(id, new Whereabouts.Unknown(), observationNow(id))
            : before;
    tracked.put(
        id,
        new Tracked(
            configuration,
            null,
            standing(snapshot, Cluster.Connection.MISSING, reason),
            before != null));
  }

  /**
   * A configuration was deleted. A cluster that is attached stays: its connector tells by itself,
   * and by the time this is heard, the configuration may be there again.
   *
   * @param configuration its PID, as in {@link ClusterConnection#configuration()}
   */
  public void configurationDeleted(String configuration) {
    synchronized (tracked) {
      forgetUnattached(configuration, null);
      publish();
    }
  }

  /** Shows no more what this configuration spoke for and no connector does, but for one. */
  private void forgetUnattached(String configuration, @Nullable ClusterId except) {
    tracked
        .entrySet()
        .removeIf(
            entry -> {
              Tracked known = entry.getValue();
              boolean forgotten =
                  known.line == null
                      && known.configuration.equals(configuration)
                      && !entry.getKey().equals(except);
              if (forgotten) {
                putAside(known);
              }
              return forgotten;
            });
  }

  /** It is not shown any more; if it comes back, its guests are who they were. */
  private void putAside(Tracked known) {
    if (known.observed) {
      remembered.put(known.snapshot.cluster().id(), known.snapshot);
    }
  }

  /**
   * What an earlier life of Jarvis saw. It is shown, with its age, until its cluster is read again;
   * of a cluster that no connector speaks for nothing is shown.
   */
  void remember(ClusterSnapshot snapshot) {
    ClusterId id = snapshot.cluster().id();
    synchronized (tracked) {
      Tracked known = tracked.get(id);
      if (known == null) {
        remembered.putIfAbsent(id, snapshot);
      } else if (!known.observed) {
        Cluster now = known.snapshot.cluster();
        String reason = now.reason() == null ? "Waiting for the first answer." : now.reason();
        known.snapshot = standing(snapshot, now.connection(), reason, now.whereabouts());
        known.observed = true;
        publish();
      } else {
        // It was read again before this was known, so nobody has told what changed meanwhile.
        ClusterSnapshot now = assembly.continuing(snapshot, known.snapshot);
        known.snapshot = now;
        publish();
        tell(known, snapshot, now);
      }
    }
  }

  private Observation observationNow(ClusterConnection connection) {
    return new Observation(
        SnapshotAssembly.source(connection.id()), clock.instant(), connection.pollInterval());
  }

  private Observation observationNow(ClusterId id) {
    return new Observation(SnapshotAssembly.source(id), clock.instant(), USUAL_INTERVAL);
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    return snapshots;
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return snapshots.stream().filter(snapshot -> snapshot.cluster().id().equals(id)).findFirst();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    Delivery delivery = new Delivery(listener);
    listeners.add(delivery);
    delivery.request();
    return () -> {
      listeners.remove(delivery);
      delivery.close();
    };
  }

  /** Takes over a guest that was read by itself, so that everybody sees it as it is now. */
  public void absorb(GuestReading reading) {
    replace(reading.guest().cluster(), null, known -> assembly.with(known, reading));
  }

  /**
   * Takes over what a host itself told of one aspect of its place, or why it did not; of what only
   * clusters tell it takes nothing.
   */
  public void toldByHost(ResourceRef place, AspectState state) {
    if (state.aspect().isToldByHost()) {
      replace(place.cluster(), null, before -> assembly.detailed(before, place, state));
    }
  }

  /** A cluster's task was begun by this action of Jarvis; what it brings about will be said so. */
  public void taskBegan(TaskId task, String actionId) {
    ownTasks.note(task, actionId);
  }

  /** Jarvis ends: tells what waits for an explanation without one. */
  public void settle() {
    explanations.settle();
  }

  @SuppressWarnings("ReferenceEquality") // The same object says that there is no news.
  private void replace(ClusterId id, @Nullable Line by, UnaryOperator<ClusterSnapshot> next) {
    synchronized (tracked) {
      Tracked known = tracked.get(id);
      if (known == null || (by != null && known.line != by)) {
        return;
      }
      ClusterSnapshot before = known.snapshot;
      ClusterSnapshot after = next.apply(before);
      if (after == before) {
        return;
      }
      boolean first = !known.observed;
      known.observed = known.observed || after.cluster().connection() == Cluster.Connection.LIVE;
      known.snapshot = after;
      publish();
      announce(known, before, after, first);
    }
  }

  private void announce(
      Tracked known, ClusterSnapshot before, ClusterSnapshot after, boolean first) {
    Cluster was = before.cluster();
    Cluster is = after.cluster();
    if (was.connection() != is.connection()) {
      events.accept(
          new Event.ConnectionChanged(
              is.ref(),
              was.connection(),
              is.connection(),
              is.connection() == Cluster.Connection.LIVE || is.reason() == null
                  ? ""
                  : is.reason()));
    }
    if (!first) {
      tell(known, before, after);
    }
  }

  private void tell(Tracked known, ClusterSnapshot before, ClusterSnapshot after) {
    List<Event> changes = ChangeEvents.of(before, after, SnapshotDiff.between(before, after));
    ClusterId id = after.cluster().id();
    explanations.tell(
        id,
        Stops.among(
            changes,
            before,
            after,
            connections.find(id).map(ClusterConnection::account).orElse(""),
            known.offUnseen));
  }

  private void publish() {
    Map<ClusterId, ClusterSnapshot> sorted = new TreeMap<>();
    tracked.forEach((id, known) -> sorted.put(id, known.snapshot));
    snapshots = List.copyOf(new ArrayList<>(sorted.values()));
    listeners.forEach(Delivery::request);
  }

  private static ClusterSnapshot standing(
      ClusterSnapshot snapshot, Cluster.Connection connection, String reason) {
    return standing(snapshot, connection, reason, snapshot.cluster().whereabouts());
  }

  private static ClusterSnapshot standing(
      ClusterSnapshot snapshot,
      Cluster.Connection connection,
      String reason,
      Whereabouts whereabouts) {
    return new ClusterSnapshot(
        snapshot
            .cluster()
            .withConnection(Cluster.Status.UNREACHABLE, connection, reason)
            .withWhereabouts(whereabouts),
        snapshot.nodes(),
        snapshot.guests(),
        snapshot.storages(),
        snapshot.details(),
        snapshot.incarnations());
  }

  /** What is held of one cluster. Guarded by the map's lock. */
  private static final class Tracked {
    private final String configuration;
    private final Set<ResourceRef> offUnseen = new HashSet<>();
    private @Nullable Line line;
    private ClusterSnapshot snapshot;
    private boolean observed;

    Tracked(String configuration, @Nullable Line line, ClusterSnapshot snapshot, boolean observed) {
      this.configuration = configuration;
      this.line = line;
      this.snapshot = snapshot;
      this.observed = observed;
    }
  }

  /** A connector's line to us. */
  private final class Line implements Attachment {
    private final ClusterConnection connection;

    Line(ClusterConnection connection) {
      this.connection = connection;
    }

    @Override
    public void observed(ClusterObservation observation) {
      replace(
          connection.id(),
          this,
          before ->
              before.cluster().connection() == Cluster.Connection.LIVE
                      && before.cluster().observation().at().isAfter(observation.at())
                  ? before
                  : assembly.of(connection, observation, before));
    }

    @Override
    public void detailed(ResourceRef resource, AspectState state) {
      AspectState byOurs = clocks.byOurs(connection.id(), state);
      replace(connection.id(), this, before -> assembly.detailed(before, resource, byOurs));
    }

    @Override
    public void failed(ErrorCode code, String reason) {
      replace(
          connection.id(), this, before -> standing(before, Cluster.Connection.FAILING, reason));
    }

    @Override
    public void detach(DetachReason reason) {
      synchronized (tracked) {
        Tracked known = tracked.get(connection.id());
        if (known == null || known.line != this) {
          return;
        }
        connections.remove(connection);
        switch (reason) {
          case CONFIGURATION_REMOVED -> {
            tracked.remove(connection.id());
            putAside(known);
            publish();
          }
          case CONFIGURATION_CHANGED -> leave(known, CONFIGURATION_CHANGED);
          case CONNECTOR_LEAVING -> leave(known, CONNECTOR_AWAY);
        }
      }
    }

    private void leave(Tracked known, String reason) {
      replace(
          connection.id(), this, before -> standing(before, Cluster.Connection.MISSING, reason));
      known.line = null;
    }
  }

  /** Brings changes to one listener: one call at a time, several changes as one. */
  private final class Delivery {
    private final Listener listener;
    private boolean wanted;
    private boolean running;
    private boolean closed;

    Delivery(Listener listener) {
      this.listener = listener;
    }

    synchronized void request() {
      wanted = true;
      if (!running && !closed) {
        running = true;
        deliveries.execute(this::deliver);
      }
    }

    synchronized void close() {
      closed = true;
    }

    private synchronized boolean next() {
      running = wanted && !closed;
      wanted = false;
      return running;
    }

    private void deliver() {
      while (next()) {
        try {
          listener.changed(snapshots);
        } catch (RuntimeException failure) {
          LOG.warn("A listener to the live state failed: {}", listener.getClass(), failure);
        }
      }
    }
  }
}
