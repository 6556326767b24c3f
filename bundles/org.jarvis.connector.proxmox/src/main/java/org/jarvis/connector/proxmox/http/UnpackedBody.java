package org.jarvis.connector.proxmox.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A packed body as it was before, up to a bound: a few kilobytes can unpack to gigabytes. Read by
 * one thread.
 */
final class UnpackedBody extends FilterInputStream {
  private static final int TAKEN_AT_ONCE = 8192;

  private long left;

  /** The body that this stream has packed, of which at most so many bytes are read. */
  UnpackedBody(InputStream packed, long limit) throws IOException {
    super(new GZIPInputStream(packed, TAKEN_AT_ONCE));
    this.left = limit;
  }

  /** There is more than may be read. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException() {
      super("The body unpacks to more than may be read.");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    left -= Math.max(0, read);
    if (left < 0) {
      throw new TooLargeException();
    }
    return read;
  }

  @Override
  public long skip(long count) {
    throw new UnsupportedOperationException("What is skipped would not be counted.");
  }
}
