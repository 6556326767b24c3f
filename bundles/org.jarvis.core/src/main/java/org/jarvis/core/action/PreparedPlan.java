package org.jarvis.core.action;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.core.CanonicalJson;

/**
 * A plan whose steps were all resolved, validated and decided, each on what the steps before it are
 * to leave.
 *
 * @param request what was asked for
 * @param steps its steps
 */
record PreparedPlan(PlanRequest request, List<Prepared> steps) {
  PreparedPlan {
    steps = List.copyOf(steps);
  }

  /** One fingerprint over all steps, in their order. */
  String fingerprint() {
    return CanonicalJson.hash(steps.stream().map(Prepared::fingerprint).toList());
  }

  /** Why it may not be done: one step that may not is enough. */
  Optional<String> denial() {
    return first(Prepared::denial, (number, reason) -> "Step " + number + ": " + reason);
  }

  Optional<Obstacle> obstacle() {
    return first(
        Prepared::obstacle,
        (number, obstacle) ->
            new Obstacle(obstacle.code(), "Step " + number + ": " + obstacle.reason()));
  }

  boolean needsPerson() {
    return steps.stream().anyMatch(step -> step.ruling().needsPerson());
  }

  Consent consent() {
    return steps.stream()
        .map(step -> step.ruling().consent())
        .reduce(Consent.NONE, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  Tier tier() {
    return steps.stream().map(step -> step.ruling().tier()).reduce(Tier.GREEN, Tier::atLeast);
  }

  private <T> Optional<T> first(
      java.util.function.Function<Prepared, Optional<T>> question, Numbered<T> numbered) {
    for (int i = 0; i < steps.size(); i++) {
      Optional<T> answer = question.apply(steps.get(i));
      if (answer.isPresent()) {
        return Optional.of(numbered.of(i + 1, answer.get()));
      }
    }
    return Optional.empty();
  }

  @FunctionalInterface
  private interface Numbered<T> {
    T of(int number, T answer);
  }
}
