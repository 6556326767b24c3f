package org.jarvis.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A list of bounded length, which says what was left out.
 *
 * @param total how many there are in all
 * @param items those that are listed
 */
record BoundedList<T>(int total, List<T> items) {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  BoundedList {
    items = List.copyOf(items);
  }

  /** As many as the arguments ask for. */
  static <T> BoundedList<T> of(List<T> all, Arguments arguments) {
    int limit = Math.min(MAX_LIMIT, arguments.integer("limit").orElse(DEFAULT_LIMIT));
    return new BoundedList<>(all.size(), all.subList(0, Math.min(all.size(), limit)));
  }

  /** The list as a result. */
  Map<String, @Nullable Object> data(Function<T, Map<String, @Nullable Object>> row) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("items", items.stream().map(row).toList());
    data.put("total", total);
    data.put("note", note());
    return data;
  }

  private @Nullable String note() {
    int left = total - items.size();
    return left == 0
        ? null
        : left
            + " more were left out. Narrow the question, or raise limit up to "
            + MAX_LIMIT
            + ".";
  }
}
