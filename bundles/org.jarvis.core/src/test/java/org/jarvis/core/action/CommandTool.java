package org.jarvis.core.action;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jspecify.annotations.Nullable;

/** A tool that says one thing of itself and does what a test wants. */
final class CommandTool implements Tool {
  private final Effect effect;
  private final List<Target> targets;
  private final Consumer<ToolContext> deed;
  private Consent consent;
  private Tier tier;
  private @Nullable String reason;

  CommandTool(Effect effect, List<Target> targets, Consumer<ToolContext> deed) {
    this.effect = effect;
    this.targets = targets;
    this.deed = deed;
    this.tier = effect.leastTier();
    this.consent = effect == Effect.OBSERVES ? Consent.NONE : Consent.HOLD;
  }

  /** The same, judged like this for this reason. */
  CommandTool judged(Tier as, Consent by, String because) {
    tier = as;
    consent = by;
    reason = because;
    return this;
  }

  @Override
  public ToolDefinition definition() {
    return new ToolDefinition(
        "run_command",
        "Run",
        "For tests.",
        "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {}}",
        ResourceKind.NODE,
        effect,
        true,
        Duration.ofSeconds(30),
        null);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return new ToolUse("Run", effect, tier, consent, targets, reason);
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    deed.accept(context);
    return new ToolResult("Done.", Map.of());
  }
}
