package org.jarvis.core.problem;

import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.core.problem.Judgement.Standing;
import org.jspecify.annotations.Nullable;

/**
 * A finding with all that decides what becomes of it.
 *
 * @param finding what was found
 * @param kind its kind
 * @param standing how its subject stands
 * @param held whether it begins nothing at this moment: its cause stands for it, or its node is
 *     being worked on
 * @param life which life of a guest it is about; {@code null} for what has only one
 * @param name how people call its subject
 */
record Sighting(
    Finding finding,
    ProblemKind kind,
    Standing standing,
    boolean held,
    @Nullable Incarnation life,
    String name) {

  /** Which problem it is. */
  Finding.Identity identity() {
    return finding.identity();
  }

  /** Whether a problem may begin with it now. */
  boolean mayBegin() {
    return standing == Standing.JUDGED && !held;
  }
}
