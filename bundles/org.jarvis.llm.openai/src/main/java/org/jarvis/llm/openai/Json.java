package org.jarvis.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/** JSON, read strictly: whoever wrote it may mean no good. */
final class Json {
  /** One name twice could be understood in two ways, and so could what follows the end. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** An object; {@code null} where the text is none. */
  static @Nullable JsonNode object(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isObject() ? node : null;
    } catch (JsonProcessingException noJson) {
      return null;
    }
  }

  /** Arguments; {@code null} where the text is no object. No text at all is an empty one. */
  static @Nullable Arguments arguments(String text) {
    if (text.isBlank()) {
      return Arguments.none();
    }
    JsonNode node = object(text);
    return node == null
        ? null
        : new Arguments(
            MAPPER.convertValue(node, new TypeReference<Map<String, @Nullable Object>>() {}));
  }

  /** A text of an object; empty where there is none. */
  static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isTextual() ? value.textValue() : "";
  }

  /** A whole number of an object; {@code null} where there is none. */
  static @Nullable Long number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.canConvertToLong() ? (Long) value.longValue() : null;
  }
}
