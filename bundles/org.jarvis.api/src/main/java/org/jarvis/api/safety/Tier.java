package org.jarvis.api.safety;

/** How much an action may disturb, and therefore whose consent it needs. Ordered by severity. */
public enum Tier {
  /** It observes: it runs. */
  GREEN,
  /** Small and reversible: it runs and is recorded prominently. */
  YELLOW,
  /** It disrupts: it needs a person's approval. */
  RED,
  /** Never. */
  BLACK;

  /** The more severe of the two. */
  public Tier atLeast(Tier other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
