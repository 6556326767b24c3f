package org.jarvis.lab.sim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time that a guest ran.
 *
 * @param from when it started
 * @param to when it ended, or null while it runs
 */
public record Run(Instant from, @Nullable Instant to) {

  /** Whether the guest ran at this moment. */
  public boolean covers(Instant moment) {
    return !moment.isBefore(from) && (to == null || moment.isBefore(to));
  }
}
