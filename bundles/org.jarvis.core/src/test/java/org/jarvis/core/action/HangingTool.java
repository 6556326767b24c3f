package org.jarvis.core.action;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;

/** A tool that observes, and never comes to an end by itself. */
final class HangingTool implements Tool {
  static final String NAME = "watch_paint";

  @Override
  public ToolDefinition definition() {
    return new ToolDefinition(
        NAME,
        "Watch",
        "For tests.",
        "{\"type\": \"object\", \"additionalProperties\": false}",
        ResourceKind.CLUSTER,
        Effect.OBSERVES,
        true,
        Duration.ofMillis(50),
        null);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing("Watch", List.of());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return new ToolResult("Dry.", Map.of());
  }
}
