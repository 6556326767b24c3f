package org.jarvis.tools.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/** JSON that programs on hosts print. It is hostile. */
final class HostJson {
  private static final int DEEPEST = 50;
  private static final JsonMapper JSON = mapper();

  private HostJson() {}

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return mapper;
  }

  /** The object that a program printed. */
  static JsonNode object(Exchange exchange, String program, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json != null && json.isObject()) {
        return json;
      }
      throw senseless(exchange, program, null);
    } catch (JsonProcessingException malformed) {
      throw senseless(exchange, program, malformed);
    }
  }

  private static JarvisException senseless(
      Exchange exchange, String program, @Nullable Throwable cause) {
    return new JarvisException(
        ErrorCode.BAD_REPLY,
        "What "
            + program
            + " on "
            + exchange.host().id()
            + " printed is not the JSON that was asked for; maybe its version is too old.",
        cause);
  }

  /** A whole number, {@code null} where there is none. */
  static @Nullable Long number(JsonNode json) {
    return json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : null;
  }

  /** A text, {@code null} where there is none. */
  static @Nullable String text(JsonNode json) {
    return json.isTextual() && !json.textValue().isBlank() ? json.textValue() : null;
  }
}
