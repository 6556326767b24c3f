package org.jarvis.tools.form;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large plain values become as JSON. */
final class JsonSize {
  private JsonSize() {}

  /** About as many bytes as it takes as JSON, rather more. */
  static int of(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return 2
          + object.entrySet().stream()
              .mapToInt(member -> of(member.getKey()) + of(member.getValue()) + 2)
              .sum();
    }
    if (value instanceof List<?> list) {
      return 2 + list.stream().mapToInt(element -> of(element) + 1).sum();
    }
    if (value instanceof String text) {
      int escaped = (int) text.chars().filter(c -> c < ' ' || c == '"' || c == '\\').count();
      return 2 + text.getBytes(StandardCharsets.UTF_8).length + escaped;
    }
    return String.valueOf(value).length();
  }
}
