package org.jarvis.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing. Each key (an account, an address) has a few attempts free; after that every
 * further failure doubles the wait, up to five minutes. An attempt counts when it begins, so that
 * many at once are no way around it; success takes back what it counted.
 *
 * <p>Known limits: it is kept in memory, so a restart forgets it, and while somebody guesses an
 * account's password its owner waits as well. Safe from any thread.
 */
final class AttemptThrottle {
  private static final int FREE_ATTEMPTS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration FORGET_AFTER = Duration.ofMinutes(30);
  private static final int MAX_KEYS = 10_000;
  private static final int IPV6_LENGTH = 16;
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_KEYS;
        }
      };

  private record Failures(int count, Instant last) {
    Duration waitAfter() {
      if (count < FREE_ATTEMPTS) {
        return Duration.ZERO;
      }
      Duration wait = Duration.ofSeconds(1L << Math.min(count - FREE_ATTEMPTS, 20));
      return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
  }

  AttemptThrottle(Clock clock) {
    this.clock = clock;
  }

  /** The key of an account. */
  static String account(String username) {
    return "account " + username;
  }

  /** The key of an address: for IPv6 of its /64 network, which one household has to itself. */
  static String address(String kind, String address) {
    if (address.indexOf(':') >= 0) {
      try {
        // A literal with a colon is never looked up in DNS.
        byte[] bytes = InetAddress.getByName(address).getAddress();
        if (bytes.length == IPV6_LENGTH) {
          return kind + " " + Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
        }
      } catch (UnknownHostException notAnAddress) {
        return kind + " " + address;
      }
    }
    return kind + " " + address;
  }

  /**
   * Begins an attempt under all of these keys.
   *
   * @throws JarvisException with {@code THROTTLED} when one of them has to wait
   */
  synchronized void begin(List<String> keys) {
    Instant now = clock.instant();
    for (String key : keys) {
      Failures known = known(key, now);
      if (known != null && now.isBefore(known.last().plus(known.waitAfter()))) {
        Duration wait = Duration.between(now, known.last().plus(known.waitAfter()));
        long seconds = wait.plusMillis(999).toSeconds();
        throw JarvisException.retryAfter(
            ErrorCode.THROTTLED,
            "Too many failed attempts. Try again in " + seconds + " s.",
            Duration.ofSeconds(seconds));
      }
    }
    for (String key : keys) {
      Failures known = known(key, now);
      failures.put(key, new Failures(known == null ? 1 : known.count() + 1, now));
    }
  }

  /** The attempt under these keys was good: they start afresh. */
  synchronized void succeeded(List<String> keys) {
    keys.forEach(failures::remove);
  }

  private @Nullable Failures known(String key, Instant now) {
    Failures known = failures.get(key);
    if (known != null && known.last().plus(FORGET_AFTER).isBefore(now)) {
      failures.remove(key);
      return null;
    }
    return known;
  }
}
