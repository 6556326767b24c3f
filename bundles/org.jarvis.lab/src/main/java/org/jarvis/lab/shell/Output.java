package org.jarvis.lab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a program writes: UTF-8 text, gathered until there is enough of it. One thread at a time.
 */
public final class Output extends OutputStream {

  private static final int GATHERED = 8192;

  private final OutputStream target;
  private final Job job;
  private final byte[] gathered = new byte[GATHERED];
  private int length;

  /** An output of a job; once that is cancelled, writing fails. */
  public Output(OutputStream target, Job job) {
    this.target = target;
    this.job = job;
  }

  Output print(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Output println(String text) throws IOException {
    return print(text).print("\n");
  }

  Output printf(String format, Object... values) throws IOException {
    return print(String.format(Locale.ROOT, format, values));
  }

  @Override
  public synchronized void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (length + count > GATHERED) {
      drain();
    }
    if (count > GATHERED) {
      job.check();
      target.write(bytes, offset, count);
    } else {
      System.arraycopy(bytes, offset, gathered, length, count);
      length += count;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    drain();
    target.flush();
  }

  private void drain() throws IOException {
    job.check();
    if (length > 0) {
      int full = length;
      length = 0;
      target.write(gathered, 0, full);
    }
  }

  /** Tells the reader that there is no more; what goes to a client stays open. */
  @Override
  public void close() throws IOException {
    flush();
    if (target instanceof Pipe.Source) {
      target.close();
    }
  }
}
