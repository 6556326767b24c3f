package org.jarvis.api.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jarvis.api.tool.Arguments;
import org.junit.jupiter.api.Test;

class ModelRequestTest {
  private static final RequestLimits LIMITS = new RequestLimits(100, Duration.ofMinutes(1));
  private static final Turn SAID = new Turn.Said("Start it.");
  private static final Turn ASKS =
      new Turn.Answered(List.of(new AnswerPart.Call("a", "start_vm", Arguments.none())));
  private static final Turn ANSWERS = new Turn.Answered(List.of(new AnswerPart.Text("It runs.")));

  private static Turn results(String... ids) {
    return new Turn.Results(
        List.of(ids).stream().map(id -> new Turn.ToolOutcome(id, "Done.", false)).toList());
  }

  private static ModelRequest of(Turn... turns) {
    return new ModelRequest(List.of(), List.of(turns), List.of(), LIMITS);
  }

  @Test
  void takesAConversationWhoseCallsHaveOutcomes() {
    assertThat(of(SAID, ASKS, results("a"), ANSWERS, SAID, SAID).turns()).hasSize(6);
  }

  @Test
  void refusesConversationsThatServersRefuse() {
    assertThatThrownBy(ModelRequestTest::of).hasMessageContaining("begins with a person");
    assertThatThrownBy(() -> of(ANSWERS, SAID)).hasMessageContaining("begins with a person");
    assertThatThrownBy(() -> of(SAID, ANSWERS)).hasMessageContaining("asks nothing");
    for (Turn[] wrong :
        List.of(
            new Turn[] {SAID, ASKS, SAID},
            new Turn[] {SAID, ASKS, results()},
            new Turn[] {SAID, ASKS, results("b")},
            new Turn[] {SAID, ASKS, results("a", "a")},
            new Turn[] {SAID, ANSWERS, results("a")},
            new Turn[] {SAID, results("a")})) {
      assertThatThrownBy(() -> of(wrong)).hasMessageContaining("one outcome for each call");
    }
  }

  @Test
  void refusesTwoToolsOfOneName() {
    ToolSchema tool = new ToolSchema("start_vm", "Starts.", "{}");

    assertThatThrownBy(
            () -> new ModelRequest(List.of(), List.of(SAID), List.of(tool, tool), LIMITS))
        .hasMessageContaining("start_vm");
  }

  @Test
  void anAnswerThatWasCutCannotAskForAnything() {
    AnswerPart call = new AnswerPart.Call("a", "start_vm", Arguments.none());

    assertThatThrownBy(
            () -> new Answer(List.of(call), StopReason.LENGTH, TokenUsage.UNKNOWN, "model", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thinkingAloneIsNoTurn() {
    Answer answer =
        new Answer(
            List.of(new AnswerPart.Opaque("x", "{}")),
            StopReason.LENGTH,
            TokenUsage.UNKNOWN,
            "model",
            null);

    assertThat(answer.turn()).isEmpty();
  }

  @Test
  void costsAreKnownOnlyWhereUsageIs() {
    PriceList prices =
        new PriceList(
            "USD",
            new BigDecimal("3"),
            new BigDecimal("0.3"),
            new BigDecimal("3.75"),
            new BigDecimal("15"));

    assertThat(prices.cost(new TokenUsage(1_000L, 10_000L, 2_000L, 100L)).orElseThrow())
        .isEqualByComparingTo("0.0150");
    assertThat(prices.cost(new TokenUsage(1_000L, null, null, 100L)).orElseThrow())
        .isEqualByComparingTo("0.0045");
    assertThat(prices.cost(TokenUsage.UNKNOWN)).isEmpty();
    assertThat(PriceList.FREE.cost(TokenUsage.UNKNOWN)).contains(BigDecimal.ZERO);
  }

  @Test
  void aServersFiguresAreNotBelievedBlindly() {
    assertThat(new TokenUsage(-1L, 5L, null, -7L)).isEqualTo(new TokenUsage(null, 5L, null, null));
  }
}
