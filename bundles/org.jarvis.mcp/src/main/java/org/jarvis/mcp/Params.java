package org.jarvis.mcp;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. Only members that are asked for by name are ever read: whatever else
 * a client puts there, {@code _meta} included, means nothing.
 *
 * @param members the members as they were sent
 */
record Params(Map<?, ?> members) {
  /** Absent parameters are none; what is no object is refused. */
  static Params of(@Nullable Object params) {
    if (params == null) {
      return new Params(Map.of());
    }
    if (params instanceof Map<?, ?> members) {
      return new Params(members);
    }
    throw invalid("params must be an object.");
  }

  /** A text that has to be there. */
  String text(String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw invalid(name + " must be a text.");
  }

  /** An object; empty where it is absent. */
  Params object(String name) {
    Object value = members.get(name);
    if (value == null) {
      return new Params(Map.of());
    }
    if (value instanceof Map<?, ?> object) {
      return new Params(object);
    }
    throw invalid(name + " must be an object.");
  }

  /** What a request or its progress is known by: a text or a whole number. */
  Optional<Object> token(String name) {
    Object value = members.get(name);
    return value instanceof String || value instanceof Integer || value instanceof Long
        ? Optional.of(value)
        : Optional.empty();
  }

  static McpError invalid(String message) {
    return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS).message(message).build();
  }
}
