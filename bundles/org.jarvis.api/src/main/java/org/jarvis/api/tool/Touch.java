package org.jarvis.api.tool;

import java.util.Locale;

/** What becomes of one target of a use. Ordered by severity. */
public enum Touch {
  /** Something else is done with its help, such as a storage that a backup is written to. */
  USES,
  /** It is looked after - started, woken, backed up - and nobody loses anything. */
  TENDS,
  /** Its configuration, its disks or what is kept of it change. */
  RECONFIGURES,
  /** Whoever uses it is interrupted; what runs on it goes on. */
  INTERRUPTS,
  /** It goes down or moves away, and with it whatever needs it. */
  TAKES_DOWN,
  /** It is gone for good. */
  REMOVES;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word at the edges. */
  public String word() {
    return word;
  }

  /** Whether a protected resource may not be touched like this. */
  public boolean harms() {
    return compareTo(RECONFIGURES) >= 0;
  }

  /** Whether what needs the target is harmed along with it. */
  public boolean takesDown() {
    return compareTo(TAKES_DOWN) >= 0;
  }

  /** The least effect that a use has to declare which touches a target like this. */
  public Effect leastEffect() {
    return switch (this) {
      case USES -> Effect.OBSERVES;
      case TENDS, RECONFIGURES -> Effect.CHANGES;
      case INTERRUPTS, TAKES_DOWN -> Effect.DISRUPTS;
      case REMOVES -> Effect.DESTROYS;
    };
  }
}
