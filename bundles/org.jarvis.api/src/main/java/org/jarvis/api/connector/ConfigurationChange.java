package org.jarvis.api.connector;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a guest's configuration.
 *
 * @param set the keys that get a value
 * @param remove the keys that lose theirs
 * @param digest of the configuration that this changes; {@code null} changes whatever there is
 */
public record ConfigurationChange(
    Map<String, String> set, Set<String> remove, @Nullable String digest) {
  /** Refuses a key that is both set and removed. */
  public ConfigurationChange {
    set = Map.copyOf(set);
    remove = Set.copyOf(remove);
    if (remove.stream().anyMatch(set::containsKey)) {
      throw new IllegalArgumentException("A key is either set or removed.");
    }
  }
}
