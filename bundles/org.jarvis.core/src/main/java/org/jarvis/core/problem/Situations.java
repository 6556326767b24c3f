package org.jarvis.core.problem;

import java.time.Instant;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;

/** What detectors see, for others that only look. Safe from any thread. */
@FunctionalInterface
public interface Situations {
  /** A cluster at one moment. */
  Situation of(ClusterSnapshot cluster, Instant now);
}
