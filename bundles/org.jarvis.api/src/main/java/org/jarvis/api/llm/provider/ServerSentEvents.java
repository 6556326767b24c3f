package org.jarvis.api.llm.provider;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) from bytes that are cut anywhere, in the
 * midst of a character included. More tolerant than the standard in one way: an event that the
 * stream ends with counts also where its blank line is missing, since servers forget it. Used by
 * one thread at a time.
 */
final class ServerSentEvents {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Receiver receiver;
  private final int mostBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private boolean hasData;
  private boolean afterReturn;
  private boolean atStart = true;

  /** Takes the events. */
  @FunctionalInterface
  interface Receiver {
    void event(String name, String data);
  }

  /** An event is larger than anything that makes sense. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A reader.
   *
   * @param receiver takes the events
   * @param mostBytes how large one may be
   */
  ServerSentEvents(Receiver receiver, int mostBytes) {
    this.receiver = receiver;
    this.mostBytes = mostBytes;
  }

  /** Takes further bytes. */
  void feed(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte one = bytes.get();
      if (one == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = one == '\r';
      if (one == '\n' || one == '\r') {
        endLine();
      } else if (line.size() >= mostBytes) {
        throw new TooLargeException();
      } else {
        line.write(one);
      }
    }
  }

  /** The stream is over. */
  void end() {
    if (line.size() > 0) {
      endLine();
    }
    dispatch();
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (atStart && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    atStart = false;
    if (text.isEmpty()) {
      dispatch();
      return;
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    take(field, value.startsWith(" ") ? value.substring(1) : value);
  }

  private void take(String field, String value) {
    switch (field) {
      case "event" -> name = value;
      case "data" -> {
        if (data.length() + value.length() > mostBytes) {
          throw new TooLargeException();
        }
        if (hasData) {
          data.append('\n');
        }
        data.append(value);
        hasData = true;
      }
      default -> {
        // A comment, which keeps the connection alive, or a field that is of no use here.
      }
    }
  }

  private void dispatch() {
    String event = name;
    String content = data.toString();
    boolean told = hasData;
    name = "";
    data.setLength(0);
    hasData = false;
    if (told) {
      receiver.event(event, content);
    }
  }
}
