package org.jarvis.connector.proxmox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** Wakes whoever pauses when the connector leaves. Safe from any thread. */
final class Departure {
  private final CountDownLatch left = new CountDownLatch(1);

  /** The connector leaves. */
  void announce() {
    left.countDown();
  }

  /**
   * Waits.
   *
   * @param what what is left alone if the connector leaves meanwhile, for the message
   * @throws JarvisException when it leaves, or the thread is interrupted
   */
  void pause(Duration length, String what) {
    boolean leaving;
    try {
      leaving = left.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.UNREACHABLE,
          "Jarvis was told to stop following " + what + ", which goes on; how it ends is unknown.",
          interrupted);
    }
    if (leaving) {
      throw new JarvisException(
          ErrorCode.UNREACHABLE,
          "The connector left while it followed "
              + what
              + ", which goes on; how it ends is"
              + " unknown until the connector is back.");
    }
  }
}
