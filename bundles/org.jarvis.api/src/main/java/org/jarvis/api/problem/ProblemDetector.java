package org.jarvis.api.problem;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds problems in what is known.
 *
 * <p>Lifecycle: register an implementation as a service; from the next change on it is asked. A
 * kind whose id is taken is refused and logged: the built-in detectors of {@code
 * org.jarvis.detectors} always keep theirs. When the service leaves, its open problems are resolved
 * as no longer watched. A detector that throws or takes too long is left out for that time, its
 * problems stay as they are, and the health of Jarvis names it.
 *
 * <p>All methods answer from memory, at once, without effect. They are called by one thread at a
 * time.
 */
@ConsumerType
public interface ProblemDetector {
  /** What it can find. Always the same answer. */
  List<ProblemKind> kinds();

  /**
   * What is wrong in a cluster at this moment. A finding is reported for as long as it lasts, by
   * every call; the core sees to durations, planned states, restarts and repetition. A kind with a
   * limit asks {@link Situation#isOpen} and lets an open problem go only at some distance from it.
   */
  List<Finding> detect(Situation situation);

  /** What is wrong with Jarvis itself. */
  default List<Finding> detectHere(OwnSituation situation) {
    return List.of();
  }

  /**
   * By what it is to be seen that one of its problems is over, in a sentence for people, such as
   * {@code media (VM 101) runs again.} Asked once, as the problem ends because it was found no
   * more; empty where there is nothing to say beyond that.
   */
  default Optional<String> over(Situation situation, Finding.Identity problem) {
    return Optional.empty();
  }

  /** The same of a problem of Jarvis itself. */
  default Optional<String> overHere(OwnSituation situation, Finding.Identity problem) {
    return Optional.empty();
  }
}
