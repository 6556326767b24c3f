package org.jarvis.connector.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the beginning and the end of an output, and counts what it drops between them. Never blocks
 * and never grows past its limit, whatever a host sends.
 */
final class BoundedOutput extends OutputStream {
  private final int headLimit;
  private final int tailLimit;
  private final Runnable told;

  // Guarded by this.
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] tail = new byte[0];
  private int tailEnd;
  private long tailTotal;

  /**
   * An empty output.
   *
   * @param limit bytes kept, two at least
   * @param told called with each piece that comes
   */
  BoundedOutput(int limit, Runnable told) {
    this.headLimit = limit / 2;
    this.tailLimit = limit - headLimit;
    this.told = told;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    told.run();
    synchronized (this) {
      int toHead = Math.min(length, headLimit - head.size());
      head.write(bytes, offset, toHead);
      keepEnd(bytes, offset + toHead, length - toHead);
    }
  }

  /** Puts bytes into the ring; of more than fit, the last ones. */
  private void keepEnd(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (tail.length == 0) {
      // Most outputs are short and never come here.
      tail = new byte[tailLimit];
    }
    tailTotal += length;
    int kept = Math.min(length, tailLimit);
    int from = offset + length - kept;
    int first = Math.min(kept, tailLimit - tailEnd);
    System.arraycopy(bytes, from, tail, tailEnd, first);
    System.arraycopy(bytes, from + first, tail, 0, kept - first);
    tailEnd = (tailEnd + kept) % tailLimit;
  }

  /** Bytes dropped so far. */
  synchronized long cut() {
    return Math.max(0, tailTotal - tailLimit);
  }

  /** What was kept, as UTF-8; in the place of what was dropped is a line that says how much. */
  synchronized String text() {
    byte[] end = last((int) Math.min(tailLimit, tailTotal));
    long dropped = cut();
    if (dropped == 0) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream(head.size() + end.length);
      whole.writeBytes(head.toByteArray());
      whole.writeBytes(end);
      return whole.toString(StandardCharsets.UTF_8);
    }
    byte[] start = head.toByteArray();
    return new String(start, 0, wholeCharacters(start), StandardCharsets.UTF_8)
        + "\n[... "
        + dropped
        + " bytes were cut out here ...]\n"
        + new String(
            end, partOfCharacter(end), end.length - partOfCharacter(end), StandardCharsets.UTF_8);
  }

  private byte[] last(int filled) {
    byte[] last = new byte[filled];
    for (int i = 0; i < filled; i++) {
      last[i] = tail[Math.floorMod(tailEnd - filled + i, tailLimit)];
    }
    return last;
  }

  /** How many bytes hold whole characters, where the cut went through the last one. */
  private static int wholeCharacters(byte[] bytes) {
    int at = bytes.length;
    for (int back = 1; back <= Math.min(4, bytes.length); back++) {
      int one = bytes[bytes.length - back] & 0xFF;
      if (one < 0x80) {
        return at;
      }
      if (one >= 0xC0) {
        int needed = one >= 0xF0 ? 4 : one >= 0xE0 ? 3 : 2;
        return back >= needed ? at : at - back;
      }
    }
    return at;
  }

  /** How many bytes at the beginning belong to a character that was cut off. */
  private static int partOfCharacter(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && at < 3 && (bytes[at] & 0xC0) == 0x80) {
      at++;
    }
    return at;
  }
}
