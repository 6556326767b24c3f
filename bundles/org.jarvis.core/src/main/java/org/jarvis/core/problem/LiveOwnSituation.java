package org.jarvis.core.problem;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Jarvis itself as detectors see it at one moment.
 *
 * @param now the moment
 * @param health how its parts are
 * @param diskFree the free space where its data are; {@code null} where that cannot be told
 * @param diskTotal the size of that file system; {@code null} where that cannot be told
 * @param settings the limits
 * @param open which problems are open
 */
record LiveOwnSituation(
    Instant now,
    List<ComponentHealth> health,
    @Nullable Bytes diskFree,
    @Nullable Bytes diskTotal,
    KindSettings settings,
    Predicate<Finding.Identity> open)
    implements OwnSituation {
  /** Keeps the list from changing. */
  LiveOwnSituation {
    health = List.copyOf(health);
  }

  @Override
  public double limit(ProblemKind kind, String name) {
    return settings.limit(kind, name);
  }

  @Override
  public boolean isOpen(Finding.Identity problem) {
    return open.test(problem);
  }
}
