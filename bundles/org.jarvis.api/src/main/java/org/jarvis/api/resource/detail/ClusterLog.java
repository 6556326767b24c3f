package org.jarvis.api.resource.detail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest lines of a cluster's log.
 *
 * @param lines newest first
 */
public record ClusterLog(List<Line> lines) implements Detail {

  /**
   * One line.
   *
   * @param at when
   * @param node which node wrote it
   * @param user on whose behalf
   * @param tag which program
   * @param priority as in syslog: 0 emergency to 7 debug
   * @param message what
   */
  public record Line(
      Instant at,
      @Nullable String node,
      @Nullable String user,
      @Nullable String tag,
      @Nullable Integer priority,
      String message) {}

  /** Keeps the collections from changing. */
  public ClusterLog {
    lines = List.copyOf(lines);
  }

  @Override
  public Aspect aspect() {
    return Aspect.LOG;
  }
}
