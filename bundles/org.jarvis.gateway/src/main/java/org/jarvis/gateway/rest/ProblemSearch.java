package org.jarvis.gateway.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * A search for problems: filtered, in order and cut into pages. Those that are open come first, the
 * worst and then the oldest of these first; those that ended follow, the newest first. A cursor
 * names the last problem of a page by its place in that order, so that pages go on where they ended
 * though problems came and went meanwhile.
 *
 * @param state whether those that are open are wanted, those that ended, or all
 * @param filter which of these
 * @param limit how many at most
 * @param after the problem that the page before ended with, {@code null} for the first page
 */
record ProblemSearch(
    State state, Predicate<Problem> filter, int limit, ResourceSearch.@Nullable Place after) {
  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  /** How far back those that ended are searched. */
  private static final int MOST_RESOLVED = 1000;

  private static final String ZEROS = "0".repeat(19);

  /** Which problems are wanted by whether they are there. */
  enum State {
    OPEN,
    RESOLVED,
    ALL
  }

  /**
   * One page.
   *
   * @param problems what is on it
   * @param total how many there are on all pages
   * @param next the cursor of the next page, {@code null} after the last
   */
  record Page(List<Problem> problems, int total, @Nullable String next) {}

  /** A problem with its place, which is worked out once. */
  private record Placed(ResourceSearch.Place place, Problem problem) {}

  static ProblemSearch of(
      ProblemsResource.Wanted wanted, @Nullable String limit, @Nullable String cursor) {
    return new ProblemSearch(
        state(wanted.state),
        severity(wanted.severity)
            .and(kind(wanted.kind))
            .and(resource(wanted.ref))
            .and(text(wanted.text)),
        Query.limit(limit, USUAL_LIMIT, MAX_LIMIT),
        cursor == null ? null : ResourceSearch.Place.ofCursor(cursor));
  }

  private static State state(@Nullable String word) {
    if (word == null) {
      return State.OPEN;
    }
    return switch (word) {
      case "open" -> State.OPEN;
      case "resolved" -> State.RESOLVED;
      case "all" -> State.ALL;
      default -> throw Query.wrong("state", "must be open, resolved or all");
    };
  }

  private static Predicate<Problem> severity(@Nullable String word) {
    Set<String> words = Query.words("severity", word);
    List<String> known = Stream.of(Severity.values()).map(Severity::word).toList();
    if (!known.containsAll(words)) {
      throw Query.wrong("severity", "must be of " + String.join(", ", known));
    }
    return problem -> words.isEmpty() || words.contains(problem.severity().word());
  }

  private static Predicate<Problem> kind(@Nullable String ids) {
    Set<String> kinds = Query.words("kind", ids);
    return problem -> kinds.isEmpty() || kinds.contains(problem.kind().id());
  }

  private static Predicate<Problem> resource(@Nullable String text) {
    if (text == null) {
      return problem -> true;
    }
    ResourceRef ref =
        ResourceRef.parse(text)
            .orElseThrow(() -> Query.wrong("ref", "must be an address such as pve:home:guest:101"));
    return problem -> ref.equals(problem.subject()) || problem.affected().contains(ref);
  }

  private static Predicate<Problem> text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return problem -> true;
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    return problem ->
        Stream.of(
                problem.name(),
                problem.summary(),
                problem.part(),
                problem.kind().id(),
                problem.kind().title(),
                problem.subject() == null ? "" : problem.subject().toString())
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted));
  }

  /** The page of these problems. */
  Page in(Problems problems) {
    List<Placed> found = new ArrayList<>();
    Stream.concat(
            state == State.RESOLVED ? Stream.empty() : problems.open().stream(),
            state == State.OPEN ? Stream.empty() : problems.resolved(MOST_RESOLVED).stream())
        .filter(filter)
        .forEach(problem -> found.add(new Placed(place(problem), problem)));
    found.sort(Comparator.comparing(Placed::place));
    List<Placed> rest =
        found.stream()
            .filter(placed -> after == null || placed.place().compareTo(after) > 0)
            .toList();
    List<Placed> page = rest.subList(0, Math.min(limit, rest.size()));
    return new Page(
        page.stream().map(Placed::problem).toList(),
        found.size(),
        rest.size() > limit ? page.get(limit - 1).place().cursor() : null);
  }

  private static ResourceSearch.Place place(Problem problem) {
    Instant ended = problem.resolvedAt();
    String key =
        ended == null
            ? "0" + rank(problem.severity()) + whole(problem.since().toEpochMilli())
            : "1" + whole(Long.MAX_VALUE - ended.toEpochMilli());
    return new ResourceSearch.Place(key, problem.id());
  }

  private static String rank(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "0";
      case WARNING -> "1";
      case INFO -> "2";
    };
  }

  private static String whole(long value) {
    String digits = Long.toString(Math.max(0, value));
    return ZEROS.substring(digits.length()) + digits;
  }
}
