package org.jarvis.api.tool;

import java.util.List;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;

/**
 * What certain arguments make of a tool.
 *
 * @param title what it would do, in words for a button, such as {@code Hard stop}
 * @param effect what it does to its targets
 * @param tier the least tier that it may be judged at
 * @param consent the gesture that a person gives it with
 * @param targets how the resources that it touches are found
 */
public record ToolUse(
    String title, Effect effect, Tier tier, Consent consent, List<TargetSelector> targets) {
  /** Refuses a use that understates itself. */
  public ToolUse {
    targets = List.copyOf(targets);
    if (effect == Effect.OBSERVES != (tier == Tier.GREEN)) {
      throw new IllegalArgumentException("What observes is GREEN, and nothing else is.");
    }
    if (tier == Tier.RED && consent.compareTo(Consent.HOLD) < 0) {
      throw new IllegalArgumentException("RED needs a held button or a typed name.");
    }
  }
}
