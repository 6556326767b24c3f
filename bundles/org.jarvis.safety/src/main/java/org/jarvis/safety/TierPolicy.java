package org.jarvis.safety;

import java.util.Optional;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolUse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Decides by tier. A use that claims a gentler tier than its effect deserves is judged by its
 * effect: what disrupts is at least RED, and what destroys needs the target's name typed. What the
 * operator's configuration bans is BLACK.
 */
@Component
public final class TierPolicy implements SafetyPolicy {
  private final NeverTools never;

  /** Asks which tools nobody may use. */
  @Activate
  public TierPolicy(@Reference NeverTools never) {
    this.never = never;
  }

  @Override
  public String name() {
    return "tier";
  }

  @Override
  public Optional<String> ban(ToolDefinition tool) {
    return never.ban(tool.name());
  }

  @Override
  public Decision decide(PolicyRequest request) {
    ToolUse use = request.use();
    return never
        .ban(request.tool())
        .or(() -> never.ignorance(use.effect()))
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> byTier(request, use));
  }

  private static Decision byTier(PolicyRequest request, ToolUse use) {
    return switch (tier(use)) {
      case GREEN -> new Decision.Allow("It only observes.");
      case YELLOW -> new Decision.AllowAndRecord("It is small and can be undone.");
      case RED -> new Decision.RequireApproval(redReason(use), consent(use));
      case BLACK ->
          new Decision.Deny(
              request.tool() + " is never done by Jarvis (tier BLACK), whoever asks.");
    };
  }

  private static Tier tier(ToolUse use) {
    return use.tier().atLeast(use.effect().leastTier());
  }

  private static String redReason(ToolUse use) {
    return switch (use.effect()) {
      case OBSERVES, CHANGES -> "It needs a person's approval.";
      case DISRUPTS -> "It interrupts whoever uses the target, so it needs a person's approval.";
      case DESTROYS -> "It loses something for good, so it needs a person's approval.";
    };
  }

  private static Consent consent(ToolUse use) {
    Consent deserved =
        switch (use.effect()) {
          case OBSERVES, CHANGES, DISRUPTS -> Consent.HOLD;
          case DESTROYS -> Consent.TYPED;
        };
    return use.consent().compareTo(deserved) >= 0 ? use.consent() : deserved;
  }
}
