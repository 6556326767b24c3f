package org.example.quiethours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.testkit.safety.SafetyPolicyContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest extends SafetyPolicyContract {
  @Override
  protected SafetyPolicy policy() {
    return at("23:30");
  }

  @ParameterizedTest
  @CsvSource({
    "22:00, 2026-05-02 06:00 Z",
    "23:59, 2026-05-02 06:00 Z",
    "00:00, 2026-05-01 06:00 Z",
    "05:59, 2026-05-01 06:00 Z"
  })
  void deniesAtNightAndSaysUntilWhen(String time, String until) {
    assertThat(at(time).decide(request(Effect.DISRUPTS)))
        .isEqualTo(
            new Decision.Deny("These are quiet hours: nothing is disrupted until " + until + "."));
    assertThat(at(time).decide(request(Effect.DESTROYS))).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"06:00", "12:00", "21:59"})
  void allowsByDay(String time) {
    assertThat(at(time).decide(request(Effect.DESTROYS))).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void leavesAloneWhatDisturbsNobody() {
    assertThat(at("23:30").decide(request(Effect.CHANGES))).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void knowsHoursThatAreNotAcrossMidnight() {
    assertThat(new QuietHours("12:00", "14:00", clock("13:00")).decide(request(Effect.DISRUPTS)))
        .isInstanceOf(Decision.Deny.class);
    assertThat(new QuietHours("12:00", "14:00", clock("14:00")).decide(request(Effect.DISRUPTS)))
        .isInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @CsvSource({"22, 06:00", "'', ''", "22:00, 22:00", "25:00, 06:00"})
  void deniesWhileItCannotBeToldWhenTheyAre(String begins, String ends) {
    assertThat(new QuietHours(begins, ends, clock("12:00")).decide(request(Effect.DISRUPTS)))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            denied ->
                assertThat(denied.reason()).contains("etc/org.jarvis.extension.quiethours.cfg"));
  }

  private static QuietHours at(String time) {
    return new QuietHours("22:00", "06:00", clock(time));
  }

  private static Clock clock(String time) {
    return Clock.fixed(Instant.parse("2026-05-01T" + time + ":00Z"), ZoneOffset.UTC);
  }

  private static PolicyRequest request(Effect effect) {
    return new PolicyRequest(
        "some_tool",
        Arguments.none(),
        new ToolUse("Do it", effect, effect.leastTier(), Consent.HOLD, List.of()),
        new Principal("ada", PrincipalKind.PERSON, "session"),
        Origin.BROWSER,
        List.of(),
        List.of());
  }
}
