package org.jarvis.core.problem;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.ProblemStore;

/** Problems in memory; can be told to be out of order, as on a full disk. */
final class MemoryProblems implements ProblemStore {
  private final Map<String, StoredProblem> kept = new LinkedHashMap<>();
  private boolean broken;

  MemoryProblems() {}

  /** Another bundle on the same file. */
  MemoryProblems(MemoryProblems former) {
    kept.putAll(former.kept);
  }

  synchronized void breakDown(boolean down) {
    broken = down;
  }

  @Override
  public synchronized void put(List<StoredProblem> problems) {
    check();
    problems.forEach(problem -> kept.put(problem.id(), problem));
  }

  @Override
  public synchronized List<StoredProblem> open() {
    check();
    return kept.values().stream()
        .filter(problem -> problem.resolvedAt() == null)
        .sorted(Comparator.comparing(StoredProblem::since))
        .toList();
  }

  @Override
  public synchronized List<StoredProblem> resolved(int limit) {
    check();
    return kept.values().stream()
        .filter(problem -> problem.resolvedAt() != null)
        .sorted(
            Comparator.<StoredProblem, Instant>comparing(
                    problem -> Objects.requireNonNull(problem.resolvedAt()))
                .reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<StoredProblem> find(String id) {
    check();
    return Optional.ofNullable(kept.get(id));
  }

  private void check() {
    if (broken) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    }
  }
}
