package org.jarvis.api.llm.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * When a server wants to be asked again: {@code retry-after-ms}, or else {@code retry-after} in
 * seconds (RFC 9110, section 10.2.3; fractions occur) or as a date.
 */
final class RetryAdvice {
  /** A server that wants more than this is better left to a person. */
  static final Duration LONGEST = Duration.ofDays(1);

  private RetryAdvice() {}

  /** How long to wait, from nothing to a day; empty where that is not told, or makes no sense. */
  static Optional<Duration> of(HttpHeaders headers, Clock clock) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(text -> number(text, 0))
        .or(() -> headers.firstValue("retry-after").flatMap(text -> number(text, 3)))
        .or(() -> headers.firstValue("retry-after").flatMap(text -> date(text, clock)))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  /** What the server says of repeating; empty where it says nothing. */
  static Optional<Boolean> told(HttpHeaders headers) {
    return headers
        .firstValue("x-should-retry")
        .filter(text -> text.equals("true") || text.equals("false"))
        .map("true"::equals);
  }

  private static Optional<Duration> number(String text, int shift) {
    // A longer one is no time, and could be made to cost some.
    if (text.length() > 20 || !text.strip().matches("-?[0-9]+(\\.[0-9]+)?")) {
      return Optional.empty();
    }
    BigDecimal millis =
        new BigDecimal(text.strip())
            .movePointRight(shift)
            .setScale(0, RoundingMode.UP)
            .min(BigDecimal.valueOf(LONGEST.toMillis()));
    return Optional.of(Duration.ofMillis(millis.max(BigDecimal.ZERO).longValueExact()));
  }

  private static Optional<Duration> date(String text, Clock clock) {
    try {
      return Optional.of(
          Duration.between(
              clock.instant(),
              Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()))));
    } catch (DateTimeException | ArithmeticException noDate) {
      return Optional.empty();
    }
  }
}
