package org.jarvis.connector.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cluster with all that watches and operates it, from attaching to detaching. */
final class WatchedCluster {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedCluster.class);

  /** How often to look which detail's turn it is. */
  static final Duration DETAIL_TICK = Duration.ofMillis(500);

  private static final long IDLE_SECONDS = 10;

  private final ClusterSettings settings;
  private final ClusterRegistry registry;
  private final ScheduledExecutorService schedule;
  private final Pace pace;
  private final Duration detailTick;
  private final Consumer<@Nullable String> obstacle;
  private final ApiClient api;
  private final Departure departure = new Departure();
  private final SlowLane slowLane;
  private final ClusterWatch watch;
  private final ClusterConnection connection;

  // Guarded by this.
  private @Nullable Attachment attachment;
  private boolean refusalSaid;
  private boolean closed;

  /**
   * Prepares everything and touches nothing yet.
   *
   * @param detailTick how often to look which detail's turn it is; zero for never
   * @param obstacle told why the cluster is not attached, or {@code null} once it is
   */
  WatchedCluster(
      ClusterSettings settings,
      ClusterRegistry registry,
      ApiClient api,
      ScheduledExecutorService schedule,
      Clock clock,
      Pace pace,
      Duration detailTick,
      Consumer<@Nullable String> obstacle) {
    this.settings = settings;
    this.registry = registry;
    this.api = api;
    this.schedule = schedule;
    this.pace = pace;
    this.detailTick = detailTick;
    this.obstacle = obstacle;
    OddityLog oddityLog = new OddityLog(settings.id());
    this.slowLane =
        new SlowLane(
            settings, api, new DetailReader(api, clock), oddityLog, clock, workers(settings));
    ProxmoxReader reader = new ProxmoxReader(settings, api, clock);
    this.watch = new ClusterWatch(settings, api, reader, oddityLog, slowLane, clock, pace);
    reader.over(watch, slowLane);
    this.connection =
        new ClusterConnection(
            settings.id(),
            settings.configuration(),
            settings.whereabouts(),
            settings.access().token().account(),
            settings.pollInterval(),
            reader,
            new ProxmoxTrust(api),
            new ProxmoxOperations(
                api, reader, watch, departure, settings.access().token().account(), clock, pace));
  }

  /** Threads for what blocks; they end by themselves when idle. */
  private static Executor workers(ClusterSettings settings) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "jarvis-proxmox-" + settings.id() + "-details");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Attaches the cluster and begins to watch it; while its name is taken, goes on trying. */
  void open() {
    attach();
    every(settings.pollInterval(), this::attachOrRead);
    every(pace.taskListInterval(), watch::lookAtTasks);
    if (!detailTick.isZero()) {
      every(detailTick, slowLane::tick);
    }
  }

  private void attachOrRead() {
    if (attach()) {
      watch.read();
    }
  }

  /** Whether the cluster is attached. */
  private synchronized boolean attach() {
    if (closed || attachment != null) {
      return !closed;
    }
    try {
      Attachment line = new ClosableLine(registry.attach(connection));
      attachment = line;
      obstacle.accept(null);
      watch.reportTo(line);
      return true;
    } catch (JarvisException refused) {
      if (refused.code() != ErrorCode.CONFLICT) {
        throw refused;
      }
      if (!refusalSaid) {
        refusalSaid = true;
        String reason =
            settings.access().configuredIn()
                + ": the cluster name "
                + settings.id()
                + " is taken by another configuration. Give each cluster a name of its own.";
        LOG.warn(reason);
        registry.unusable(settings.configuration(), reason);
        obstacle.accept(reason);
      }
      return false;
    }
  }

  private void every(Duration interval, Runnable work) {
    ScheduledFuture<?> unused =
        schedule.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                // A fault of ours or of the core's; uncaught it would end the schedule for good.
                LOG.error("Watching cluster {} failed.", settings.id(), failure);
              }
            },
            0,
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Detaches the cluster and ends everything. Operations under way end with an error. */
  void close(DetachReason reason) {
    Attachment line;
    synchronized (this) {
      closed = true;
      line = attachment;
    }
    watch.silence();
    if (line != null) {
      line.detach(reason);
    }
    departure.announce();
    schedule.shutdownNow();
    api.close();
  }
}
