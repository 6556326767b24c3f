package org.jarvis.core.terminal;

import org.jspecify.annotations.Nullable;

/**
 * The newest of what a terminal printed. It takes no more than {@link #WINDOW} beyond what was
 * acknowledged, so that whoever fills it is slowed to the pace of whoever reads, and it never
 * grows: what lies further back than {@link #KEPT} is overwritten. Positions count UTF-16 units
 * from the start of the terminal. Safe from any thread.
 */
final class OutputTape {
  /** How much may be printed that nobody has acknowledged. */
  static final int WINDOW = 256 * 1024;

  /** How much is kept for whoever attaches again. */
  static final int KEPT = 512 * 1024;

  private static final int FIRST = 16 * 1024;

  private char[] ring = new char[FIRST];
  private long end;
  private long acknowledged;
  private boolean closed;

  /**
   * A piece of the tape.
   *
   * @param end where it ends
   * @param text what is on it
   */
  record Piece(long end, String text) {}

  /**
   * Takes as much as there is room for, and waits for room where there is none.
   *
   * @return how much was taken; all of it, unseen, once the tape is closed
   */
  synchronized int append(char[] text, int from, int length) throws InterruptedException {
    while (!closed && end - acknowledged >= WINDOW) {
      wait();
    }
    if (closed) {
      return length;
    }
    int taken = (int) Math.min(length, WINDOW - (end - acknowledged));
    makeRoom(taken);
    int at = (int) (end % ring.length);
    int first = Math.min(taken, ring.length - at);
    System.arraycopy(text, from, ring, at, first);
    System.arraycopy(text, from + first, ring, 0, taken - first);
    end += taken;
    return taken;
  }

  /** Most terminals never print much; the ring grows to its full size with those that do. */
  private void makeRoom(int more) {
    if (end + more <= ring.length || ring.length == KEPT) {
      return;
    }
    int size = ring.length;
    while (size < KEPT && size < end + more) {
      size *= 2;
    }
    // Nothing was overwritten yet: it grows before it comes round.
    char[] larger = new char[size];
    System.arraycopy(ring, 0, larger, 0, (int) end);
    ring = larger;
  }

  /** What follows this position, at most so much; {@code null} where nothing does yet. */
  synchronized @Nullable Piece after(long position, int most) {
    long from = Math.max(position, start());
    int length = (int) Math.min(most, end - from);
    if (length <= 0) {
      return null;
    }
    char last = ring[(int) ((from + length - 1) % ring.length)];
    if (Character.isHighSurrogate(last)) {
      // Its other half comes with the next piece.
      length--;
      if (length == 0) {
        return null;
      }
    }
    char[] text = new char[length];
    int at = (int) (from % ring.length);
    int first = Math.min(length, ring.length - at);
    System.arraycopy(ring, at, text, 0, first);
    System.arraycopy(ring, 0, text, first, length - first);
    return new Piece(from + length, new String(text));
  }

  /** Everything up to here has arrived. What was never printed cannot have. */
  synchronized void acknowledge(long position) {
    acknowledged = Math.max(acknowledged, Math.min(position, end));
    notifyAll();
  }

  /** Takes nothing more; whoever waits goes on. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Where the oldest begins that is still there. */
  synchronized long start() {
    return Math.max(0, end - ring.length);
  }

  /** Where the newest ends. */
  synchronized long end() {
    return end;
  }
}
