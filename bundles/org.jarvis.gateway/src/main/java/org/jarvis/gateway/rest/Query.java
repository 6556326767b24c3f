package org.jarvis.gateway.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, naming the one that is wrong. */
final class Query {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_WORDS = 32;
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private Query() {}

  /** How many; from 1 to the most. */
  static int limit(@Nullable String text, int usual, int most) {
    return number("limit", text, usual, most);
  }

  /** A number from 1 to the most. */
  static int number(String name, @Nullable String text, int usual, int most) {
    if (text == null) {
      return usual;
    }
    if (!NUMBER.matcher(text).matches()
        || Long.parseLong(text) < 1
        || Long.parseLong(text) > most) {
      throw wrong(name, "must be a number from 1 to " + most);
    }
    return Integer.parseInt(text);
  }

  /** A moment: a time such as {@code 2026-03-01T12:00:00Z}, or milliseconds since 1970. */
  static Instant time(String name, @Nullable String text, Instant usual) {
    if (text == null) {
      return usual;
    }
    try {
      Instant time =
          NUMBER.matcher(text).matches()
              ? Instant.ofEpochMilli(Long.parseLong(text))
              : Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException none) {
      // Told below, as for one that is out of range.
    }
    throw wrong(name, "must be a time such as 2026-03-01T12:00:00Z, or in milliseconds since 1970");
  }

  /** Words with commas between; none where missing. */
  static Set<String> words(String name, @Nullable String text) {
    if (text == null) {
      return Set.of();
    }
    Set<String> words = new TreeSet<>(Arrays.asList(text.split(",", -1)));
    if (words.size() > MAX_WORDS || !words.stream().allMatch(WORD.asMatchPredicate())) {
      throw wrong(name, "must be names such as cpu,memory");
    }
    return words;
  }

  /** A sequence number; 0 where missing. */
  static long seq(String name, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw wrong(name, "must be a number from 0");
    }
    return Long.parseLong(text);
  }

  /** How long to wait, such as {@code 30s}; not at all where missing, two minutes at most. */
  static Duration wait(@Nullable String text) {
    if (text == null) {
      return Duration.ZERO;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrong("wait", "must be a duration such as 30s");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration wait =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        };
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** A parameter is wrong. */
  static JarvisException wrong(String name, String expected) {
    return new JarvisException(
        ErrorCode.INVALID_INPUT,
        "The parameter \"" + name + "\" " + expected + ".",
        List.of(new FieldError(name, expected)));
  }
}
