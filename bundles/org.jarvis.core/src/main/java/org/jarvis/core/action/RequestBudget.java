package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * How many changes one credential may ask for in a minute. Each is recorded for good, whatever
 * becomes of it: without a bound a stolen token could fill the disk, and with it stop all changes.
 */
final class RequestBudget {
  private static final int PER_MINUTE = 600;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int MAX_CREDENTIALS = 1_000;

  private final Clock clock;
  private final Map<String, Period> periods =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Period> eldest) {
          return size() > MAX_CREDENTIALS;
        }
      };

  RequestBudget(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts one more request.
   *
   * @throws JarvisException with {@code THROTTLED} when there were too many
   */
  synchronized void spend(Principal principal) {
    String who = principal.kind() + " " + principal.name() + " " + principal.credential();
    Instant now = clock.instant();
    Period period = periods.get(who);
    if (period == null || !now.isBefore(period.since().plus(PERIOD))) {
      period = new Period(now, 0);
    }
    if (period.spent() >= PER_MINUTE) {
      throw new JarvisException(
          ErrorCode.THROTTLED,
          "More than " + PER_MINUTE + " changes were asked for within a minute. Wait a moment.");
    }
    periods.put(who, new Period(period.since(), period.spent() + 1));
  }

  private record Period(Instant since, int spent) {}
}
