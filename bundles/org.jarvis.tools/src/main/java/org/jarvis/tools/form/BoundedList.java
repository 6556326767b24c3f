package org.jarvis.tools.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result, bounded in number and size, with what was left out.
 *
 * @param items the rows that are listed
 * @param total how many there are in all
 */
public record BoundedList(List<Map<String, @Nullable Object>> items, int total) {
  /** The most rows that a result ever has. */
  public static final int MAX_LIMIT = 200;

  static final int DEFAULT_LIMIT = 100;

  /** What the rows of a result may take as JSON: with what is around them less than 64 KiB. */
  private static final int MAX_BYTES = 44 * 1024;

  /** Keeps the list from changing. */
  public BoundedList {
    items = List.copyOf(items);
  }

  /** As many as the arguments ask for, and as fit. */
  public static <T> BoundedList of(
      List<T> all, Arguments arguments, Function<T, Map<String, @Nullable Object>> row) {
    int limit = Math.min(MAX_LIMIT, arguments.integer("limit").orElse(DEFAULT_LIMIT));
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    int left = MAX_BYTES;
    for (T one : all.subList(0, Math.min(all.size(), limit))) {
      Map<String, @Nullable Object> made = row.apply(one);
      left -= JsonSize.of(made);
      if (left < 0 && !items.isEmpty()) {
        break;
      }
      items.add(made);
    }
    return new BoundedList(items, all.size());
  }

  /** The members of a result that is such a list. */
  public static <R> Columns<R> columns(
      Columns<?> row, String description, Function<R, BoundedList> list) {
    return new Columns<R>()
        .items(row, description, result -> list.apply(result).items())
        .whole("total", "How many there are in all.", result -> list.apply(result).total())
        .text("note", "What was left out of the list.", result -> list.apply(result).note());
  }

  /** The schema of a result that is nothing else. */
  public static String schema(Columns<?> row, String description) {
    return BoundedList.<BoundedList>columns(row, description, list -> list).resultSchema();
  }

  /** A result that is nothing else. */
  public Map<String, @Nullable Object> data() {
    // The rows are made; what they are made of no longer matters.
    return BoundedList.<BoundedList>columns(new Columns<>(), "", list -> list).row(this);
  }

  private @Nullable String note() {
    int left = total - items.size();
    return left == 0
        ? null
        : left
            + " more were left out. Narrow the question, or raise limit up to "
            + MAX_LIMIT
            + "; a result has at most 64 KiB.";
  }
}
