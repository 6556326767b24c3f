package org.jarvis.connector.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostId;
import org.jspecify.annotations.Nullable;

/** One attempt at a command on one connection, from asking for it to what came of it. */
final class RunningCommand {
  /** How often to see whether a command that told its exit status still prints. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** How long a command that told its exit status may be silent until it counts as ended. */
  private static final Duration REST = Duration.ofSeconds(2);

  private final HostId host;
  private final CommandRun run;
  private final Connection connection;
  private final BooleanSupplier leaving;
  private final long began;
  private final long deadline;
  private final BoundedOutput output;
  private final BoundedOutput errors;
  private final CommandChannel channel;

  private volatile long lastOutput;
  private boolean endConfirmed;

  /** What became of asking for it. */
  enum Start {
    /** It may run. */
    BEGUN,
    /** The connection is dead, and it never began. */
    CONNECTION_DEAD,
    /** The server opens no channel for it, and it never began. */
    NO_CHANNEL
  }

  /**
   * Prepares it.
   *
   * @param deadline when it has to have ended, by the clock of {@link System#nanoTime}
   * @param leaving whether it has to end because the connector does
   */
  RunningCommand(
      HostId host, CommandRun run, Connection connection, long deadline, BooleanSupplier leaving) {
    this.host = host;
    this.run = run;
    this.connection = connection;
    this.leaving = leaving;
    this.began = System.nanoTime();
    this.lastOutput = began;
    this.deadline = deadline;
    int limit = Math.max(2, run.outputLimit());
    this.output = new BoundedOutput(limit, this::heard);
    this.errors = new BoundedOutput(limit, this::heard);
    this.channel = new CommandChannel(run.canonical());
    channel.setOut(output);
    channel.setErr(errors);
  }

  private void heard() {
    lastOutput = System.nanoTime();
  }

  /** Asks for it. Blocks until the channel stands, for at most that long. */
  Start start(Duration patience) throws InterruptedException {
    try {
      connection.register(channel);
      channel.open().verify(patience);
      // It gets no input, and is told so: what reads it ends instead of waiting.
      channel.getInvertedIn().close();
      return Start.BEGUN;
    } catch (IOException failure) {
      boolean interrupted = Thread.interrupted() || failure instanceof InterruptedIOException;
      if (!channel.giveUp()) {
        if (interrupted) {
          // Whoever waits for it ends it.
          Thread.currentThread().interrupt();
        }
        return Start.BEGUN;
      }
      channel.close(true);
      if (interrupted) {
        throw new InterruptedException();
      }
      boolean told = connection.isOpen() && channel.openFailureReason() != 0;
      return told ? Start.NO_CHANNEL : Start.CONNECTION_DEAD;
    }
  }

  /**
   * Waits for its end, or ends it at its limits.
   *
   * @throws JarvisException as {@link org.jarvis.api.host.HostOperations#run} does
   */
  CommandResult await() {
    try {
      while (!channel.awaitClosed(nextLook())) {
        if (hasToldItsEnd() && silence().compareTo(REST) > 0) {
          break;
        }
        endAtLimits();
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw ended("was cancelled");
    }
    return result();
  }

  private boolean hasToldItsEnd() {
    return channel.getExitStatus() != null || channel.getExitSignal() != null;
  }

  private Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastOutput);
  }

  private Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private Duration nextLook() {
    Duration quiet = run.silenceLimit().minus(silence());
    Duration next = quiet.compareTo(left()) < 0 ? quiet : left();
    return next.compareTo(LOOK) < 0 ? next : LOOK;
  }

  private void endAtLimits() {
    if (leaving.getAsBoolean()) {
      throw ended("was cancelled, as its connector is leaving or starting anew");
    }
    if (left().isNegative()) {
      throw ended("did not end within " + inWords(run.timeLimit()));
    }
    if (silence().compareTo(run.silenceLimit()) > 0) {
      throw ended("printed nothing for " + inWords(run.silenceLimit()));
    }
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private JarvisException ended(String why) {
    boolean sure = RemoteEnd.end(channel, connection);
    endConfirmed = sure;
    return new JarvisException(
        ErrorCode.TIMED_OUT,
        "The command on "
            + host
            + " "
            + why
            + (sure
                ? " and was ended."
                : ", and its end was asked for, but not confirmed: it may still run there."));
  }

  private CommandResult result() {
    Integer status = channel.getExitStatus();
    String signal = channel.getExitSignal();
    boolean refused = channel.isRefused();
    channel.close(true);
    if (refused) {
      throw new JarvisException(
          ErrorCode.NOT_SENT,
          host + " refuses to run commands for this account. See its log, and authorized_keys.");
    }
    if (status == null && signal == null) {
      throw new JarvisException(
          ErrorCode.UNREACHABLE,
          "The connection to "
              + host
              + " was lost while a command ran, and how far it came is not known. Look before you"
              + " run it again.");
    }
    return new CommandResult(
        signal == null ? status : null,
        signal(signal),
        output.text(),
        errors.text(),
        output.cut() + errors.cut(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static @Nullable String signal(@Nullable String name) {
    return name == null ? null : Foreign.text(name);
  }

  /** Whether the connection can be used again: it lives, and nothing runs on it any more. */
  boolean leavesConnectionUsable() {
    return connection.isOpen() && (hasToldItsEnd() || endConfirmed);
  }
}
