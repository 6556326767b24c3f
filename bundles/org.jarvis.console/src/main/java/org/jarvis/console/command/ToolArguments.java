package org.jarvis.console.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a tool as words {@code key=value}, read by the types of the tool's schema. Whether
 * they fit it in full is the gate's to say.
 */
final class ToolArguments {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final String tool;
  private final JsonNode properties;

  ToolArguments(ToolDefinition definition) {
    tool = definition.name();
    try {
      properties = JSON.readTree(definition.inputSchema()).path("properties");
    } catch (JsonProcessingException unreadable) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The schema of " + tool + " cannot be read.", unreadable);
    }
  }

  Arguments read(List<String> words) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw wrong("'" + word + "' is no argument: write key=value. " + keys());
      }
      String key = word.substring(0, equals);
      if (!properties.has(key)) {
        throw wrong(tool + " has no argument '" + key + "'. " + keys());
      }
      if (values.containsKey(key)) {
        throw wrong("'" + key + "' is given twice.");
      }
      values.put(key, value(key, word.substring(equals + 1)));
    }
    return new Arguments(values);
  }

  private Object value(String key, String text) {
    return switch (type(key)) {
      case "integer" -> whole(key, text);
      case "number" -> number(key, text);
      case "boolean" -> truth(key, text);
      case "array", "object" -> json(key, text);
      default -> text;
    };
  }

  private String type(String key) {
    return properties.path(key).path("type").asText("string");
  }

  private static Object whole(String key, String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw wrong("'" + key + "' is a whole number, such as " + key + "=101.");
    }
    long value = Long.parseLong(text);
    return value == (int) value ? (Object) (int) value : (Object) value;
  }

  private static Object number(String key, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException none) {
      // Told below, as for one that is infinite.
    }
    throw wrong("'" + key + "' is a number, such as " + key + "=1.5.");
  }

  private static Object truth(String key, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("'" + key + "' is true or false.");
    };
  }

  private Object json(String key, String text) {
    try {
      JsonNode value = JSON.readTree(text);
      if (value.isArray() && type(key).equals("array")) {
        return JSON.convertValue(value, List.class);
      }
      if (value.isObject() && type(key).equals("object")) {
        return JSON.convertValue(value, Map.class);
      }
    } catch (JsonProcessingException none) {
      // Told below, as for JSON of another kind.
    }
    throw wrong(
        "'"
            + key
            + "' is JSON, such as "
            + key
            + (type(key).equals("array") ? "=[\"a\",\"b\"]." : "={\"a\":1}."));
  }

  private String keys() {
    TreeSet<String> keys = new TreeSet<>();
    properties.fieldNames().forEachRemaining(key -> keys.add(key + "=" + type(key)));
    return keys.isEmpty()
        ? tool + " takes no arguments."
        : tool + " takes: " + String.join(", ", keys) + ".";
  }

  private static JarvisException wrong(String message) {
    return new JarvisException(ErrorCode.INVALID_ARGUMENTS, message);
  }
}
