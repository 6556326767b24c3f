package org.jarvis.safety.command;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which contents of the operator's rule files people confirmed. While it cannot be read, none. */
final class Confirmations {
  /** The name of the setting: a line for each file, its hash first. */
  static final String SETTING = "safety.confirmed-command-rules";

  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

  private @Nullable SettingStore store;
  private Map<String, String> hashes = Map.of();

  /** Reads what is stored. */
  synchronized void use(SettingStore arrived) {
    store = arrived;
    try {
      hashes =
          arrived.get(SETTING).stream()
              .flatMap(text -> Arrays.stream(text.split("\n")))
              .map(line -> line.split(" ", 2))
              .filter(parts -> parts.length == 2)
              .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> b));
    } catch (JarvisException unreadable) {
      LOG.warn("Confirmations of command rules cannot be read, so none counts", unreadable);
      hashes = Map.of();
    }
  }

  synchronized void leave(SettingStore left) {
    if (store == left) {
      store = null;
      hashes = Map.of();
    }
  }

  synchronized boolean holds(String file, String sha256) {
    return sha256.equals(hashes.get(file));
  }

  /**
   * Keeps a confirmation for good.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}; then it does not count
   */
  synchronized void keep(String file, String sha256) {
    if (store == null) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "The storage is not there at the moment, so nothing was confirmed. Try again later.");
    }
    Map<String, String> kept = new TreeMap<>(hashes);
    kept.put(file, sha256);
    store.put(
        SETTING,
        kept.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining("\n")));
    hashes = Map.copyOf(kept);
  }
}
