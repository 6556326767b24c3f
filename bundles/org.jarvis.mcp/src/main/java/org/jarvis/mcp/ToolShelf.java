package org.jarvis.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools as a client sees them: those of the catalogue that its token covers and that can be
 * used at present, and {@code get_action}.
 */
final class ToolShelf {
  /** The tool by which a client polls; no tool of the catalogue can take its place. */
  static final String GET_ACTION = "get_action";

  private static final Logger LOG = LoggerFactory.getLogger(ToolShelf.class);
  private static final int REMEMBERED = 1000;

  private static final McpSchema.Tool GET_ACTION_TOOL =
      McpSchema.Tool.builder(
              GET_ACTION,
              Map.of(
                  "type",
                  "object",
                  "properties",
                  Map.of(
                      "id",
                      Map.of(
                          "type",
                          "string",
                          "maxLength",
                          100,
                          "description",
                          "The action's id, as a tool's result told it.")),
                  "required",
                  List.of("id"),
                  "additionalProperties",
                  false))
          .title("Get action")
          .description(
              "How an action stands that was asked for before: whether it still waits for a"
                  + " person, runs, or has ended, and with what result. Use it to poll after a"
                  + " tool answered AWAITING_APPROVAL or RUNNING.")
          .annotations(
              McpSchema.ToolAnnotations.builder()
                  .title("Get action")
                  .readOnlyHint(true)
                  .destructiveHint(false)
                  .idempotentHint(true)
                  .openWorldHint(false)
                  .build())
          .build();

  private final CoreParts core;
  private final Map<ToolDefinition, Optional<McpSchema.Tool>> described = new ConcurrentHashMap<>();

  ToolShelf(CoreParts core) {
    this.core = core;
  }

  /** The tools to list, by name. */
  List<McpSchema.Tool> list(boolean operates) {
    List<McpSchema.Tool> tools = new ArrayList<>(List.of(GET_ACTION_TOOL));
    for (ToolCatalogue.Entry entry : core.catalogue().tools()) {
      if (entry.unavailable() == null && (operates || entry.definition().observes())) {
        describe(entry.definition()).ifPresent(tools::add);
      }
    }
    return tools;
  }

  /** A tool of the catalogue, listed or not. */
  Optional<ToolCatalogue.Entry> find(String name) {
    return name.equals(GET_ACTION) ? Optional.empty() : core.catalogue().tool(name);
  }

  private Optional<McpSchema.Tool> describe(ToolDefinition definition) {
    if (described.size() > REMEMBERED) {
      // Definitions of tools that left long ago.
      described.clear();
    }
    return described.computeIfAbsent(definition, ToolShelf::tool);
  }

  private static Optional<McpSchema.Tool> tool(ToolDefinition definition) {
    if (definition.name().equals(GET_ACTION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          McpSchema.Tool.builder(definition.name(), Json.plainObject(definition.inputSchema()))
              .title(definition.title())
              .description(definition.description())
              .annotations(annotations(definition))
              .build());
    } catch (JsonProcessingException unreadable) {
      LOG.warn(
          "The tool {} is not offered over MCP: its argument schema is no JSON object.",
          definition.name());
      return Optional.empty();
    }
  }

  private static McpSchema.ToolAnnotations annotations(ToolDefinition definition) {
    return McpSchema.ToolAnnotations.builder()
        .title(definition.title())
        .readOnlyHint(definition.observes())
        .destructiveHint(definition.effect().compareTo(Effect.DISRUPTS) >= 0)
        .idempotentHint(definition.idempotent())
        // Every tool acts on the clusters that Jarvis watches and on nothing else.
        .openWorldHint(false)
        .build();
  }
}
