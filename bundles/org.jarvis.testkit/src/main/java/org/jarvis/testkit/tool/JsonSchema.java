package org.jarvis.testkit.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (draft 2020-12) that a tool gives.
 *
 * @param document the schema itself
 */
record JsonSchema(JsonNode document) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static JsonSchema parse(String text) {
    try {
      return new JsonSchema(JSON.readTree(text));
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("The schema is no JSON: " + text, malformed);
    }
  }

  /** The same without the demand that anything is there. */
  JsonSchema withoutRequired() {
    ObjectNode lenient = document.deepCopy();
    lenient.remove("required");
    return new JsonSchema(lenient);
  }

  /** What is wrong with the schema as a schema. */
  List<String> mistakes() {
    return REGISTRY.getSchema(SchemaLocation.of(DRAFT)).validate(document).stream()
        .map(Object::toString)
        .toList();
  }

  /** What of the values does not fit. */
  List<String> errors(Map<String, @Nullable Object> values) {
    JsonNode node = JSON.valueToTree(values);
    return REGISTRY.getSchema(document).validate(node).stream().map(Object::toString).toList();
  }

  /** The size of values as JSON. */
  static int bytes(Map<String, @Nullable Object> values) {
    try {
      return JSON.writeValueAsBytes(values).length;
    } catch (JsonProcessingException odd) {
      throw new AssertionError("This is no JSON: " + values, odd);
    }
  }
}
