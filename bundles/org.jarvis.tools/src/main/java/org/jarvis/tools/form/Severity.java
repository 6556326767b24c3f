package org.jarvis.tools.form;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolUse;
import org.jspecify.annotations.Nullable;

/**
 * How much a use of a tool may do, and by which gesture a person lets it.
 *
 * @param effect what it does, taken as a whole
 * @param tier the tier it is judged at
 * @param consent the gesture
 */
public record Severity(Effect effect, Tier tier, Consent consent) {
  /** Small and reversible: a click. */
  public static final Severity SMALL = new Severity(Effect.CHANGES, Tier.YELLOW, Consent.CLICK);

  /** It interrupts somebody, or cannot be taken back: a held button. */
  public static final Severity DISRUPTING = new Severity(Effect.DISRUPTS, Tier.RED, Consent.HOLD);

  /** It interrupts and may lose data on the way: the target's name, typed. */
  public static final Severity DANGEROUS = new Severity(Effect.DISRUPTS, Tier.RED, Consent.TYPED);

  /** It loses something for good: the target's name, typed. */
  public static final Severity DESTROYING = new Severity(Effect.DESTROYS, Tier.RED, Consent.TYPED);

  /** A use as severe as this. */
  public ToolUse use(String title, List<Target> targets) {
    return new ToolUse(title, effect, tier, consent, targets);
  }

  /** What a tool is called, and what it does in words. */
  public record Look(String name, String title, String description) {}

  /** A tool whose severest use is this. */
  public ToolDefinition definition(
      Look look,
      String inputSchema,
      Columns<Outcome> result,
      ResourceKind kind,
      boolean idempotent,
      Duration timeLimit,
      @Nullable String inverse) {
    return new ToolDefinition(
        look.name(),
        look.title(),
        look.description(),
        inputSchema,
        result.resultSchema(),
        kind,
        effect,
        tier,
        idempotent,
        timeLimit,
        inverse);
  }
}
