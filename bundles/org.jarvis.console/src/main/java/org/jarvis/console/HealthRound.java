package org.jarvis.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;

/**
 * Asks each part once how it is. One that fails or hangs harms only its own line, and all of them
 * together keep nobody waiting for longer than a moment.
 */
public final class HealthRound {
  private static final long PATIENCE_MILLIS = 500;

  private HealthRound() {}

  /** How each part is; of several that speak for one, the worst. */
  public static Collection<ComponentHealth> of(Parts parts) {
    Map<String, ComponentHealth> round = new LinkedHashMap<>();
    for (Part<?> part : parts.ofJarvis()) {
      boolean present = part.find().isPresent();
      worst(
          round,
          new ComponentHealth(
              part.name(),
              present ? ComponentHealth.Status.UP : ComponentHealth.Status.DOWN,
              present ? "It is there." : part.absence()));
    }
    List<Question> questions = new ArrayList<>();
    for (HealthContributor contributor : parts.contributors()) {
      questions.add(Question.ask(contributor));
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    for (Question question : questions) {
      worst(round, question.answer(deadline));
    }
    return List.copyOf(round.values());
  }

  private static void worst(Map<String, ComponentHealth> round, ComponentHealth health) {
    round.merge(
        health.name(),
        health,
        (before, now) -> before.status().compareTo(now.status()) > 0 ? before : now);
  }

  /** A question under way, on a thread of its own that a hanging contributor may keep. */
  private record Question(String name, FutureTask<@Nullable ComponentHealth> task) {
    static Question ask(HealthContributor contributor) {
      FutureTask<@Nullable ComponentHealth> task = new FutureTask<>(contributor::health);
      Thread thread = new Thread(task, "jarvis-console-health");
      thread.setDaemon(true);
      thread.start();
      return new Question(contributor.getClass().getName(), task);
    }

    ComponentHealth answer(long deadline) {
      try {
        ComponentHealth health = task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (health != null) {
          return health;
        }
      } catch (ExecutionException | TimeoutException unanswered) {
        task.cancel(true);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return new ComponentHealth(
          name, ComponentHealth.Status.DOWN, "It does not say how it is; the log has the details.");
    }
  }
}
