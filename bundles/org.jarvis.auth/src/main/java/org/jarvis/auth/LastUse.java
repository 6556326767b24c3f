package org.jarvis.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when a session or token was last used, to within five minutes: not every request is worth a
 * write. Where it cannot be written the request goes on, since a full disk must not lock people out
 * who come to look at it. Safe from any thread.
 */
final class LastUse {
  private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  /** After a failure not every request tries again: that would fill the log as well. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final BiConsumer<String, Instant> writing;
  private volatile @Nullable Instant failedAt;

  /**
   * Notes by this way.
   *
   * @param writing stores an id's last use
   */
  LastUse(BiConsumer<String, Instant> writing) {
    this.writing = writing;
  }

  /**
   * It is used now.
   *
   * @param before when it was last used as far as that is kept
   * @return when it was last used as far as that is kept now
   */
  @Nullable Instant note(String id, @Nullable Instant before, Instant now) {
    Instant failed = failedAt;
    boolean fresh = before != null && !before.plus(INTERVAL).isBefore(now);
    boolean resting = failed != null && failed.plus(REST).isAfter(now);
    if (fresh || resting) {
      return before;
    }
    try {
      writing.accept(id, now);
      failedAt = null;
      return now;
    } catch (JarvisException unwritable) {
      failedAt = now;
      LOG.warn("A last use cannot be kept: {}", unwritable.getMessage());
      return before;
    }
  }
}
