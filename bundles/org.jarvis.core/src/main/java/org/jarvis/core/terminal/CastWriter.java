package org.jarvis.core.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one recording as asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a line with what
 * it is, then a line for each piece of output and each change of size. What is typed is not
 * recorded; where a host shows it, it is output. Safe from any thread.
 */
final class CastWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id;
  private final OutputStream file;
  private final Clock clock;
  private final Instant start;
  private final long limit;
  private long size;
  private @Nullable String stopped;

  /**
   * Begins a recording.
   *
   * @param file where it goes; closed with this
   * @param limit how large it may become, in bytes
   */
  CastWriter(String id, OutputStream file, Header header, Clock clock, long limit)
      throws IOException {
    this.id = id;
    this.file = file;
    this.clock = clock;
    this.start = header.start();
    this.limit = limit;
    line(JSON.writeValueAsString(header.fields()));
    file.flush();
  }

  /**
   * What a recording is of.
   *
   * @param start when it began
   * @param columns the terminal's width
   * @param rows the terminal's height
   * @param title what it is called
   * @param host the host that it is on
   * @param person whose it is
   * @param action the id of its action
   */
  record Header(
      Instant start,
      int columns,
      int rows,
      String title,
      String host,
      String person,
      String action) {
    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("version", 2);
      fields.put("width", columns);
      fields.put("height", rows);
      fields.put("timestamp", start.getEpochSecond());
      fields.put("title", title);
      fields.put("env", Map.of("TERM", "xterm-256color"));
      fields.put("jarvis", Map.of("host", host, "person", person, "action", action));
      return fields;
    }
  }

  String id() {
    return id;
  }

  /** It printed this. */
  void output(char[] text, int length) {
    event("o", new String(text, 0, length));
  }

  /** It has another size. */
  void resized(int columns, int rows) {
    event("r", columns + "x" + rows);
  }

  private synchronized void event(String kind, String data) {
    if (stopped != null) {
      return;
    }
    try {
      String text =
          String.format(
              Locale.ROOT,
              "[%.6f, \"%s\", %s]",
              Duration.between(start, clock.instant()).toNanos() / 1e9,
              kind,
              JSON.writeValueAsString(data));
      if (size + text.length() > limit) {
        stop("it has reached its limit of " + (limit >> 20) + " MB");
        return;
      }
      line(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Text can always be written as JSON.", impossible);
    } catch (IOException failed) {
      stop("it cannot be written: " + failed.getMessage());
    }
  }

  private void line(String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    if (size + bytes.length > limit) {
      stop("it has reached its limit of " + (limit >> 20) + " MB");
      return;
    }
    file.write(bytes);
    size += bytes.length;
  }

  private void stop(String why) {
    stopped = why;
  }

  /** Why nothing more is recorded; {@code null} while it is. */
  synchronized @Nullable String stopped() {
    return stopped;
  }

  /** What was recorded is on its way to the disk. */
  synchronized void flush() {
    try {
      file.flush();
    } catch (IOException failed) {
      stop("it cannot be written: " + failed.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    flush();
    stop("the terminal has ended");
    try {
      file.close();
    } catch (IOException failed) {
      stop("it cannot be written: " + failed.getMessage());
    }
  }
}
