package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.detail.Aspect;

/** A kind of problem while it is written down. What is not said is as it most often is. */
final class KindDraft {
  private final String id;
  private final String title;
  private final Severity worst;
  private final String explanation;
  private final Set<Aspect> needs = EnumSet.noneOf(Aspect.class);
  private final List<ProblemKind.Limit> limits = new ArrayList<>();
  private Duration raiseAfter = Duration.ZERO;
  private Duration clearAfter = Duration.ZERO;

  private KindDraft(String id, String title, Severity worst, String explanation) {
    this.id = id;
    this.title = title;
    this.worst = worst;
    this.explanation = explanation;
  }

  /** A kind that is raised and cleared at once. */
  static KindDraft of(String id, String title, Severity worst, String explanation) {
    return new KindDraft(id, title, worst, explanation);
  }

  /** What has to be known to judge it. */
  KindDraft needs(Aspect... aspects) {
    needs.addAll(List.of(aspects));
    return this;
  }

  /** How long it has to last, and to be gone. */
  KindDraft lasting(Duration raise, Duration clear) {
    raiseAfter = raise;
    clearAfter = clear;
    return this;
  }

  /** A figure that it is judged by. */
  KindDraft limit(
      String name, String limitTitle, String unit, double value, double least, double most) {
    limits.add(new ProblemKind.Limit(name, limitTitle, unit, value, least, most));
    return this;
  }

  /** The two percentages that it is judged by, called as {@link Gauge} expects them. */
  KindDraft percentages(String of, double warning, double critical) {
    return limit(Gauge.WARNING, of + " from which on it is a warning", "%", warning, 1, 100)
        .limit(Gauge.CRITICAL, of + " from which on it is critical", "%", critical, 1, 100);
  }

  /** The kind, whose findings carry remedies. */
  ProblemKind mended() {
    return new ProblemKind(
        id, title, explanation, worst, needs, raiseAfter, clearAfter, limits, null);
  }

  /** The kind, which nothing mends from here. */
  ProblemKind unmended(String why) {
    return new ProblemKind(
        id, title, explanation, worst, needs, raiseAfter, clearAfter, limits, why);
  }
}
