package org.jarvis.detectors;

import java.util.Optional;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;

/** A detector of ours: all of them say in the same place how the end of a problem is seen. */
interface BuiltIn extends ProblemDetector {
  @Override
  default Optional<String> over(Situation situation, Finding.Identity problem) {
    return Endings.of(situation, problem);
  }

  @Override
  default Optional<String> overHere(OwnSituation situation, Finding.Identity problem) {
    return Endings.here(situation, problem);
  }
}
