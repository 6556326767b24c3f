package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it stood when somebody looked.
 *
 * @param upid its name
 * @param end when it ended, or null while it runs
 * @param exitStatus {@code OK}, {@code WARNINGS: n} or an error text; null while it runs
 * @param log the lines so far
 */
public record Task(
    Upid upid, @Nullable Instant end, @Nullable String exitStatus, List<String> log) {

  /** Copies the log. */
  public Task {
    log = List.copyOf(log);
  }

  /** Whether it has not ended. */
  public boolean running() {
    return end == null;
  }
}
