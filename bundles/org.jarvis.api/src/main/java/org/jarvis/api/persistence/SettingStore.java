package org.jarvis.api.persistence;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps small internal values, such as a signing key, by name. No request, tool or preference
 * reaches it.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface SettingStore {
  /** A value. */
  Optional<String> get(String name);

  /** Stores a value, replacing an earlier one. */
  void put(String name, String value);

  /** Stores a value unless there is one, and returns the one that is stored then. */
  String putIfAbsent(String name, String value);
}
