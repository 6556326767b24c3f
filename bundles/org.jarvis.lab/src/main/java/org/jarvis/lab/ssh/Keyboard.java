package org.jarvis.lab.ssh;

import java.io.IOException;
import java.util.function.IntPredicate;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed and nobody read yet. The channel's window bounds it: what is read makes room
 * for more. An interrupt is told at once, whoever reads. Thread-safe.
 */
final class Keyboard implements ChannelDataReceiver {

  private static final int MILLIS_IN_PIECES = 1000;
  private static final int INTERRUPT = 3;

  private byte[] keys = new byte[256];
  private int begin;
  private int filled;
  private int read;
  private boolean closed;
  private @Nullable ChannelSession channel;
  private volatile IntPredicate onInterrupt = key -> false;

  /** Who is asked first about Ctrl-C, and answers whether it is meant for them. */
  void interrupts(IntPredicate listener) {
    onInterrupt = listener;
  }

  @Override
  public int data(ChannelSession from, byte[] bytes, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] == INTERRUPT && onInterrupt.test(bytes[i])) {
        forget();
      } else {
        put(from, bytes[i]);
      }
    }
    // Nothing counts as taken until somebody reads it.
    return 0;
  }

  private synchronized void put(ChannelSession from, byte key) {
    channel = from;
    if (filled == keys.length) {
      byte[] larger = new byte[keys.length * 2];
      for (int i = 0; i < filled; i++) {
        larger[i] = keys[(begin + i) % keys.length];
      }
      keys = larger;
      begin = 0;
    }
    keys[(begin + filled) % keys.length] = key;
    filled++;
    notifyAll();
  }

  /** The next key, or -1 where none comes within this time; 0 waits for as long as it takes. */
  int next(int millis) throws IOException {
    int key;
    int taken = 0;
    ChannelSession from;
    synchronized (this) {
      if (!await(millis)) {
        return -1;
      }
      key = keys[begin] & 0xFF;
      begin = (begin + 1) % keys.length;
      filled--;
      read++;
      if (filled == 0 || read >= keys.length / 2) {
        taken = read;
        read = 0;
      }
      from = channel;
    }
    if (taken > 0 && from != null) {
      from.getLocalWindow().release(taken);
    }
    return key;
  }

  private synchronized boolean await(int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    try {
      while (filled == 0 && !closed) {
        long left = millis == 0 ? MILLIS_IN_PIECES : (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    if (filled == 0) {
      throw new IOException("nobody is at the terminal any more");
    }
    return true;
  }

  /** Whether something waits to be read. */
  synchronized boolean waiting() {
    return filled > 0;
  }

  /** Forgets what was typed, as an interrupt does. */
  private synchronized void forget() {
    read += filled;
    filled = 0;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
