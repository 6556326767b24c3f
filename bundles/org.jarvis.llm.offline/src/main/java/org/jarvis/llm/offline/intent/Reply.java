package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param text Markdown, every string of others in it made inert; may be empty where there is a wish
 * @param items the addresses of what it lists, in order, for "the second one"
 * @param subject the address of what it is about, for "it"; {@code null} for nothing in particular
 * @param asksBack whether it asks which of its items is meant
 * @param wish the tool that it asks for, {@code null} for none
 */
public record Reply(
    String text,
    List<String> items,
    @Nullable String subject,
    boolean asksBack,
    @Nullable Wish wish) {
  /** How a problem is written among the items. */
  public static final String PROBLEM = "problem:";

  private static final int MOST_ROWS = 20;

  /** Keeps the items from changing. */
  public Reply {
    items = List.copyOf(items);
  }

  /** Words about nothing in particular. */
  public static Reply of(String text) {
    return new Reply(text, List.of(), null, false, null);
  }

  /** Words about one thing. */
  public static Reply about(Resource resource, String text) {
    String ref = resource.ref().toString();
    return new Reply(text, List.of(ref), ref, false, null);
  }

  /** Words about one problem. */
  public static Reply about(Problem problem, String text) {
    String subject = problem.subject() == null ? null : problem.subject().toString();
    return new Reply(text, List.of(PROBLEM + problem.id()), subject, false, null);
  }

  /** A wish. */
  public static Reply wishing(@Nullable Resource resource, String text, Wish wish) {
    String ref = resource == null ? null : resource.ref().toString();
    return new Reply(text, ref == null ? List.of() : List.of(ref), ref, false, wish);
  }

  /** Words, and where it is there what is read by a service; otherwise that it is missing. */
  public static <S> Reply from(@Nullable S service, String what, Function<S, Reply> answer) {
    return service == null
        ? of(what + " cannot be read at the moment: that part of Jarvis is not running.")
        : answer.apply(service);
  }

  /** A numbered list of resources. */
  public static Reply list(
      String heading, List<? extends Resource> all, Function<Resource, String> row) {
    // Of thousands only those that are told are put into words.
    return list(
        heading,
        all.stream()
            .limit(MOST_ROWS)
            .map(one -> new Row(one.ref().toString(), row.apply(one)))
            .toList(),
        all.size());
  }

  /** A numbered list. */
  public static Reply list(String heading, List<Row> rows) {
    return list(heading, rows.subList(0, Math.min(MOST_ROWS, rows.size())), rows.size());
  }

  private static Reply list(String heading, List<Row> rows, int inAll) {
    StringBuilder text = new StringBuilder(heading);
    List<String> items = new ArrayList<>();
    for (Row row : rows) {
      items.add(row.item());
      text.append(text.isEmpty() ? "" : "\n").append(items.size()).append(". ").append(row.text());
    }
    if (inAll > rows.size()) {
      text.append("\n\nand ").append(inAll - rows.size()).append(" more.");
    }
    String only = items.size() == 1 && items.get(0).startsWith("pve:") ? items.get(0) : null;
    return new Reply(text.toString(), items, only, false, null);
  }

  /** The same, as a question which of the items is meant. */
  public Reply asking() {
    return new Reply(text, items, subject, true, wish);
  }

  /** The same with further words. */
  public Reply and(String more) {
    return new Reply(text + more, items, subject, asksBack, wish);
  }

  /**
   * One row of a list.
   *
   * @param item its address; empty where it has none
   * @param text what it says
   */
  public record Row(String item, String text) {}
}
