package org.jarvis.tools.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolResult;

/**
 * What arguments change of a configuration.
 *
 * @param set the keys that get a value
 * @param remove the keys that lose theirs
 */
record ConfigChange(Map<String, String> set, Set<String> remove) {
  static final String SET = "set";
  static final String REMOVE = "remove";

  /**
   * Reads arguments that fit the schema.
   *
   * @throws JarvisException when they change nothing, or a key twice
   */
  static ConfigChange of(Arguments arguments) {
    Map<String, String> set = new TreeMap<>();
    if (arguments.values().get(SET) instanceof Map<?, ?> values) {
      values.forEach(
          (key, value) -> {
            if (value != null) {
              set.put(key.toString(), Setting.value(value));
            }
          });
    }
    Set<String> remove = new TreeSet<>();
    if (arguments.values().get(REMOVE) instanceof List<?> keys) {
      keys.forEach(key -> remove.add(String.valueOf(key)));
    }
    if (set.isEmpty() && remove.isEmpty()) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS, "Nothing is changed: give set, remove or both.");
    }
    if (remove.stream().anyMatch(set::containsKey)) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS, "A key is either in set or in remove, not in both.");
    }
    return new ConfigChange(set, remove);
  }

  Set<String> keys() {
    Set<String> keys = new TreeSet<>(set.keySet());
    keys.addAll(remove);
    return keys;
  }

  /** Whether nothing but words for people changes. */
  boolean isWords() {
    return keys().stream().allMatch(Setting::isWords);
  }

  /** Whether a configuration shows what became of this key. */
  boolean isIn(Map<String, String> values, String key) {
    String wanted = set.get(key);
    String found = values.get(key);
    if (wanted == null) {
      return found == null;
    }
    return Setting.isWords(key)
        // Proxmox VE keeps notes as comment lines, which end in a newline.
        ? found != null && found.strip().equals(wanted.strip())
        : wanted.equals(found);
  }

  /** What a run that is over found before it changed anything. */
  static List<Map.Entry<String, String>> before(ToolResult result) {
    List<Map.Entry<String, String>> before = new ArrayList<>();
    if (result.data().get("before") instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof Map<?, ?> entry
            && entry.get("key") instanceof String key
            && entry.get("value") instanceof String value) {
          before.add(Map.entry(key, value));
        }
      }
    }
    return before;
  }
}
