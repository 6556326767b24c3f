package org.jarvis.core.action;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostCommands;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostId;
import org.jarvis.api.tool.Effect;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.host.HostConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands on hosts, narrowed to what was decided. Whatever a tool hands in is analysed here once
 * more, and what runs is the canonical rendering of that: a tool that says one thing and does
 * another gets no further than here, and one that keeps the object finds it closed once its run is
 * over. Safe from any thread.
 */
final class ScopedHosts {
  private static final Logger LOG = LoggerFactory.getLogger(ScopedHosts.class);

  private final HostConnections connections;
  private final ServiceSlot<CommandAnalyst> analyst;
  private final DecidedCommands decided;
  private final ScopedOperations.Objection objection;
  private final Supplier<Duration> left;

  /** The commands that may have changed something. */
  private final AtomicInteger changing = new AtomicInteger();

  private volatile boolean closed;

  /**
   * Narrows these connections.
   *
   * @param decided what was decided
   * @param objection asked before each command that changes something
   * @param left how much time is left to the run
   */
  ScopedHosts(
      HostConnections connections,
      ServiceSlot<CommandAnalyst> analyst,
      DecidedCommands decided,
      ScopedOperations.Objection objection,
      Supplier<Duration> left) {
    this.connections = connections;
    this.analyst = analyst;
    this.decided = decided;
    this.objection = objection;
    this.left = left;
  }

  /** Whether a command that changes something may have begun. */
  boolean touched() {
    return changing.get() > 0;
  }

  void close() {
    closed = true;
  }

  /** What runs commands on one host. */
  HostCommands on(HostId id) {
    checkOpen();
    HostConnection host = connections.require(id);
    if (!decided.reaches(host.place())) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "The host "
              + id
              + " stands for "
              + host.place()
              + ", which is not among the targets that were decided on.");
    }
    return (command, timeLimit) -> run(host, command, timeLimit);
  }

  private void checkOpen() {
    if (closed) {
      throw new JarvisException(ErrorCode.REFUSED, ScopedOperations.OVER);
    }
  }

  private CommandResult run(HostConnection decidedOn, CommandText command, Duration timeLimit) {
    checkOpen();
    // Its configuration may have changed since: what is asked is what stands there now.
    HostConnection host = connections.require(decidedOn.id());
    if (!host.place().equals(decidedOn.place())) {
      throw new JarvisException(
          ErrorCode.REFUSED, "The host " + host.id() + " stands for something else by now.");
    }
    CommandAnalysis analysis = analyse(host, command);
    decided
        .refusal(host, analysis)
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.REFUSED, reason);
            });
    CommandRun run = CommandRun.ordinary(analysis.canonical(), bounded(host, timeLimit));
    return analysis.effect() == Effect.OBSERVES ? host.operations().run(run) : change(host, run);
  }

  private CommandAnalysis analyse(HostConnection host, CommandText command) {
    CommandAnalyst present =
        analyst
            .get()
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.REFUSED,
                        "Nobody can tell what a command means, so none runs: start the bundle"
                            + " org.jarvis.safety."));
    try {
      return present.analyse(host.id(), host.sudo(), command);
    } catch (RuntimeException failure) {
      LOG.warn("A command for {} could not be analysed", host.id(), failure);
      throw new JarvisException(
          ErrorCode.REFUSED,
          "What this command means could not be told, so it does not run; Jarvis's log tells why.",
          failure);
    }
  }

  private Duration bounded(HostConnection host, Duration timeLimit) {
    Duration remaining = left.get();
    Duration limit = timeLimit.compareTo(remaining) < 0 ? timeLimit : remaining;
    if (limit.isNegative() || limit.isZero()) {
      throw new JarvisException(
          ErrorCode.NOT_SENT, "No time is left for a command on " + host.id() + ".");
    }
    return limit;
  }

  private CommandResult change(HostConnection host, CommandRun run) {
    objection
        .reason()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.REFUSED, reason);
            });
    changing.incrementAndGet();
    try {
      return host.operations().run(run);
    } catch (JarvisException failure) {
      if (failure.code() == ErrorCode.NOT_SENT) {
        changing.decrementAndGet();
      }
      throw failure;
    }
  }
}
