package org.jarvis.core.problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.text.InertText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a problem that is found no more what shows that it is over, and what mended it. */
final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
  private static final int LONGEST = 300;

  private final ActionGate gate;

  Endings(ActionGate gate) {
    this.gate = gate;
  }

  /**
   * The words.
   *
   * @param seen asks its detector what is to be seen now
   */
  String of(Problem problem, Function<Problem, Optional<String>> seen) {
    String sight =
        seen.apply(problem)
            .map(words -> InertText.line(words, LONGEST))
            .filter(words -> !words.isEmpty())
            .orElse(Reconciliation.OVER);
    return mended(problem).map(how -> sight + " " + how).orElse(sight);
  }

  /** The last remedy that was asked for, where it did what it should. */
  private Optional<String> mended(Problem problem) {
    List<Problem.Attempt> attempts = problem.attempts();
    if (attempts.isEmpty()) {
      return Optional.empty();
    }
    Problem.Attempt last = attempts.get(attempts.size() - 1);
    try {
      return gate.find(last.action())
          .filter(action -> action.state() == ActionState.SUCCEEDED)
          .map(action -> "Mended by “" + title(problem, last) + "”, as " + last.by() + " wanted.");
    } catch (RuntimeException failure) {
      LOG.debug("What became of action {} is not known", last.action(), failure);
      return Optional.empty();
    }
  }

  private static String title(Problem problem, Problem.Attempt attempt) {
    return problem.remedies().stream()
        .filter(remedy -> remedy.id().equals(attempt.remedy()))
        .findFirst()
        .map(Remedy::title)
        .orElse(Objects.requireNonNull(attempt.remedy()));
  }
}
