package org.jarvis.console.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** A length of time as people type it, such as {@code 90m}, {@code 8h} or {@code 2d}. */
final class Span {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([mhd])");

  private Span() {}

  /**
   * Reads one.
   *
   * @throws JarvisException with {@code INVALID_INPUT}
   */
  static Duration of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "A length of time is a number with m, h or d, such as 90m, 8h or 2d, or it is off.");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
