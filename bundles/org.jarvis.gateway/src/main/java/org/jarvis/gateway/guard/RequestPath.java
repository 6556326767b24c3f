package org.jarvis.gateway.guard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * The path of a request in its one normal form. Whatever could mean another path to somebody
 * further in - empty and dot segments, parameters, encoded separators, odd encodings - is refused
 * rather than interpreted.
 *
 * @param segments the decoded segments; the root has none
 */
record RequestPath(List<String> segments) {
  private static final String LITERALS = "-._~!$&'()*+,=:@";
  private static final int MAX_LENGTH = 2048;

  /** Keeps the list from changing. */
  RequestPath {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a path as it came over the wire.
   *
   * @throws JarvisException with {@code MALFORMED_REQUEST}
   */
  static RequestPath of(String raw) {
    if (!raw.startsWith("/") || raw.length() > MAX_LENGTH) {
      throw ambiguous();
    }
    if (raw.length() == 1) {
      return new RequestPath(List.of());
    }
    return new RequestPath(
        Arrays.stream(raw.substring(1).split("/", -1)).map(RequestPath::decode).toList());
  }

  /** The first segment, empty for the root. */
  String area() {
    return segments.isEmpty() ? "" : segments.get(0);
  }

  /** Whether it is where MCP is spoken, or below. */
  boolean isMcp() {
    return area().equals("mcp");
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }

  private static String decode(String segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.write(decodedByte(segment, i));
        i += 2;
      } else if (isAlphanumeric(c) || LITERALS.indexOf(c) >= 0) {
        bytes.write(c);
      } else {
        throw ambiguous();
      }
    }
    String text = utf8(bytes.toByteArray());
    if (text.isEmpty()
        || text.equals(".")
        || text.equals("..")
        || text.indexOf('/') >= 0
        || text.indexOf('\\') >= 0
        || text.chars().anyMatch(Character::isISOControl)) {
      throw ambiguous();
    }
    return text;
  }

  private static int decodedByte(String segment, int at) {
    if (at + 2 >= segment.length()) {
      throw ambiguous();
    }
    int high = Character.digit(segment.charAt(at + 1), 16);
    int low = Character.digit(segment.charAt(at + 2), 16);
    int value = high * 16 + low;
    // An encoded letter or dot has no purpose but to look different.
    if (high < 0 || low < 0 || isAlphanumeric((char) value) || value == '.') {
      throw ambiguous();
    }
    return value;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException broken) {
      throw ambiguous();
    }
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static JarvisException ambiguous() {
    return new JarvisException(
        ErrorCode.MALFORMED_REQUEST,
        "The path is ambiguous: send it without empty, dot or encoded segments, parameters and"
            + " trailing slash.");
  }
}
