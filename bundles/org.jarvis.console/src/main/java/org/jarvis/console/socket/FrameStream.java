package org.jarvis.console.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jarvis.api.text.InertText;

/** Turns what is written into lines with a mark in front. Not for several threads. */
final class FrameStream extends OutputStream {
  private static final int LONGEST_LINE = 16 * 1024;

  private final OutputStream target;
  private final char mark;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  FrameStream(OutputStream target, char mark) {
    this.target = target;
    this.mark = mark;
  }

  @Override
  public void write(int value) throws IOException {
    if (value == '\n') {
      send();
    } else if (value != '\r') {
      line.write(value);
      if (line.size() >= LONGEST_LINE) {
        send();
      }
    }
  }

  /** Sends a line that was begun. */
  void finish() throws IOException {
    if (line.size() > 0) {
      send();
    }
  }

  private void send() throws IOException {
    String text = InertText.printed(line.toString(StandardCharsets.UTF_8));
    line.reset();
    target.write((mark + text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
