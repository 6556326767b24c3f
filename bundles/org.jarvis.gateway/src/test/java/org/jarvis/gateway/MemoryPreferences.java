package org.jarvis.gateway;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.persistence.PreferenceStore;

/** Preferences in memory. */
public final class MemoryPreferences implements PreferenceStore {
  public final Map<String, String> values = new ConcurrentHashMap<>();

  @Override
  public Optional<String> value(String username, String key) {
    return Optional.ofNullable(values.get(username + " " + key));
  }

  @Override
  public boolean put(String username, String key, String json, Instant at, int most) {
    if (!values.containsKey(username + " " + key) && values.size() >= most) {
      return false;
    }
    values.put(username + " " + key, json);
    return true;
  }
}
