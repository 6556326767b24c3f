package org.jarvis.connector.proxmox.http;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply's body in blocks: the list of a large cluster comes every few seconds, and one piece of
 * such a size is hard to find room for. Filled by one thread, then read by others; each stream of
 * it by one.
 */
final class ReceivedBody {
  private static final int BLOCK = 16 << 10;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;

  /** Takes what there is in a buffer. */
  void add(ByteBuffer buffer) {
    while (buffer.hasRemaining()) {
      int used = (int) (size % BLOCK);
      if (used == 0) {
        blocks.add(new byte[BLOCK]);
      }
      int taken = Math.min(buffer.remaining(), BLOCK - used);
      buffer.get(blocks.get(blocks.size() - 1), used, taken);
      size += taken;
    }
  }

  /** How many bytes it has. */
  long size() {
    return size;
  }

  /** All of it, from the beginning. */
  InputStream open() {
    return new Stream();
  }

  private final class Stream extends InputStream {
    private long at;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == size && length > 0) {
        return -1;
      }
      int from = (int) (at % BLOCK);
      int read = (int) Math.min(Math.min(length, BLOCK - from), size - at);
      if (read > 0) {
        System.arraycopy(blocks.get((int) (at / BLOCK)), from, into, offset, read);
        at += read;
      }
      return read;
    }

    @Override
    public int available() {
      return (int) Math.min(BLOCK, size - at);
    }
  }
}
