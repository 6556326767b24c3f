package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
  private final SteppingClock clock = new SteppingClock();
  private final RequestBudget budget = new RequestBudget(clock);

  private void spendAll() {
    for (int i = 0; i < 600; i++) {
      budget.spend(GateFixture.TOKEN);
    }
  }

  @Test
  void endsForTheOneThatAsksTooOftenAndForNobodyElse() {
    spendAll();

    assertThatThrownBy(() -> budget.spend(GateFixture.TOKEN))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED));
    assertThatCode(() -> budget.spend(GateFixture.PERSON)).doesNotThrowAnyException();
  }

  @Test
  void isThereAgainAfterAMinute() {
    spendAll();
    clock.advance(Duration.ofMinutes(1));

    assertThatCode(this::spendAll).doesNotThrowAnyException();
  }
}
