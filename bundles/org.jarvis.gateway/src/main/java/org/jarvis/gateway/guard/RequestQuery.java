package org.jarvis.gateway.guard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, as far as all that is behind the guard rely on it: sound percent-encoding
 * of sound UTF-8. Servlets fail on any other in ways of their own when they ask for a parameter.
 */
final class RequestQuery {
  private static final int HEX = 16;

  private RequestQuery() {}

  /**
   * Checks a query as it came over the wire.
   *
   * @throws JarvisException with {@code MALFORMED_REQUEST}
   */
  static void check(@Nullable String raw) {
    if (raw == null) {
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(decodedByte(raw, i));
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        throw unsound();
      }
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes.toByteArray()));
    } catch (CharacterCodingException broken) {
      throw unsound();
    }
  }

  private static int decodedByte(String raw, int at) {
    if (at + 2 >= raw.length()) {
      throw unsound();
    }
    int high = Character.digit(raw.charAt(at + 1), HEX);
    int low = Character.digit(raw.charAt(at + 2), HEX);
    // The digits of other scripts count as such too.
    if (high < 0 || low < 0 || raw.charAt(at + 1) > 'f' || raw.charAt(at + 2) > 'f') {
      throw unsound();
    }
    return high * HEX + low;
  }

  private static JarvisException unsound() {
    return new JarvisException(
        ErrorCode.MALFORMED_REQUEST,
        "The query is not soundly encoded: what is no ASCII must be percent-encoded UTF-8.");
  }
}
