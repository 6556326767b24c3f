package org.jarvis.lab.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task will do from the moment it holds its guest's lock.
 *
 * @param steps in order
 * @param length when it ends
 * @param exitStatus how it ends if no step fails
 * @param aborted what it does where it is stopped, or a step fails, before its end
 */
record Plan(List<Step> steps, Duration length, String exitStatus, Runnable aborted) {

  Plan {
    steps = List.copyOf(steps);
  }

  /** Ends at once with success. */
  static Plan nothingToDo() {
    return new Plan(List.of(), Duration.ZERO, "OK", () -> {});
  }

  /** Something that happens to the cluster, or cannot. */
  interface Effect {
    void happen() throws TaskFailure;
  }

  /** One thing at one time after the beginning: a log line, an effect, or both. */
  record Step(Duration after, @Nullable String line, @Nullable Effect effect) {}

  static Builder of() {
    return new Builder();
  }

  /** Collects steps. */
  static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private Runnable aborted = () -> {};

    Builder log(Duration after, String line) {
      steps.add(new Step(after, line, null));
      return this;
    }

    Builder effect(Duration after, Effect effect) {
      steps.add(new Step(after, null, effect));
      return this;
    }

    Builder whenAborted(Runnable cleanup) {
      aborted = cleanup;
      return this;
    }

    Plan ends(Duration after, String exitStatus) {
      return new Plan(steps, after, exitStatus, aborted);
    }
  }
}
