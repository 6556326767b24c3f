package org.jarvis.api.llm;

import java.util.regex.Pattern;
import org.jarvis.api.tool.ToolDefinition;

/**
 * A tool that the model may ask for.
 *
 * @param name its name, of at most 64 letters, digits, underscores and hyphens
 * @param description what it does and when to use it
 * @param inputSchema JSON Schema of its arguments, an object; handed to the model as it is
 */
public record ToolSchema(String name, String description, String inputSchema) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  /** Refuses names that no server takes. */
  public ToolSchema {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A model knows tools by at most 64 letters, digits, underscores and hyphens.");
    }
  }

  /** A tool of the catalogue as models see it. */
  public static ToolSchema of(ToolDefinition tool) {
    return new ToolSchema(tool.name(), tool.description(), tool.inputSchema());
  }
}
