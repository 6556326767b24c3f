package org.jarvis.gateway.rest;

import java.time.Duration;
import java.util.List;
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
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private Query() {}

  /** How many; from 1 to the most. */
  static int limit(@Nullable String text, int usual, int most) {
    if (text == null) {
      return usual;
    }
    if (!NUMBER.matcher(text).matches()
        || Long.parseLong(text) < 1
        || Long.parseLong(text) > most) {
      throw wrong("limit", "must be a number from 1 to " + most);
    }
    return Integer.parseInt(text);
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
