package org.jarvis.api.panel;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of what a panel shows at one place. Immutable.
 *
 * @param key the place
 * @param content what it answered last; {@code null} while it has not
 * @param at when it answered that; {@code null} while it has not
 * @param interval how often it may be asked
 * @param failure why it could not be asked again since, in words for people; {@code null} where it
 *     could
 */
public record PanelReading(
    PanelKey key,
    @Nullable PanelContent content,
    @Nullable Instant at,
    Duration interval,
    @Nullable String failure) {
  private static final int INTERVALS_UNTIL_STALE = 3;

  /** Whether the content is old, or nobody could say whether it still holds. */
  public boolean staleAt(Instant now) {
    return failure != null
        || at == null
        || at.plus(interval.multipliedBy(INTERVALS_UNTIL_STALE)).isBefore(now);
  }
}
