package org.jarvis.api.resource;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a task stands.
 *
 * @param id the task
 * @param type what it does, such as {@code qmstart}
 * @param subject what it is about, such as a guest's number or a service; empty when it does not
 *     say
 * @param user who asked for it, as the cluster names them; a token's name included
 * @param startedAt when it began
 * @param endedAt when it ended; {@code null} while it runs or when that is not told
 * @param exitStatus how it ended: {@code OK}, {@code WARNINGS: n}, or an error text; {@code null}
 *     while it runs
 */
public record TaskState(
    TaskId id,
    String type,
    String subject,
    String user,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String exitStatus) {
  private static final String OK = "OK";
  private static final String WARNINGS = "WARNINGS:";

  /** Whether it has ended. */
  public boolean ended() {
    return exitStatus != null;
  }

  /** Whether it ended well, warnings included. */
  public boolean succeeded() {
    return exitStatus != null && (exitStatus.equals(OK) || exitStatus.startsWith(WARNINGS));
  }
}
