package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;

/** Tells of tools and of what can be done with a resource. */
public final class ToolEncoder {
  private ToolEncoder() {}

  /** A tool in the catalogue. */
  public static ObjectNode encode(ToolCatalogue.Entry entry) {
    ToolDefinition definition = entry.definition();
    ObjectNode json =
        Json.object()
            .put("name", definition.name())
            .put("title", definition.title())
            .put("description", definition.description());
    json.set("inputSchema", Json.trusted(definition.inputSchema()));
    json.put("targetKind", definition.targetKind().word())
        .put("effect", definition.effect().word())
        .put("tier", entry.tier().name())
        .put("consent", leastConsent(entry).word());
    definition.inverseName().ifPresent(inverse -> json.put("undo", inverse));
    json.put("available", entry.unavailable() == null);
    if (entry.unavailable() != null) {
      json.put("reason", entry.unavailable());
    }
    return json;
  }

  /** One entry of a resource's menu, with the tool's own description where it is known. */
  public static ObjectNode encode(
      ToolCatalogue.MenuEntry entry, Optional<ToolCatalogue.Entry> tool) {
    ObjectNode json = Json.object().put("tool", entry.tool()).put("title", entry.title());
    tool.ifPresent(found -> json.put("description", found.definition().description()));
    json.set("arguments", Json.of(entry.arguments().values()));
    tool.ifPresent(found -> json.set("schema", Json.trusted(found.definition().inputSchema())));
    json.put("tier", entry.tier().name())
        .put("effect", entry.effect().word())
        .put("consent", entry.consent().word())
        .put("available", entry.refusal() == null);
    if (entry.refusal() != null) {
      json.put("reason", entry.refusal());
    }
    tool.flatMap(found -> found.definition().inverseName())
        .ifPresent(inverse -> json.put("undo", inverse));
    return json;
  }

  private static Consent leastConsent(ToolCatalogue.Entry entry) {
    Tier tier = entry.tier();
    Effect effect = entry.definition().effect();
    return switch (tier) {
      case GREEN -> Consent.NONE;
      case YELLOW -> Consent.CLICK;
      case RED, BLACK -> effect == Effect.DESTROYS ? Consent.TYPED : Consent.HOLD;
    };
  }
}
