package org.jarvis.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.jarvis.gateway.FakeUsage;
import org.junit.jupiter.api.Test;

class ModelFiguresTest {
  private static final Instant NOW = Instant.parse("2026-03-31T22:30:00Z");

  private static String told(FakeUsage uses, String zone) {
    Exposition out = new Exposition();
    new ModelFigures(out, NOW, ZoneId.of(zone)).add(uses);
    return out.toString();
  }

  @Test
  void addsUpTheDayAndTheMonth() {
    FakeUsage uses =
        new FakeUsage()
            .add("2026-02-28T23:59:59Z", "claude", 1, 1, 1, "USD")
            .add("2026-03-01T00:00:00Z", "claude", 100, 20, 1_500_000, "USD")
            .add("2026-03-31T10:00:00Z", "claude", 1_000, 200, 250_000, "USD")
            .add("2026-03-31T11:00:00Z", "local", 7, 8, 0, "EUR");

    assertThat(told(uses, "UTC").lines())
        .contains(
            "jarvis_model_tokens{period=\"day\",provider=\"claude\",direction=\"input\"} 1000",
            "jarvis_model_tokens{period=\"day\",provider=\"claude\",direction=\"output\"} 200",
            "jarvis_model_tokens{period=\"day\",provider=\"local\",direction=\"output\"} 8",
            "jarvis_model_tokens{period=\"month\",provider=\"claude\",direction=\"input\"} 1100",
            "jarvis_model_cost{period=\"day\",provider=\"claude\",currency=\"USD\"} 0.25",
            "jarvis_model_cost{period=\"month\",provider=\"claude\",currency=\"USD\"} 1.75",
            "jarvis_model_cost{period=\"month\",provider=\"local\",currency=\"EUR\"} 0.0");
  }

  @Test
  void countsByTheOperatorsOwnDay() {
    // Half past midnight on the first of April there.
    FakeUsage uses = new FakeUsage().add("2026-03-31T21:00:00Z", "claude", 5, 5, 5, "USD");

    assertThat(told(uses, "Europe/Berlin")).isEmpty();
    assertThat(told(uses, "UTC")).contains("period=\"day\"");
  }

  @Test
  void addsNothingThatWasNotTold() {
    FakeUsage uses = new FakeUsage().add("2026-03-31T10:00:00Z", "claude", -1, 9, -1, "");

    assertThat(told(uses, "UTC"))
        .contains("direction=\"input\"} 0\n", "direction=\"output\"} 9\n")
        .doesNotContain("jarvis_model_cost");
  }
}
