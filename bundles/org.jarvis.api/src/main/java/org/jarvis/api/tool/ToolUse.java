package org.jarvis.api.tool;

import java.util.List;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What certain arguments make of a tool.
 *
 * @param title what it would do, in words for a button, such as {@code Hard stop}
 * @param effect what it does, taken as a whole
 * @param tier the least tier that it may be judged at
 * @param consent the gesture that a person gives it with; for what only observes {@code NONE},
 *     unless it tells somebody else something: then it runs by itself only where whoever asks is
 *     trusted with changes
 * @param targets the resources that it touches, the one that it is about first
 * @param reason why it is judged so, for people, where these arguments say more than the tier;
 *     otherwise {@code null}
 */
public record ToolUse(
    String title,
    Effect effect,
    Tier tier,
    Consent consent,
    List<Target> targets,
    @Nullable String reason) {
  /** Refuses a use that understates itself. */
  public ToolUse {
    targets = List.copyOf(targets);
    if (effect == Effect.OBSERVES != (tier == Tier.GREEN)) {
      throw new IllegalArgumentException("What observes is GREEN, and nothing else is.");
    }
    if (tier == Tier.RED && consent.compareTo(Consent.HOLD) < 0) {
      throw new IllegalArgumentException("RED needs a held button or a typed name.");
    }
    for (Target target : targets) {
      if (target.touch().leastEffect().compareTo(effect) > 0) {
        throw new IllegalArgumentException(
            "A use that "
                + effect.word()
                + " does not touch "
                + target.selector().description()
                + " like this: "
                + target.touch().word()
                + ".");
      }
    }
  }

  /** A use whose tier says all about it. */
  public ToolUse(String title, Effect effect, Tier tier, Consent consent, List<Target> targets) {
    this(title, effect, tier, consent, targets, null);
  }

  /** A use that only observes. */
  public static ToolUse observing(String title, List<TargetSelector> about) {
    return new ToolUse(
        title,
        Effect.OBSERVES,
        Tier.GREEN,
        Consent.NONE,
        about.stream().map(selector -> new Target(selector, Touch.USES)).toList());
  }
}
