package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;
import org.junit.jupiter.api.Test;

class BuiltInExchangeTest {
  @Test
  void tellsThatItFailedWhateverFails() {
    assertTellsThatItFailed(
        () -> {
          throw new IllegalStateException("for a test");
        });
    assertTellsThatItFailed(
        () -> {
          throw new NoClassDefFoundError("for a test");
        });
    assertTellsThatItFailed(
        () -> {
          throw new StackOverflowError("for a test");
        });
  }

  private static void assertTellsThatItFailed(Supplier<Answer> answering) {
    List<AnswerEvent> events = new ArrayList<>();
    new BuiltInExchange(answering, events::add).run();

    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            AnswerEvent.Failed.class,
            failed ->
                assertThat(failed.failure().kind()).isEqualTo(ModelFailure.Kind.SERVER_ERROR));
  }
}
