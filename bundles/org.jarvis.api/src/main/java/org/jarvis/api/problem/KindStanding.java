package org.jarvis.api.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counts for a kind of problem at present, and who says so.
 *
 * @param kind the kind, with what is usual for it
 * @param enabled whether it is watched
 * @param raiseAfter how long it has to last before it is a problem
 * @param clearAfter how long it has to be gone before it is none any more
 * @param limits each of its limits, by name
 * @param settings what somebody set, by key; what nobody set is as usual
 */
public record KindStanding(
    ProblemKind kind,
    boolean enabled,
    Duration raiseAfter,
    Duration clearAfter,
    Map<String, Double> limits,
    List<Setting> settings) {

  /** Keeps the collections from changing. */
  public KindStanding {
    limits = Map.copyOf(limits);
    settings = List.copyOf(settings);
  }

  /**
   * One value that somebody set.
   *
   * @param key {@code enabled}, {@code after}, {@code gone} or the name of a limit
   * @param value as it was written
   * @param source where it is written
   * @param by the person; {@code null} for the file's
   * @param at since when; {@code null} for the file's
   * @param counts whether it does: not where it is wrong, nor a person's where the file says what
   *     counts
   */
  public record Setting(
      String key,
      String value,
      Source source,
      @Nullable String by,
      @Nullable Instant at,
      boolean counts) {}

  /** Where a value is written. */
  public enum Source {
    /** In the configuration file, which counts before anything else. */
    FILE,
    /** In Jarvis, by a person. */
    PERSON;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }
}
