package org.jarvis.testkit.llm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link StubModelServer} answers to one request: a status, headers, and a body that is sent
 * piece by piece.
 *
 * @param status the HTTP status
 * @param headers the headers, the type of the content among them
 * @param pieces the body, each piece as a chunk and a packet of its own
 * @param then what comes after the last piece
 */
public record StubReply(int status, Map<String, String> headers, List<byte[]> pieces, Then then) {
  /** What comes after the last piece. */
  public enum Then {
    /** The body ends as it should. */
    END,
    /** The connection breaks within the body. */
    BREAK,
    /** Nothing, until the client closes the connection. */
    SILENCE,
    /** The last piece again and again, until the client closes the connection. */
    REPEAT
  }

  /** Copies. */
  public StubReply {
    headers = Map.copyOf(headers);
    pieces = List.copyOf(pieces);
  }

  /** A stream of events. */
  public static StubReply stream(String body) {
    return new StubReply(
        200, Map.of("content-type", "text/event-stream"), List.of(bytes(body)), Then.END);
  }

  /** An error as servers of models send it. */
  public static StubReply error(int status, String json) {
    return new StubReply(
        status, Map.of("content-type", "application/json"), List.of(bytes(json)), Then.END);
  }

  /** A page of something that stands in between. */
  public static StubReply page(int status, String html) {
    return new StubReply(
        status, Map.of("content-type", "text/html"), List.of(bytes(html)), Then.END);
  }

  /** The same with another header. */
  public StubReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new StubReply(status, more, pieces, then);
  }

  /** The same with another end. */
  public StubReply then(Then other) {
    return new StubReply(status, headers, pieces, other);
  }

  /** The same body, byte by byte: characters, lines and fields are cut wherever they can be. */
  public StubReply byteByByte() {
    List<byte[]> single = new ArrayList<>();
    for (byte[] piece : pieces) {
      for (byte one : piece) {
        single.add(new byte[] {one});
      }
    }
    return new StubReply(status, headers, single, then);
  }

  /** The same with another body, as a piece more. */
  public StubReply followedBy(String body) {
    List<byte[]> more = new ArrayList<>(pieces);
    more.add(bytes(body));
    return new StubReply(status, headers, more, then);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
