package org.jarvis.api.llm.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
  private byte[] line = new byte[512];
  private int length;
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
      if (afterReturn && bytes.get(bytes.position()) == '\n') {
        bytes.get();
      }
      afterReturn = false;
      int end = bytes.position();
      while (end < bytes.limit() && bytes.get(end) != '\n' && bytes.get(end) != '\r') {
        end++;
      }
      keep(bytes, end - bytes.position());
      if (bytes.hasRemaining()) {
        afterReturn = bytes.get() == '\r';
        endLine();
      }
    }
  }

  private void keep(ByteBuffer bytes, int count) {
    if (count > mostBytes - length) {
      throw new TooLargeException();
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    bytes.get(line, length, count);
    length += count;
  }

  /** The stream is over. */
  void end() {
    if (length > 0) {
      endLine();
    }
    dispatch();
  }

  private void endLine() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
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
