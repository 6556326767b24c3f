package org.jarvis.lab.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What goes to a terminal: every end of a line begins a new one at its left edge. Thread-safe. */
final class TerminalOutput extends OutputStream {

  private final OutputStream target;

  TerminalOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    ByteArrayOutputStream cooked = new ByteArrayOutputStream(count + count / 8 + 8);
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] == '\n') {
        cooked.write('\r');
      }
      cooked.write(bytes[i]);
    }
    target.write(cooked.toByteArray());
    target.flush();
  }

  @Override
  public synchronized void flush() throws IOException {
    target.flush();
  }
}
