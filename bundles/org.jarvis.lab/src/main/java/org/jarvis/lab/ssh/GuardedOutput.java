package org.jarvis.lab.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jarvis.lab.shell.Job;

/** What goes to a client, unless its host has fallen silent: then nothing goes any more. */
final class GuardedOutput extends OutputStream {

  private static final Duration LOOKS_EVERY = Duration.ofMillis(250);

  private final OutputStream target;
  private final BooleanSupplier silent;
  private final Job job;

  GuardedOutput(OutputStream target, BooleanSupplier silent, Job job) {
    this.target = target;
    this.silent = silent;
    this.job = job;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    while (silent.getAsBoolean()) {
      job.pause(LOOKS_EVERY);
    }
    target.write(bytes, offset, count);
    target.flush();
  }

  @Override
  public void flush() throws IOException {
    if (!silent.getAsBoolean()) {
      target.flush();
    }
  }
}
