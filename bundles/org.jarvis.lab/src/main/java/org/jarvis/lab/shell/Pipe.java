package org.jarvis.lab.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What one program writes and the next one reads. A bounded number of bytes is on the way. */
final class Pipe {

  private static final int SIZE = 65_536;
  private static final long LOOKS_EVERY_MILLIS = 100;

  private final byte[] bytes = new byte[SIZE];
  private final Job job;
  private int begin;
  private int filled;
  private boolean ended;
  private boolean abandoned;

  Pipe(Job job) {
    this.job = job;
  }

  /** Nobody reads any more. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken() {
      super("Broken pipe");
    }
  }

  final class Source extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      put(from, offset, count);
    }

    @Override
    public void close() {
      end();
    }
  }

  private final class Sink extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      return take(into, offset, count);
    }

    @Override
    public void close() {
      abandon();
    }
  }

  OutputStream source() {
    return new Source();
  }

  InputStream sink() {
    return new Sink();
  }

  private synchronized void put(byte[] from, int offset, int count) throws IOException {
    int at = offset;
    int left = count;
    while (left > 0) {
      while (filled == SIZE && !abandoned) {
        await();
      }
      if (abandoned) {
        throw new Broken();
      }
      int end = (begin + filled) % SIZE;
      int room = Math.min(left, Math.min(SIZE - filled, SIZE - end));
      System.arraycopy(from, at, bytes, end, room);
      filled += room;
      at += room;
      left -= room;
      notifyAll();
    }
  }

  private synchronized int take(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (filled == 0 && !ended) {
      await();
    }
    if (filled == 0) {
      return -1;
    }
    int some = Math.min(count, Math.min(filled, SIZE - begin));
    System.arraycopy(bytes, begin, into, offset, some);
    begin = (begin + some) % SIZE;
    filled -= some;
    notifyAll();
    return some;
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  // Whoever calls it looks again what has changed, in a loop.
  @SuppressWarnings("WaitNotInLoop")
  private void await() throws IOException {
    job.check();
    try {
      wait(LOOKS_EVERY_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      job.cancel(15);
      job.check();
    }
  }
}
