package org.jarvis.connector.ssh;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what runs on a host before it ends by itself. Closing a channel does not: a process that
 * prints nothing goes on for as long as it likes. Nor does a signal through the protocol: OpenSSH
 * refuses them for root, and Dropbear passes them to the shell alone and not to what that began.
 *
 * <p>So a second channel on the same connection ends all that the server's process for this
 * connection has begun, politely at first. That is why a connection carries one command at a time.
 * Servers of other kinds get the protocol's signals.
 */
final class RemoteEnd {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteEnd.class);

  /**
   * Collects the descendants of the shell's parent, but for the shell itself; asks them to end, and
   * makes them a second later. Exits with 0 when all have ended. What ended but was not yet taken
   * notice of by its parent (state Z) has ended.
   */
  private static final String END_ALL =
      String.join(
          " ",
          "exec /bin/sh -c 'exec 2>/dev/null; all=;",
          "collect() { while [ $# -gt 0 ]; do [ \"$1\" = $$ ] ||",
          "{ all=\"$all $1\"; collect $(cat /proc/$1/task/$1/children); }; shift; done; };",
          "alive() { for one in $all; do case $(cat /proc/$one/stat) in",
          "\"\"|*\") Z \"*) ;; *) return 0;; esac; done; return 1; };",
          "for signal in TERM KILL; do",
          "collect $(cat /proc/$PPID/task/$PPID/children);",
          "kill -s $signal $all; round=0;",
          "while alive && [ $round -lt 10 ]; do",
          "sleep 0.1 || sleep 1; round=$((round + 1)); done;",
          "alive || exit 0; done; exit 1'");

  private static final Duration POLITE = Duration.ofSeconds(1);
  private static final Duration FIRM = Duration.ofSeconds(1);
  private static final Duration ENOUGH = Duration.ofSeconds(4);

  private RemoteEnd() {}

  /**
   * Ends a command. Blocks for some seconds at most, and cannot be interrupted.
   *
   * @return whether the host said that it ended
   */
  static boolean end(CommandChannel channel, Connection connection) {
    boolean interrupted = Thread.interrupted();
    try {
      return connection.runsProcesses() ? endAll(connection) : endBySignal(channel);
    } catch (IOException gone) {
      LOG.debug("The end of a command was not asked for.", gone);
      return false;
    } catch (InterruptedException again) {
      interrupted = true;
      return false;
    } finally {
      channel.close(true);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean endAll(Connection connection) throws IOException, InterruptedException {
    CommandChannel ending = new CommandChannel(END_ALL);
    try (BoundedOutput nothing = new BoundedOutput(2, () -> {})) {
      ending.setOut(nothing);
      ending.setErr(nothing);
      connection.register(ending);
      ending.open().await(POLITE);
      ending.awaitClosed(ENOUGH);
      return Integer.valueOf(0).equals(ending.getExitStatus());
    } finally {
      ending.close(true);
    }
  }

  private static boolean endBySignal(CommandChannel channel)
      throws IOException, InterruptedException {
    channel.signal("TERM");
    if (channel.awaitClosed(POLITE)) {
      return true;
    }
    channel.signal("KILL");
    return channel.awaitClosed(FIRM);
  }
}
