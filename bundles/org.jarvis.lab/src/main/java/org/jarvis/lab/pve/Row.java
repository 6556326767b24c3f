package org.jarvis.lab.pve;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one JSON object in order; a field without a value can be left out. */
final class Row {

  private final Map<String, Object> fields = new LinkedHashMap<>();

  Row put(String name, @Nullable Object value) {
    // A zero is written without decimals, as Perl does.
    fields.put(name, value instanceof Double number && number == 0 ? Integer.valueOf(0) : value);
    return this;
  }

  Row putIf(boolean present, String name, @Nullable Object value) {
    return present ? put(name, value) : this;
  }

  Map<String, Object> fields() {
    return fields;
  }

  /** Booleans are numbers in this API. */
  static int flag(boolean value) {
    return value ? 1 : 0;
  }
}
