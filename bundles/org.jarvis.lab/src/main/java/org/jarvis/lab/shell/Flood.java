package org.jarvis.lab.shell;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A log of so many bytes, made line by line as somebody reads it: it takes no memory. */
final class Flood extends InputStream {

  private static final int LINE = 100;

  private final long size;
  private final String host;
  private final byte[] line = new byte[LINE];
  private long position;
  private long made = -1;

  Flood(long size, String host) {
    this.size = size;
    this.host = host;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    if (position >= size) {
      return count == 0 ? 0 : -1;
    }
    int done = 0;
    while (done < count && position < size) {
      long number = position / LINE;
      if (number != made) {
        make(number);
      }
      int within = (int) (position % LINE);
      int some = (int) Math.min(Math.min(count - done, LINE - within), size - position);
      System.arraycopy(line, within, into, offset + done, some);
      done += some;
      position += some;
    }
    return done;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, size - position);
  }

  private void make(long number) {
    made = number;
    StringBuilder text =
        new StringBuilder(LINE)
            .append("flood ")
            .append(host)
            .append(" line ")
            .append(number)
            .append(" of a log that has no end: ");
    while (text.length() < LINE - 1) {
      text.append((char) ('a' + text.length() % 26));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, line, 0, LINE - 1);
    line[LINE - 1] = '\n';
  }
}
