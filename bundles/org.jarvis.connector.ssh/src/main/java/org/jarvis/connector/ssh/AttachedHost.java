package org.jarvis.connector.ssh;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.host.HostAttachment;
import org.jarvis.api.host.HostRegistry;
import org.jarvis.api.host.HostState.Status;
import org.jarvis.api.resource.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host that the core knows, and what is done with it regularly: a node's temperatures are read,
 * and where that fails, or nothing is read, a connection is tried until one stands.
 */
final class AttachedHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedHost.class);
  private static final double JITTER = 0.1;

  /** A refused login is tried less often: many hosts lock out who knocks too often. */
  private static final int PATIENCE_AFTER_REFUSAL = 10;

  private final SshHost host;
  private final TemperatureReader temperatures;
  private final Duration round;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean stateWanted = new AtomicBoolean(true);

  private volatile @Nullable HostAttachment line;
  private volatile long due;

  AttachedHost(
      HostSettings settings,
      Transport transport,
      Supplier<@Nullable CommandAnalyst> analyst,
      Clock clock,
      Duration round) {
    this.host = new SshHost(settings, transport, clock, this::lost);
    this.temperatures = new TemperatureReader(host, analyst, clock, round);
    this.round = round;
    // Not all at the same moment.
    this.due = System.nanoTime() + (long) (round.toNanos() * JITTER * random());
  }

  HostSettings settings() {
    return host.settings();
  }

  void attachTo(HostRegistry registry) {
    HostAttachment attachment = registry.attach(host.announcement());
    line = attachment;
    host.reportTo(attachment);
  }

  /** Whether nothing works on it until a person does something. */
  boolean needsAPerson() {
    return switch (host.state().status()) {
      case KEY_UNKNOWN, KEY_CHANGED, LOGIN_REFUSED, MISCONFIGURED -> true;
      case IDLE, CONNECTED, UNREACHABLE -> false;
    };
  }

  private void lost() {
    stateWanted.set(true);
    due = System.nanoTime();
  }

  /** Does what is due, on one of these threads. Never twice at a time. */
  void seeTo(Executor workers) {
    host.tidy();
    boolean now = System.nanoTime() - due >= 0 || host.isKeyAcceptedNow();
    if (now && busy.compareAndSet(false, true)) {
      try {
        workers.execute(this::work);
      } catch (RejectedExecutionException full) {
        // All threads wait for other hosts; the next look tries again.
        busy.set(false);
      }
    }
  }

  private void work() {
    try {
      HostAttachment attachment = line;
      @Nullable ConnectFailure failure =
          stateWanted.getAndSet(false) || isFailing() ? host.probe() : null;
      if (attachment != null && settings().place().kind() == ResourceKind.NODE) {
        attachment.detailed(failure == null ? temperatures.read() : temperatures.failed(failure));
      }
    } catch (RuntimeException failure) {
      LOG.error("Seeing to the SSH host {} failed.", settings().id(), failure);
    } finally {
      due = System.nanoTime() + next();
      busy.set(false);
    }
  }

  private boolean isFailing() {
    return needsAPerson() || host.state().status() == Status.UNREACHABLE;
  }

  private long next() {
    double spread = 1 + JITTER * (2 * random() - 1);
    boolean refused = host.state().status() == Status.LOGIN_REFUSED;
    return (long) (round.toNanos() * spread * (refused ? PATIENCE_AFTER_REFUSAL : 1));
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Begins nothing more on it. Returns at once. */
  void leave() {
    host.leave();
  }

  @Override
  public void close() {
    host.close();
  }
}
