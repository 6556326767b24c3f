package org.jarvis.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as it is written and read at the edge. */
public final class Json {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_TEXT = 256 * 1024;
  private static final int MAX_NUMBER = 64;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** A new object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A moment, as it is written everywhere. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** As text. */
  public static String text(JsonNode node) {
    return node.toString();
  }

  /** As bytes. */
  public static byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads text that must be one whole JSON value without duplicate names. */
  static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /** Reads what a client sent; empty when it is not one sound JSON value. */
  public static Optional<JsonNode> untrusted(String text) {
    try {
      return Optional.ofNullable(parse(text));
    } catch (JsonProcessingException unsound) {
      return Optional.empty();
    }
  }

  /** Reads JSON that Jarvis itself wrote; as a text when it is none after all. */
  public static JsonNode trusted(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException unreadable) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  /** Plain Java values as JSON. */
  public static JsonNode of(@Nullable Object value) {
    return MAPPER.valueToTree(value);
  }

  /** JSON as plain Java values. */
  static @Nullable Object plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return plainObject(object);
    }
    if (node instanceof ArrayNode array) {
      List<@Nullable Object> list = new ArrayList<>(array.size());
      array.forEach(element -> list.add(plain(element)));
      return list;
    }
    if (node.isNull()) {
      return null;
    }
    return node.isTextual()
        ? node.textValue()
        : node.isBoolean() ? (Object) node.booleanValue() : node.numberValue();
  }

  /** A JSON object as plain Java values. */
  static Map<String, @Nullable Object> plainObject(ObjectNode object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
    return map;
  }

  /** The form of every list. */
  public static ObjectNode list(ArrayNode items, long total, @Nullable String next) {
    ObjectNode list = object();
    list.set("items", items);
    list.put("total", total);
    list.put("next", next);
    return list;
  }
}
