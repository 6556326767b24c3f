package org.jarvis.core.problem;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.core.problem.DetectorRegistry.Watching;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks detectors, which are foreign code: one that throws or takes too long is left out for that
 * time and named. One that still hangs is not asked again before it has come back. Used by one
 * thread at a time; {@link #troubles} from any.
 */
final class DetectorCalls {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorCalls.class);

  private final ExecutorService threads;
  private final Duration patience;
  private final IdentityHashMap<ProblemDetector, Future<?>> hanging = new IdentityHashMap<>();
  private volatile Map<String, String> troubles = Map.of();

  /**
   * Asks on these threads.
   *
   * @param patience how long an answer may take
   */
  DetectorCalls(ExecutorService threads, Duration patience) {
    this.threads = threads;
    this.patience = patience;
  }

  /** What it finds; empty where it could not be asked, or did not answer as it should. */
  Optional<List<Finding>> ask(Watching watching, Callable<List<Finding>> question) {
    return answer(watching, () -> List.copyOf(question.call()));
  }

  /** What it says; empty where it could not be asked, or did not answer as it should. */
  <T> Optional<T> answer(Watching watching, Callable<T> question) {
    Future<?> former = hanging.get(watching.detector());
    if (former != null && !former.isDone()) {
      return Optional.empty();
    }
    hanging.remove(watching.detector());
    Future<T> asked;
    try {
      asked = threads.submit(question);
    } catch (RejectedExecutionException leaving) {
      return Optional.empty();
    }
    try {
      return Optional.of(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      asked.cancel(true);
      hanging.put(watching.detector(), asked);
      fail(watching, "takes longer than " + patience.toMillis() + " ms", slow);
    } catch (ExecutionException failure) {
      fail(watching, "fails", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private void fail(Watching watching, String how, Exception failure) {
    if (!how.equals(troubles.get(watching.name()))) {
      LOG.warn("The detector {} {}; its problems stay as they are.", watching.name(), how, failure);
    }
    troubles = changed(watching.name(), how);
  }

  /** It answered everything that it was asked in this round. */
  void well(Watching watching) {
    if (troubles.containsKey(watching.name())) {
      LOG.info("The detector {} answers again.", watching.name());
      troubles = changed(watching.name(), "");
    }
  }

  /** Forgets those who have left. */
  void keepOnly(List<Watching> present) {
    hanging.keySet().removeIf(gone -> present.stream().noneMatch(is -> is.detector() == gone));
    for (String name : troubles.keySet()) {
      if (present.stream().noneMatch(is -> is.name().equals(name))) {
        troubles = changed(name, "");
      }
    }
  }

  /** Who is left out, and how that came; by name. For everybody: no message of an exception. */
  Map<String, String> troubles() {
    return troubles;
  }

  private Map<String, String> changed(String name, String how) {
    Map<String, String> next = new TreeMap<>(troubles);
    if (how.isEmpty()) {
      next.remove(name);
    } else {
      next.put(name, how);
    }
    return Map.copyOf(next);
  }
}
