package org.jarvis.api.tool;

import java.util.Locale;
import org.jarvis.api.safety.Tier;

/** What a use of a tool does to its target. Ordered by severity. */
public enum Effect {
  /** Nothing: it observes. */
  OBSERVES,
  /** Something small and reversible, which interrupts nobody. */
  CHANGES,
  /** It interrupts whoever uses the target. */
  DISRUPTS,
  /** It loses something for good. */
  DESTROYS;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }

  /** The mildest tier that what has this effect may be judged at. */
  public Tier leastTier() {
    return switch (this) {
      case OBSERVES -> Tier.GREEN;
      case CHANGES -> Tier.YELLOW;
      case DISRUPTS, DESTROYS -> Tier.RED;
    };
  }
}
