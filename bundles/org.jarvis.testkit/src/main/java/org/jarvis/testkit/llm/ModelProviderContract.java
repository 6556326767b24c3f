package org.jarvis.testkit.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ModelProvider} has to do, whatever is behind it. Those that speak HTTP extend
 * {@link HttpProviderContract}, which asks for more.
 */
public abstract class ModelProviderContract {
  private static final int PATIENCE_SECONDS = 20;
  private static final int AT_ONCE = 8;

  private final List<ModelProvider> opened = new ArrayList<>();

  /**
   * A new provider that answers this many questions, each in words of its own that come in more
   * than one piece.
   */
  protected abstract ModelProvider talkative(int questions);

  /** What is done with it when its bundle leaves. */
  protected abstract void leave(ModelProvider provider);

  /** Lets a provider leave when the test is over. */
  protected final ModelProvider opened(ModelProvider provider) {
    opened.add(provider);
    return provider;
  }

  private ModelProvider provider(int questions) {
    return opened(talkative(questions));
  }

  @AfterEach
  void leaveAll() {
    opened.forEach(this::leave);
  }

  @Test
  void saysTheSameOfItselfForAsLongAsItIsThere() {
    ModelProvider provider = provider(1);

    assertThat(provider.definition()).isEqualTo(provider.definition());
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);
    heard.end();
    assertThat(provider.definition()).isEqualTo(provider.definition());
  }

  @Test
  void tellsPiecesThatAreTheWholeAnswerTogether() {
    Heard heard = new Heard();

    provider(1).converse(Questions.first(), heard);

    Answer answer = heard.answer();
    assertThat(answer.text()).isNotBlank().isEqualTo(heard.words());
    assertThat(answer.model()).isNotBlank();
    assertThat(heard.events()).hasSizeGreaterThan(2);
    assertThat(heard.events().get(heard.events().size() - 1))
        .isInstanceOf(AnswerEvent.Completed.class);
    assertThat(heard.disorder()).isFalse();
  }

  @Test
  void asksForNothingThatNobodyOffered() {
    ModelRequest first = Questions.first();
    ModelRequest withoutTools =
        new ModelRequest(first.instructions(), first.turns(), List.of(), first.limits());
    ModelProvider provider = provider(2);

    for (ModelRequest request : List.of(first, withoutTools)) {
      Heard heard = new Heard();
      provider.converse(request, heard);
      assertThat(heard.answer().calls())
          .extracting(AnswerPart.Call::name)
          .isSubsetOf(request.tools().stream().map(ToolSchema::name).toList());
    }
  }

  @Test
  void answersSeveralAtOnceWithoutMixingThem() {
    ModelProvider provider = provider(AT_ONCE);
    List<Heard> all = Stream.generate(Heard::new).limit(AT_ONCE).toList();

    all.forEach(heard -> provider.converse(Questions.first(), heard));

    assertThat(all)
        .allSatisfy(heard -> assertThat(heard.answer().text()).isEqualTo(heard.words()))
        .noneMatch(Heard::disorder);
  }

  @Test
  void cancelFromWithinIsTheLastThatIsHeard() {
    Heard heard = new Heard();
    Halted halted = new Halted(heard);
    ModelExchange exchange = provider(1).converse(Questions.first(), halted);
    halted.whenReached(exchange::cancel);

    assertThat(heard.failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(heard.failure().retriable()).isFalse();
    assertThat(heard.events()).as("a piece and the end: half a wish is none").hasSize(2);
    exchange.cancel();
    assertThat(heard.disorder()).isFalse();
  }

  @Test
  void cancelOfWhatIsOverDoesNothing() {
    Heard heard = new Heard();
    ModelExchange exchange = provider(1).converse(Questions.first(), heard);
    heard.answer();
    int told = heard.events().size();

    exchange.cancel();

    assertThat(heard.events()).hasSize(told);
  }

  @Test
  void whoThrowsHearsTheEndAndNothingElse() {
    Heard heard = new Heard();

    provider(1)
        .converse(
            Questions.first(),
            event -> {
              heard.accept(event);
              throw new IllegalStateException("A consumer as it should not be.");
            });

    assertThat(heard.failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(heard.events()).hasSize(2);
  }

  @Test
  void whatIsUnderWayEndsWhenItLeaves() {
    ModelProvider provider = provider(2);
    Heard during = new Heard();
    Halted halted = new Halted(during);
    provider.converse(Questions.first(), halted);
    halted.whenReached(() -> leave(provider));

    assertThat(during.failure().kind()).isEqualTo(Kind.PROVIDER_LEFT);
    assertThat(during.events()).as("what was said stays said").hasSize(2);
    assertThat(during.words()).isNotEmpty();
  }

  @Test
  void whatIsAskedAfterItLeftIsTold() {
    ModelProvider provider = provider(1);
    leave(provider);
    Heard heard = new Heard();

    provider.converse(Questions.first(), heard);

    assertThat(heard.failure().kind()).isEqualTo(Kind.PROVIDER_LEFT);
    assertThat(heard.events()).hasSize(1);
  }

  @Test
  void itsHealthIsForEverybody() {
    ModelProvider provider = provider(1);
    ComponentHealth before = provider.health();
    assertThat(before.status()).isEqualTo(ComponentHealth.Status.UP);
    assertThat(before.name()).contains(provider.definition().id());
    Heard heard = new Heard();

    provider.converse(
        Questions.of(List.of(new Turn.Said("My word is canary-4711. How is the cluster?"))), heard);

    heard.end();
    ComponentHealth after = provider.health();
    assertThat(after.name()).isEqualTo(before.name());
    assertThat(after.detail()).isNotBlank().doesNotContain("canary-4711");
    String destination = provider.definition().destination();
    if (!destination.isEmpty()) {
      assertThat(after.detail()).doesNotContain(destination);
    }
  }

  /** Holds the first piece until something has happened meanwhile. */
  private static final class Halted implements Consumer<AnswerEvent> {
    private final Consumer<AnswerEvent> events;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch happened = new CountDownLatch(1);

    Halted(Consumer<AnswerEvent> events) {
      this.events = events;
    }

    @Override
    public void accept(AnswerEvent event) {
      events.accept(event);
      if (event instanceof AnswerEvent.TextDelta) {
        reached.countDown();
        await(happened);
      }
    }

    void whenReached(Runnable something) {
      await(reached);
      something.run();
      happened.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }
}
