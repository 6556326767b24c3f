package org.jarvis.core.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolDefinition;
import org.jspecify.annotations.Nullable;

/** Checks arguments against a tool's JSON Schema. Safe from any thread. */
final class ArgumentSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** More than the largest double has; a number such as 1e999999999 is short only as it is sent. */
  private static final int MAX_DIGITS = 400;

  private final String tool;
  private final Schema schema;

  private ArgumentSchema(String tool, Schema schema) {
    this.tool = tool;
    this.schema = schema;
  }

  /**
   * Reads a tool's schema.
   *
   * @throws IllegalArgumentException when it is no schema of a closed object
   */
  static ArgumentSchema of(ToolDefinition definition) {
    try {
      JsonNode node = JSON.readTree(definition.inputSchema());
      if (!"object".equals(node.path("type").asText())) {
        throw new IllegalArgumentException(
            "The schema of " + definition.name() + " must be of type object.");
      }
      ClosedSchema.require(definition.name(), node);
      Schema schema = REGISTRY.getSchema(definition.inputSchema(), InputFormat.JSON);
      schema.validate(JSON.createObjectNode());
      return new ArgumentSchema(definition.name(), schema);
    } catch (com.fasterxml.jackson.core.JsonProcessingException
        | com.networknt.schema.SchemaException malformed) {
      throw new IllegalArgumentException(
          "The schema of " + definition.name() + " cannot be read.", malformed);
    }
  }

  /** Does nothing when the arguments fit, and otherwise says which do not. */
  void check(Arguments arguments) {
    // First of all: to compare such a number with another one would fill the memory.
    List<FieldError> vast = new ArrayList<>();
    findVast("", arguments.values(), vast);
    refuse(vast);
    refuse(
        schema.validate(JSON.<JsonNode>valueToTree(arguments.values())).stream()
            .map(error -> new FieldError(field(error), error.getMessage()))
            .toList());
  }

  private void refuse(List<FieldError> fields) {
    if (fields.isEmpty()) {
      return;
    }
    throw new JarvisException(
        ErrorCode.INVALID_ARGUMENTS,
        "The arguments do not fit " + tool + ": " + describe(fields.get(0)) + ".",
        fields);
  }

  private static void findVast(String at, @Nullable Object value, List<FieldError> found) {
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, member) -> findVast(beneath(at, String.valueOf(name)), member, found));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        findVast(beneath(at, Integer.toString(i)), list.get(i), found);
      }
    } else if (value instanceof BigDecimal number && isVast(number)) {
      found.add(new FieldError(at, "must have at most " + MAX_DIGITS + " digits written out"));
    }
  }

  /** Computed with long numbers: the scale alone may be any int. */
  private static boolean isVast(BigDecimal number) {
    long before = (long) number.precision() - number.scale();
    return before > MAX_DIGITS || number.scale() > MAX_DIGITS;
  }

  private static String beneath(String parent, String name) {
    return parent.isEmpty() ? name : parent + "/" + name;
  }

  private static String field(Error error) {
    String pointer = String.valueOf(error.getInstanceLocation());
    String parent = pointer.startsWith("/") ? pointer.substring(1) : pointer;
    String property = error.getProperty();
    if (property == null) {
      return parent;
    }
    return beneath(parent, property);
  }

  private static String describe(FieldError error) {
    return error.field().isEmpty() ? error.message() : error.field() + " - " + error.message();
  }
}
