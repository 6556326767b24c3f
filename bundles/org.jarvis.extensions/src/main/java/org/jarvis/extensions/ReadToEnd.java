package org.jarvis.extensions;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that knows whether somebody came to its end: only there does a verified content prove
 * what it is.
 */
final class ReadToEnd extends FilterInputStream {
  private boolean ended;

  ReadToEnd(InputStream content) {
    super(content);
  }

  @Override
  public int read() throws IOException {
    return noted(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return noted(super.read(bytes, offset, length));
  }

  private int noted(int result) {
    ended |= result < 0;
    return result;
  }

  /** Fails unless all of it was read; also once it is closed. */
  void require() throws IOException {
    if (!ended) {
      throw new IOException("It was not read to its end");
    }
  }
}
