package org.jarvis.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.AttemptStore.StoredAttempts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down guessing. Each key (an account, an address, a known browser) has a few attempts free;
 * after that every further failure doubles the wait, up to five minutes. An attempt counts when it
 * begins, in memory and in the store, so that neither many at once nor a restart is a way around
 * it; success takes back what it counted.
 *
 * <p>While the store cannot be read or written, attempts go on being counted in memory: the door
 * neither stands open nor stays shut. Safe from any thread.
 */
final class AttemptThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptThrottle.class);
  private static final int FREE_ATTEMPTS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration FORGET_AFTER = Duration.ofMinutes(30);
  private static final int MAX_PASSING_KEYS = 10_000;

  private final AttemptStore store;
  private final Clock clock;
  private boolean storing = true;

  /** What an attacker cannot add to, and so must not be able to push out. */
  private final Map<AttemptKey, Failures> lasting = new HashMap<>();

  private final LinkedHashMap<AttemptKey, Failures> passing = new LinkedHashMap<>(16, 0.75f, true);

  /** Starts with what was counted before the restart. */
  AttemptThrottle(AttemptStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    Instant now = clock.instant();
    List<StoredAttempts> known = new ArrayList<>();
    stored(() -> known.addAll(store.latest(MAX_PASSING_KEYS)));
    // The store tells the latest first; the latest are to be forgotten last.
    for (int i = known.size() - 1; i >= 0; i--) {
      StoredAttempts one = known.get(i);
      // A clock that was set back must not make anybody wait for the old time to come again.
      Instant last = one.last().isAfter(now) ? now : one.last();
      passing.put(AttemptKey.passing(one.key()), new Failures(one.count(), last));
    }
  }

  private record Failures(int count, Instant last) {
    Instant nextAllowed() {
      if (count < FREE_ATTEMPTS) {
        return last;
      }
      Duration wait = Duration.ofSeconds(1L << Math.min(count - FREE_ATTEMPTS, 20));
      return last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }
  }

  /** An attempt that has begun and is counted as failed until it is found good. */
  final class Attempt {
    private final Instant at;
    private final Map<AttemptKey, @Nullable Failures> before;

    private Attempt(Instant at, Map<AttemptKey, @Nullable Failures> before) {
      this.at = at;
      this.before = before;
    }

    /** How often in a row it was tried under this key, this time included. */
    int count(AttemptKey key) {
      synchronized (AttemptThrottle.this) {
        Failures known = find(key);
        return known == null ? 0 : known.count();
      }
    }

    /** It was good: this key starts afresh. */
    void forgive(AttemptKey key) {
      forget(List.of(key));
    }

    /** It was good: it does not count under this key, but what others tried there does. */
    void takeBack(AttemptKey key) {
      synchronized (AttemptThrottle.this) {
        Failures known = find(key);
        Failures earlier = before.get(key);
        if (known == null) {
          return;
        }
        if (known.count() <= 1) {
          forget(List.of(key));
          return;
        }
        Instant last = known.last().equals(at) && earlier != null ? earlier.last() : known.last();
        Failures restored = new Failures(known.count() - 1, last);
        keep(key, restored);
        write(Map.of(key, restored));
      }
    }
  }

  /**
   * Begins an attempt under all of these keys.
   *
   * @throws JarvisException with {@code THROTTLED} when one of them has to wait
   */
  synchronized Attempt begin(List<AttemptKey> keys) {
    Instant now = clock.instant();
    for (AttemptKey key : keys) {
      Failures known = known(key, now);
      if (known != null && now.isBefore(known.nextAllowed())) {
        long seconds = Duration.between(now, known.nextAllowed()).plusMillis(999).toSeconds();
        throw JarvisException.retryAfter(
            ErrorCode.THROTTLED,
            "Too many failed attempts. Try again in " + seconds + " s.",
            Duration.ofSeconds(seconds));
      }
    }
    Map<AttemptKey, @Nullable Failures> before = new HashMap<>();
    Map<AttemptKey, Failures> counted = new HashMap<>();
    for (AttemptKey key : keys) {
      Failures known = known(key, now);
      before.put(key, known);
      Failures next = new Failures(known == null ? 1 : known.count() + 1, now);
      keep(key, next);
      counted.put(key, next);
    }
    write(counted);
    forgetTheEldest();
    return new Attempt(now, before);
  }

  /** These keys start afresh. */
  synchronized void forget(Collection<AttemptKey> keys) {
    keys.forEach(lasting::remove);
    keys.forEach(passing::remove);
    List<String> written = keys.stream().filter(AttemptKey::stored).map(AttemptKey::text).toList();
    stored(() -> store.remove(written));
  }

  /** Forgets what is over; called every now and then. */
  synchronized void sweep() {
    Instant over = clock.instant().minus(FORGET_AFTER);
    lasting.values().removeIf(failures -> failures.last().isBefore(over));
    passing.values().removeIf(failures -> failures.last().isBefore(over));
    stored(() -> store.removeBefore(over));
  }

  private @Nullable Failures find(AttemptKey key) {
    Failures known = lasting.get(key);
    return known == null ? passing.get(key) : known;
  }

  private @Nullable Failures known(AttemptKey key, Instant now) {
    Failures known = find(key);
    if (known == null || known.last().plus(FORGET_AFTER).isBefore(now)) {
      return null;
    }
    if (known.last().isAfter(now)) {
      Failures corrected = new Failures(known.count(), now);
      keep(key, corrected);
      return corrected;
    }
    return known;
  }

  private void keep(AttemptKey key, Failures failures) {
    if (key.lasts()) {
      passing.remove(key);
      lasting.put(key, failures);
    } else {
      passing.put(key, failures);
    }
  }

  private void forgetTheEldest() {
    List<AttemptKey> eldest = new ArrayList<>();
    int surplus = passing.size() - MAX_PASSING_KEYS;
    for (AttemptKey key : passing.keySet()) {
      if (eldest.size() >= surplus) {
        break;
      }
      eldest.add(key);
    }
    if (!eldest.isEmpty()) {
      forget(eldest);
    }
  }

  private void write(Map<AttemptKey, Failures> counted) {
    List<StoredAttempts> rows = new ArrayList<>();
    counted.forEach(
        (key, failures) -> {
          if (key.stored()) {
            rows.add(new StoredAttempts(key.text(), failures.count(), failures.last()));
          }
        });
    stored(() -> store.put(rows));
  }

  private void stored(Runnable access) {
    try {
      access.run();
      storing = true;
    } catch (JarvisException unavailable) {
      if (storing) {
        LOG.warn(
            "Failed attempts are counted in memory only, and forgotten by a restart, until storage"
                + " works again: {}",
            unavailable.getMessage());
      }
      storing = false;
    }
  }
}
