package org.jarvis.connector.ssh;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts of one configuration: attaches and detaches them as they come and go, and sees to each
 * of them regularly.
 */
final class HostGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostGroup.class);
  private static final int MOST_AT_A_TIME = 64;
  private static final long IDLE_SECONDS = 10;
  private static final long LEAVE_SECONDS = 10;

  private final HostRegistry registry;
  private final Supplier<@Nullable CommandAnalyst> analyst;
  private final Clock clock;
  private final Rhythm rhythm;
  private final Transport transport;
  private final ScheduledExecutorService schedule;
  private final ThreadPoolExecutor workers;

  // Only the schedule's thread changes it.
  private final Map<HostId, AttachedHost> hosts = new LinkedHashMap<>();
  private volatile List<AttachedHost> attached = List.of();
  private volatile Map<HostId, HostSettings> wanted = Map.of();
  private volatile @Nullable String conflict;

  /**
   * How often things are done.
   *
   * @param tick how often to look whether something is due
   * @param round how often a host is seen to, about
   * @param keepAlive how often a connection is asked whether it lives
   */
  record Rhythm(Duration tick, Duration round, Duration keepAlive) {
    static final Rhythm DEFAULT =
        new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(15));
  }

  /**
   * An empty group.
   *
   * @param name what its threads are called after
   */
  HostGroup(
      HostRegistry registry,
      Supplier<@Nullable CommandAnalyst> analyst,
      Clock clock,
      Rhythm rhythm,
      String name) {
    this.registry = registry;
    this.analyst = analyst;
    this.clock = clock;
    this.rhythm = rhythm;
    this.transport = Transport.open(rhythm.keepAlive());
    this.schedule =
        Executors.newSingleThreadScheduledExecutor(task -> thread(task, "jarvis-ssh-" + name));
    this.workers =
        new ThreadPoolExecutor(
            0,
            MOST_AT_A_TIME,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "jarvis-ssh-" + name + "-reading"));
    ScheduledFuture<?> unused =
        schedule.scheduleWithFixedDelay(
            this::look, 0, rhythm.tick().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Wants exactly these hosts from now on. Returns at once. */
  void set(Map<HostId, HostSettings> hosts) {
    wanted = Map.copyOf(hosts);
  }

  private void look() {
    try {
      reconcile();
      for (AttachedHost host : attached) {
        host.seeTo(workers);
      }
    } catch (RuntimeException failure) {
      // A fault of ours or of the core's; uncaught it would end the schedule for good.
      LOG.error("Seeing to SSH hosts failed.", failure);
    }
  }

  private void reconcile() {
    Map<HostId, HostSettings> now = wanted;
    List<AttachedHost> leaving = new ArrayList<>();
    hosts
        .values()
        .removeIf(
            host -> {
              boolean stays = host.settings().equals(now.get(host.settings().id()));
              if (!stays) {
                leaving.add(host);
              }
              return !stays;
            });
    end(leaving);
    @Nullable String refused = null;
    for (HostSettings settings : now.values()) {
      if (!hosts.containsKey(settings.id())) {
        String reason = attach(settings);
        refused = reason == null ? refused : reason;
      }
    }
    attached = List.copyOf(hosts.values());
    if (refused != null && !refused.equals(conflict)) {
      LOG.warn("{}", refused);
    }
    conflict = refused;
  }

  /** Attaches a host; says why where that cannot be at present. */
  private @Nullable String attach(HostSettings settings) {
    AttachedHost host = new AttachedHost(settings, transport, analyst, clock, rhythm.round());
    try {
      host.attachTo(registry);
      hosts.put(settings.id(), host);
      return null;
    } catch (JarvisException refused) {
      host.close();
      if (refused.code() != ErrorCode.CONFLICT) {
        throw refused;
      }
      return settings.source()
          + ": a host named "
          + settings.id()
          + " comes from another configuration already. Give each host a name of its own.";
    }
  }

  private static void end(List<AttachedHost> hosts) {
    hosts.forEach(AttachedHost::leave);
    hosts.forEach(AttachedHost::close);
  }

  /** How the hosts are, without naming any. */
  ComponentHealth health(String name) {
    if (conflict != null) {
      return new ComponentHealth(
          name,
          ComponentHealth.Status.DEGRADED,
          "A host's name is taken twice. The log says which.");
    }
    List<AttachedHost> all = attached;
    long waiting = all.stream().filter(AttachedHost::needsAPerson).count();
    return waiting == 0
        ? new ComponentHealth(name, ComponentHealth.Status.UP, "Hosts: " + all.size() + ".")
        : new ComponentHealth(
            name,
            ComponentHealth.Status.DEGRADED,
            waiting
                + " of "
                + all.size()
                + " hosts wait for you: a host key, a login or a key file. The hosts' page says"
                + " which.");
  }

  /** Detaches all hosts and ends all that runs on them. Blocks for some seconds at most. */
  @Override
  public void close() {
    schedule.shutdownNow();
    attached.forEach(AttachedHost::leave);
    workers.shutdownNow();
    try {
      if (!schedule.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Seeing to SSH hosts did not end in time.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    end(List.copyOf(hosts.values()));
    transport.close();
  }
}
