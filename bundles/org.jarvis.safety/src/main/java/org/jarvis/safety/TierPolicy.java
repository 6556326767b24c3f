package org.jarvis.safety;

import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.ToolUse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Decides by tier. A use that claims a gentler tier than its effect deserves is judged by its
 * effect: what disrupts is at least RED, and what destroys needs the target's name typed.
 */
@Component
public final class TierPolicy implements SafetyPolicy {
  /** Nothing to set up. */
  @Activate
  public TierPolicy() {}

  @Override
  public String name() {
    return "tier";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    ToolUse use = request.use();
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
    Tier deserved =
        switch (use.effect()) {
          case OBSERVES -> Tier.GREEN;
          case CHANGES -> Tier.YELLOW;
          case DISRUPTS, DESTROYS -> Tier.RED;
        };
    return use.tier().atLeast(deserved);
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
