package org.jarvis.core.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that a tool's schema is closed at every depth. An open object would let a caller send
 * words like {@code confirmed} that nobody judges. So that this can be told by looking, only a part
 * of JSON Schema is taken: every value says its type, and objects name their properties.
 */
final class ClosedSchema {
  /** Keywords whose value is one schema. */
  private static final Set<String> ONE = Set.of("items", "not", "contains", "if", "then", "else");

  /** Keywords whose value is a list of schemas. */
  private static final Set<String> LIST = Set.of("anyOf", "oneOf", "allOf", "prefixItems");

  /** Keywords that let in what cannot be told by looking. */
  private static final List<String> OPENING =
      List.of(
          "$ref",
          "$dynamicRef",
          "$defs",
          "definitions",
          "patternProperties",
          "unevaluatedProperties",
          "unevaluatedItems",
          "dependentSchemas",
          "propertyNames");

  private ClosedSchema() {}

  /**
   * Lets a closed schema through.
   *
   * @throws IllegalArgumentException that says where it is open
   */
  static void require(String tool, JsonNode schema) {
    value(tool, "", schema);
  }

  private static void value(String tool, String at, JsonNode schema) {
    boolean typed = schema.has("type") || schema.has("enum") || schema.has("const");
    if (!schema.isObject() || !typed) {
      throw open(tool, at, "must say its type");
    }
    if (mayBe(schema, "array") && !schema.path("items").isObject()) {
      throw open(tool, at, "must describe its items");
    }
    if (mayBe(schema, "object")
        && (!schema.path("additionalProperties").isBoolean()
            || schema.path("additionalProperties").asBoolean())) {
      throw open(tool, at, "must have additionalProperties false");
    }
    parts(tool, at, schema);
  }

  /** Conditions only narrow what the value's own type lets in, so they need not repeat it. */
  private static void parts(String tool, String at, JsonNode schema) {
    for (String keyword : OPENING) {
      if (schema.has(keyword)) {
        throw open(tool, at, "must do without " + keyword);
      }
    }
    schema
        .path("properties")
        .properties()
        .forEach(property -> value(tool, at + "/" + property.getKey(), property.getValue()));
    for (String keyword : LIST) {
      schema.path(keyword).forEach(one -> parts(tool, at, one));
    }
    for (String keyword : ONE) {
      if (keyword.equals("items") && schema.has(keyword)) {
        value(tool, at + "/items", schema.path(keyword));
      } else if (schema.path(keyword).isObject()) {
        parts(tool, at, schema.path(keyword));
      }
    }
  }

  private static boolean mayBe(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    if (types.isTextual()) {
      return types.asText().equals(type);
    }
    for (JsonNode one : types) {
      if (one.asText().equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static IllegalArgumentException open(String tool, String at, String what) {
    return new IllegalArgumentException(
        "The schema of " + tool + (at.isEmpty() ? "" : " at " + at) + " " + what + ".");
  }
}
