package org.jarvis.api.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetryAdviceTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);

  private static HttpHeaders headers(String... namesAndValues) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  @Test
  void countsUntilTheDate() {
    assertThat(RetryAdvice.of(headers("Retry-After", "Fri, 27 Nov 2026 12:01:30 GMT"), NOON))
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void believesSecondsWhereTheMillisecondsMakeNoSense() {
    assertThat(RetryAdvice.of(headers("retry-after-ms", "soon", "retry-after", "2"), NOON))
        .contains(Duration.ofSeconds(2));
  }

  @Test
  void roundsUpSoThatNobodyComesTooEarly() {
    assertThat(RetryAdvice.of(headers("retry-after-ms", "0.2"), NOON))
        .contains(Duration.ofMillis(1));
  }

  @Test
  void knowsNothingWhereNothingIsSaid() {
    assertThat(RetryAdvice.of(headers(), NOON)).isEmpty();
    assertThat(RetryAdvice.told(headers("x-should-retry", "perhaps"))).isEmpty();
    assertThat(RetryAdvice.told(headers("x-should-retry", "false"))).contains(false);
  }
}
