package org.jarvis.detectors;

import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jspecify.annotations.Nullable;

/**
 * Compares figures with the limits of a kind for one evaluation. A problem that is open is let go
 * only at some distance from its limit, so that a figure around it does not raise it again and
 * again.
 */
final class Gauge {
  /** The limit from which on it is a warning. */
  static final String WARNING = "warning";

  /** The limit from which on it is critical. */
  static final String CRITICAL = "critical";

  private final Situation situation;
  private final ProblemKind kind;
  private final double warning;
  private final double critical;
  private final double slack;

  /**
   * A gauge for a kind with these two limits.
   *
   * @param slack how far below its limit an open problem is let go, in the unit of the limits
   */
  Gauge(Situation situation, ProblemKind kind, double slack) {
    this.situation = situation;
    this.kind = kind;
    this.warning = situation.limit(kind, WARNING);
    this.critical = Math.max(warning, situation.limit(kind, CRITICAL));
    this.slack = slack;
  }

  /** Whether a figure is so low that no problem comes of it, open or not. */
  boolean isFine(double value) {
    return value < warning - slack;
  }

  /** How bad a figure is; {@code null} where it is none. */
  @Nullable Severity of(double value, Finding.Identity identity) {
    if (value >= critical) {
      return Severity.CRITICAL;
    }
    return value >= warning || (!isFine(value) && situation.isOpen(identity))
        ? Severity.WARNING
        : null;
  }

  /** The limit that a figure of this severity has reached, for the evidence. */
  String limit(Severity severity, String unit) {
    double reached = severity == Severity.CRITICAL ? critical : warning;
    return Words.figure(reached) + " " + unit;
  }

  /** The kind that is gauged. */
  ProblemKind kind() {
    return kind;
  }

  /**
   * Whether a figure is over a single limit, or not yet far enough below it.
   *
   * @param limit the limit's name
   */
  static boolean isOver(
      Situation situation,
      ProblemKind kind,
      Finding.Identity identity,
      String limit,
      double value,
      double slack) {
    double most = situation.limit(kind, limit);
    return value >= most || (value >= most - slack && situation.isOpen(identity));
  }
}
