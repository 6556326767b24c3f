package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps what people prefer, by account and key.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface PreferenceStore {
  /** What an account prefers under this key, as JSON. */
  Optional<String> value(String username, String key);

  /**
   * Stores a preference, replacing an earlier one.
   *
   * @param json the value, any JSON
   * @param most how many keys an account may have
   * @return false when the key is new and the account has as many already; then nothing was written
   */
  boolean put(String username, String key, String json, Instant at, int most);
}
