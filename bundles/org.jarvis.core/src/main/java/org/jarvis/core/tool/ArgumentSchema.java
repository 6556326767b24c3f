package org.jarvis.core.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolDefinition;

/** Checks arguments against a tool's JSON Schema. Safe from any thread. */
final class ArgumentSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

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
      // An open object would let a caller send words like "confirmed" that nobody judges.
      if (!"object".equals(node.path("type").asText())
          || !node.path("additionalProperties").isBoolean()
          || node.path("additionalProperties").asBoolean()) {
        throw new IllegalArgumentException(
            "The schema of "
                + definition.name()
                + " must be of type object with additionalProperties false.");
      }
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
    List<Error> errors = schema.validate(JSON.<JsonNode>valueToTree(arguments.values()));
    if (errors.isEmpty()) {
      return;
    }
    List<FieldError> fields =
        errors.stream().map(error -> new FieldError(field(error), error.getMessage())).toList();
    throw new JarvisException(
        ErrorCode.INVALID_ARGUMENTS,
        "The arguments do not fit " + tool + ": " + describe(fields.get(0)) + ".",
        fields);
  }

  private static String field(Error error) {
    String pointer = String.valueOf(error.getInstanceLocation());
    String parent = pointer.startsWith("/") ? pointer.substring(1) : pointer;
    String property = error.getProperty();
    if (property == null) {
      return parent;
    }
    return parent.isEmpty() ? property : parent + "/" + property;
  }

  private static String describe(FieldError error) {
    return error.field().isEmpty() ? error.message() : error.field() + " - " + error.message();
  }
}
