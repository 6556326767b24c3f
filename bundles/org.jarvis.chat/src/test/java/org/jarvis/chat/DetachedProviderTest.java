package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every wait in it ends when what is waited for happens; the deadlines are for failing only. */
class DetachedProviderTest {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final BlockingQueue<AnswerEvent> events = new LinkedBlockingQueue<>();
  private final ExecutorService turns = Executors.newCachedThreadPool();

  @AfterEach
  void letGo() {
    never.countDown();
    turns.shutdownNow();
  }

  /** One that does not come back before the test is over. */
  private ScriptedModel hanging(String id, int questions) {
    ScriptedModel model = ScriptedModel.free(id);
    for (int i = 0; i < questions; i++) {
      model.does(
          (request, ignored) -> {
            asked.countDown();
            await(never);
          });
    }
    return model;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static DetachedProvider detached(ScriptedModel model) {
    return new DetachedProvider(model, model.definition());
  }

  private static ModelRequest request() {
    return new ModelRequest(
        List.of(),
        List.of(new Turn.Said("Hello?")),
        List.of(),
        new RequestLimits(100, Duration.ofMillis(1)));
  }

  @Test
  void stopEndsATurnWhoseProviderDoesNotComeBack() throws Exception {
    ChatHouse house = new ChatHouse();
    CompletableFuture<Void> turn = new CompletableFuture<>();
    house.turns =
        work ->
            turns.execute(
                () -> {
                  work.run();
                  turn.complete(null);
                });
    house.model(hanging("stuck", 1));
    String id = house.keeper.create(ChatHouse.ADA).id();
    house.keeper.say(id, new Utterance("Hello?", true), ChatHouse.ADA);
    await(asked);

    house.keeper.stop(id, ChatHouse.ADA);

    turn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(house.talk(id).state()).isEqualTo(Conversation.State.IDLE);
  }

  @Test
  void theTimeOfATurnEndsTheWaitForAProviderThatDoesNotComeBack() throws Exception {
    DetachedProvider provider = detached(hanging("stuck", 1));
    Future<AnswerEvent> end =
        turns.submit(() -> new Exchange(Duration.ZERO).ask(provider, request(), words -> {}));

    AnswerEvent last = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(((AnswerEvent.Failed) last).failure().kind()).isEqualTo(ModelFailure.Kind.TIMED_OUT);
  }

  @Test
  void isAskedNoMoreWhereTooManyQuestionsDoNotComeBack() throws Exception {
    ScriptedModel model = hanging("stuck", DetachedProvider.MOST_STUCK).says("Here I am.");
    DetachedProvider provider = detached(model);
    for (int i = 0; i < DetachedProvider.MOST_STUCK; i++) {
      provider.converse(request(), events::add).cancel();
    }

    provider.converse(request(), events::add);
    AnswerEvent.Failed refused = (AnswerEvent.Failed) events.take();
    assertThat(refused.failure().kind()).isEqualTo(ModelFailure.Kind.SERVER_ERROR);
    assertThat(refused.failure().message()).contains("hangs");

    never.countDown();
    List<AnswerEvent> answered = new ArrayList<>();
    while (answered.stream().noneMatch(AnswerEvent.Completed.class::isInstance)) {
      provider.converse(request(), events::add);
      AnswerEvent next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      answered.add(next);
    }
  }

  @Test
  void endsWhatWasGivenUpWhenItComesBackAtLast() {
    CountDownLatch ended = new CountDownLatch(1);
    ScriptedModel model = hanging("late", 1);
    model.cancelled.add(ended::countDown);
    ModelExchange exchange = detached(model).converse(request(), events::add);
    await(asked);
    exchange.cancel();
    never.countDown();

    await(ended);
  }

  @Test
  void tellsWhatAProviderThrows() throws Exception {
    detached(ScriptedModel.free("broken")).converse(request(), events::add);

    AnswerEvent.Failed failed =
        (AnswerEvent.Failed) events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(failed).isNotNull();
    assertThat(failed.failure().message()).startsWith("The provider failed: ");
  }
}
