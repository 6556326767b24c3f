package org.jarvis.api.tool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool: a JSON object as plain, immutable Java values ({@link String}, {@link
 * Boolean}, {@link Number}, {@link List}, {@link Map} with text keys, {@code null}).
 *
 * @param values the object's members, in the order given
 */
public record Arguments(Map<String, @Nullable Object> values) {
  private static final Arguments NONE = new Arguments(Map.of());

  /** Copies the whole tree, so that nothing in it can change, and refuses other Java types. */
  public Arguments {
    values = copyOfObject(values);
  }

  /** No arguments at all. */
  public static Arguments none() {
    return NONE;
  }

  /** A text argument. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> (String) value);
  }

  /** A whole number. */
  public Optional<Integer> integer(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> ((Number) value).intValue());
  }

  /** A yes or no; absent means no. */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  private static Map<String, @Nullable Object> copyOfObject(Map<?, ?> object) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    object.forEach((key, value) -> copy.put((String) Objects.requireNonNull(key), copyOf(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number) {
      return value;
    }
    if (value instanceof Map<?, ?> object) {
      return copyOfObject(object);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(copyOf(element)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "Arguments are JSON values, not " + value.getClass().getName() + ".");
  }
}
