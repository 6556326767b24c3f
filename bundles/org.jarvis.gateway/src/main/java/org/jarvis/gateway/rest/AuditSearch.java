package org.jarvis.gateway.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * A search of the audit log, the newest records first. The log is read backwards by its numbers, a
 * bounded number of records for each page: where few of many fit, a page may be short or empty, and
 * its cursor still says from where to search on. Times are not used to end a search early, since a
 * clock that was wrong for a while must not hide what came before.
 *
 * @param filter which records are wanted
 * @param limit how many at most
 * @param before the number that the page before ended with; only smaller ones are wanted
 */
record AuditSearch(Predicate<AuditEntry> filter, int limit, long before) {
  /** How many records are read for one page. */
  static final int MOST_READ = 20_000;

  private static final int CHUNK = 500;
  private static final int LONGEST_TEXT = 200;

  /**
   * One page.
   *
   * @param records what is on it
   * @param next the cursor of the next page, {@code null} where the log was read to its beginning
   */
  record Page(List<AuditRecord> records, @Nullable String next) {}

  static AuditSearch of(AuditResource.Wanted wanted, int limit, @Nullable String cursor) {
    Instant since = Query.time("since", wanted.since, Instant.MIN);
    Instant until = Query.time("until", wanted.until, Instant.MAX);
    Predicate<AuditEntry> time = entry -> !entry.at().isBefore(since) && entry.at().isBefore(until);
    return new AuditSearch(
        time.and(text("actor", wanted.actor, AuditEntry::actor))
            .and(text("activity", wanted.activity, AuditSearch::done))
            .and(text("resource", wanted.resource, AuditSearch::about)),
        limit,
        cursor == null ? Long.MAX_VALUE : Query.seq("cursor", cursor));
  }

  /** What was done: the step, and the tool where it is one of an action. */
  private static String done(AuditEntry entry) {
    return entry.activity() + "\n" + entry.subject() + "\n" + tool(entry.detail());
  }

  private static String tool(String detail) {
    int at = detail.indexOf("\"tool\":\"");
    if (at < 0) {
      return "";
    }
    int start = at + "\"tool\":\"".length();
    int end = detail.indexOf('"', start);
    return end < 0 ? "" : detail.substring(start, end);
  }

  /** What it was done to: targets and arguments are in the detail. */
  private static String about(AuditEntry entry) {
    return entry.subject() + "\n" + entry.detail();
  }

  private static Predicate<AuditEntry> text(
      String name, @Nullable String text, Function<AuditEntry, String> of) {
    if (text == null || text.isBlank()) {
      return entry -> true;
    }
    if (text.length() > LONGEST_TEXT) {
      throw Query.wrong(name, "must have at most " + LONGEST_TEXT + " characters");
    }
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return entry -> of.apply(entry).toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** The page of this log. */
  Page in(AuditLog log) {
    List<AuditRecord> found = new ArrayList<>();
    long end = Math.min(before, log.size() + 1);
    int read = 0;
    while (end > 1 && read < MOST_READ) {
      long start = Math.max(1, end - CHUNK);
      List<AuditRecord> chunk = log.after(start - 1, (int) (end - start));
      for (int i = chunk.size() - 1; i >= 0; i--) {
        AuditRecord record = chunk.get(i);
        // Where records are missing, the log answers with later ones.
        if (record.seq() >= end || !filter.test(record.entry())) {
          continue;
        }
        if (found.size() == limit) {
          return new Page(found, Long.toString(found.get(limit - 1).seq()));
        }
        found.add(record);
      }
      read += (int) (end - start);
      end = start;
    }
    return new Page(found, end > 1 ? Long.toString(end) : null);
  }
}
