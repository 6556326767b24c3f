package org.jarvis.detectors;

import java.util.Optional;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;

/** What is known of a resource, where being old is not the same as being well. */
final class Known {
  private Known() {}

  /**
   * What is fresh; for a problem that is open also what is old, since a source that falls silent
   * mends nothing.
   */
  static <T extends Detail> Optional<T> orKept(
      Situation situation, ResourceRef ref, Class<T> type, Finding.Identity problem) {
    Optional<T> fresh = situation.fresh(ref, type);
    return fresh.isPresent() || !situation.isOpen(problem)
        ? fresh
        : situation.cluster().details(ref).find(type);
  }

  /** Whether what was read of an aspect may lack something. */
  static boolean isIncomplete(Situation situation, ResourceRef ref, Aspect aspect) {
    return situation.cluster().details(ref).state(aspect).map(AspectState::incomplete).isPresent();
  }
}
