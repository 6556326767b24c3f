package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps how often somebody tried to get in and failed, so that a restart is no fresh start for who
 * guesses.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface AttemptStore {
  /** All that is kept, the latest first, at most this many. */
  List<StoredAttempts> latest(int limit);

  /** Stores these, each replacing what was kept under its key, in one transaction. */
  void put(List<StoredAttempts> attempts);

  /** Forgets these keys. */
  void remove(List<String> keys);

  /** Forgets all whose last attempt was before this moment. */
  int removeBefore(Instant moment);

  /**
   * The failed attempts under one key.
   *
   * @param key an account, an address, a browser
   * @param count how many in a row
   * @param last when the latest was
   */
  record StoredAttempts(String key, int count, Instant last) {}
}
