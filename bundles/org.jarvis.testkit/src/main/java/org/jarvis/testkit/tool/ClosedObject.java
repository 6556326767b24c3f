package org.jarvis.testkit.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What keeps the schema of a tool's arguments from being taken: the catalogue of Jarvis leaves out
 * every tool whose schema lets in what nobody described, at any depth. So that this can be told by
 * looking, only a part of JSON Schema is taken: every value says its type, and objects name their
 * properties.
 */
final class ClosedObject {
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

  private static final int SHORTEST_DESCRIPTION = 10;

  private final List<String> objections = new ArrayList<>();

  private ClosedObject() {}

  /** Why the schema is not taken, each naming where; empty when it is. */
  static List<String> objections(JsonNode schema) {
    ClosedObject look = new ClosedObject();
    if (!schema.path("type").asText().equals("object")) {
      look.objectTo("", "must be of type object");
    }
    look.value("", schema);
    return look.objections;
  }

  private void value(String at, JsonNode schema) {
    if (!schema.has("type") && !schema.has("enum") && !schema.has("const")) {
      objectTo(at, "must say its type");
    }
    if (mayBe(schema, "array") && !schema.path("items").isObject()) {
      objectTo(at, "must describe its items");
    }
    JsonNode further = schema.path("additionalProperties");
    if (mayBe(schema, "object") && (!further.isBoolean() || further.asBoolean())) {
      objectTo(at, "must have additionalProperties false");
    }
    parts(at, schema);
  }

  /** Conditions only narrow what the value's own type lets in, so they need not repeat it. */
  private void parts(String at, JsonNode schema) {
    for (String keyword : OPENING) {
      if (schema.has(keyword)) {
        objectTo(at, "must do without " + keyword);
      }
    }
    schema
        .path("properties")
        .properties()
        .forEach(property -> property(at + "/" + property.getKey(), property.getValue()));
    for (String keyword : LIST) {
      schema.path(keyword).forEach(one -> parts(at, one));
    }
    for (String keyword : ONE) {
      JsonNode one = schema.path(keyword);
      if (keyword.equals("items") && schema.has(keyword)) {
        value(at + "/items", one);
      } else if (one.isObject()) {
        parts(at, one);
      }
    }
  }

  private void property(String at, JsonNode schema) {
    value(at, schema);
    if (schema.path("description").asText().strip().length() < SHORTEST_DESCRIPTION) {
      objectTo(at, "must have a description that people and models understand");
    }
  }

  private static boolean mayBe(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    return types.isTextual()
        ? types.asText().equals(type)
        : StreamSupport.stream(types.spliterator(), false)
            .anyMatch(one -> one.asText().equals(type));
  }

  private void objectTo(String at, String what) {
    objections.add((at.isEmpty() ? "The whole" : at) + " " + what + ".");
  }
}
