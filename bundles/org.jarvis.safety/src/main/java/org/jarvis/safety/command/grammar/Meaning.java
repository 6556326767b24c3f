package org.jarvis.safety.command.grammar;

import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;

/**
 * What running something means.
 *
 * @param tier how it is judged
 * @param effect what it does
 */
public record Meaning(Tier tier, Effect effect) {
  /** It only looks. */
  public static final Meaning GREEN = new Meaning(Tier.GREEN, Effect.OBSERVES);

  /** What is not known may lose something for good. */
  public static final Meaning UNKNOWN = new Meaning(Tier.RED, Effect.DESTROYS);

  /** What somebody's rule calls harmless, and nobody has confirmed. */
  public static final Meaning UNCONFIRMED = new Meaning(Tier.RED, Effect.CHANGES);

  /** It never runs. */
  public static final Meaning BLACK = new Meaning(Tier.BLACK, Effect.DESTROYS);

  /** The gesture that it takes. */
  public Consent consent() {
    return switch (tier) {
      case GREEN -> Consent.NONE;
      case YELLOW -> Consent.CLICK;
      case RED -> effect == Effect.DESTROYS ? Consent.TYPED : Consent.HOLD;
      case BLACK -> Consent.TYPED;
    };
  }

  /** The stricter of both, in each respect. */
  public Meaning atLeast(Meaning other) {
    return new Meaning(
        tier.atLeast(other.tier), effect.compareTo(other.effect) >= 0 ? effect : other.effect);
  }
}
