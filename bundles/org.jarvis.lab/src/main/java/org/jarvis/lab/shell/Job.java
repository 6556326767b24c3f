package org.jarvis.lab.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * What runs for one command line and can be ended from outside. Thread-safe. Nobody's thread is
 * interrupted, which would break connections in the middle of a packet: whoever works asks in
 * between.
 */
public final class Job {

  private int signal;

  /** Ends it with a signal, such as 2 for an interrupt from the terminal. */
  public synchronized void cancel(int newSignal) {
    if (signal == 0) {
      signal = newSignal;
    }
    notifyAll();
  }

  /** The signal that ended it, 0 while it may go on. */
  public synchronized int signal() {
    return signal;
  }

  /** Fails where it was ended. */
  public void check() throws IOException {
    if (signal() != 0) {
      throw new InterruptedIOException("ended by a signal");
    }
  }

  /** Waits, in real time; fails at once where it is ended meanwhile. */
  public synchronized void pause(Duration length) throws IOException {
    long end = System.nanoTime() + length.toNanos();
    try {
      for (long left = length.toMillis();
          left > 0 && signal == 0;
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      signal = 15;
    }
    check();
  }
}
