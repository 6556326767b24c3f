package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.testkit.llm.Heard;
import org.jarvis.testkit.llm.Questions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuiltInProviderTest {
  private final BuiltInProvider provider =
      new BuiltInProvider(Clock.fixed(Homelab.NOW, ZoneOffset.UTC));

  @AfterEach
  void leave() {
    provider.leave();
  }

  @Test
  void saysWhatItIs() {
    assertThat(provider.definition().id()).isEqualTo("built-in");
    assertThat(provider.definition().title()).isEqualTo("Jarvis (built-in)");
    assertThat(provider.definition().destination()).isEmpty();
    assertThat(provider.definition().leavesTheHouse()).isFalse();
    assertThat(provider.definition().priceList().orElseThrow().isFree()).isTrue();
    assertThat(provider.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void streamsTheWordsOfItsAnswer() {
    Heard heard = new Heard();

    provider.converse(Questions.first(), heard);

    Answer answer = heard.answer();
    assertThat(heard.words()).isEqualTo(answer.text()).isNotBlank();
    assertThat(heard.events()).hasSizeGreaterThan(2);
    assertThat(heard.disorder()).isFalse();
  }

  @Test
  void endsWhenItIsCancelledByWhoListens() {
    Heard heard = new Heard();
    AtomicReference<ModelExchange> exchange = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);

    exchange.set(
        provider.converse(
            Questions.first(),
            event -> {
              heard.accept(event);
              if (event instanceof AnswerEvent.TextDelta) {
                await(begun);
                exchange.get().cancel();
              }
            }));
    begun.countDown();

    assertThat(heard.failure().kind()).isEqualTo(ModelFailure.Kind.CANCELLED);
    assertThat(heard.events()).hasSize(2);
  }

  @Test
  void saysThatItLeaves() {
    provider.leave();
    Heard heard = new Heard();

    provider.converse(Questions.first(), heard);

    assertThat(heard.failure().kind()).isEqualTo(ModelFailure.Kind.PROVIDER_LEFT);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
