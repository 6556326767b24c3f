package org.jarvis.api.problem;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was seen and speaks for the problem. Its text may come from a cluster: hostile
 * until shown as plain text.
 *
 * @param label what was looked at, such as {@code Memory in use}
 * @param value what was seen, with its unit, such as {@code 96 % of 64 GiB}
 * @param at when it was read, or happened; {@code null} where that is not told
 */
public record Evidence(String label, String value, @Nullable Instant at) {
  /** Something that was seen just now. */
  public Evidence(String label, String value) {
    this(label, value, null);
  }
}
