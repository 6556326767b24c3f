package org.jarvis.extensions;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when an extension would keep it from ending: the framework waits without limit
 * for code that does not come back from its start or stop. Nothing acknowledged is lost by that,
 * since everything is stored before it is acknowledged.
 */
final class LastResort {
  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  /** What a process that was told to end by a signal ends with. */
  private static final int STATUS = 143;

  private LastResort() {}

  /** Gives the framework so long to end. */
  static void arm(Duration patience) {
    Thread thread = new Thread(() -> waitAndEnd(patience), "jarvis-extensions-last-resort");
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitAndEnd(Duration patience) {
    try {
      Thread.sleep(patience.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.error("An extension keeps Jarvis from ending, so it ends without waiting for it.");
    Runtime.getRuntime().halt(STATUS);
  }
}
