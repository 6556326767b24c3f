package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
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

  private final Semaphore asked = new Semaphore(0);
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
            asked.release();
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

  private static void await(Semaphore times, int many) {
    try {
      assertThat(times.tryAcquire(many, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** One that has no grace with those that do not come back. */
  private DetachedProvider detached(ScriptedModel model) {
    return detached(model, Runnable::run);
  }

  private DetachedProvider detached(ScriptedModel model, Executor afterGrace) {
    return new DetachedProvider(model, model.definition(), turns, afterGrace);
  }

  private AnswerEvent next() throws InterruptedException {
    AnswerEvent next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private void assertFails(ModelFailure.Kind kind, String words) throws InterruptedException {
    ModelFailure failure = ((AnswerEvent.Failed) next()).failure();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).contains(words);
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
    await(asked, 1);

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
      ModelExchange exchange = provider.converse(request(), events::add);
      await(asked, 1);
      exchange.cancel();
    }

    provider.converse(request(), events::add);
    assertFails(ModelFailure.Kind.SERVER_ERROR, "hangs");

    never.countDown();
    List<AnswerEvent> answered = new ArrayList<>();
    while (answered.stream().noneMatch(AnswerEvent.Completed.class::isInstance)) {
      provider.converse(request(), events::add);
      answered.add(next());
    }
  }

  @Test
  void endsWhatWasGivenUpWhenItComesBackAtLast() {
    CountDownLatch ended = new CountDownLatch(1);
    ScriptedModel model = hanging("late", 1);
    model.cancelled.add(ended::countDown);
    ModelExchange exchange = detached(model).converse(request(), events::add);
    await(asked, 1);
    exchange.cancel();
    never.countDown();

    await(ended);
  }

  @Test
  void tellsWhatAProviderThrows() throws Exception {
    detached(ScriptedModel.free("broken")).converse(request(), events::add);

    assertFails(ModelFailure.Kind.SERVER_ERROR, "The provider failed: ");
  }

  @Test
  void countsThreadsThatStayBehindAfterTheLastEvent() throws Exception {
    ScriptedModel model = ScriptedModel.free("chatty");
    for (int i = 0; i < DetachedProvider.MOST_STUCK; i++) {
      model.does(
          (request, told) -> {
            told.accept(Exchange.failed(ModelFailure.Kind.OVERLOADED, "Later."));
            await(never);
          });
    }
    DetachedProvider provider = detached(model);
    for (int i = 0; i < DetachedProvider.MOST_STUCK; i++) {
      provider.converse(request(), events::add);
      assertFails(ModelFailure.Kind.OVERLOADED, "Later.");
    }

    provider.converse(request(), events::add);
    assertFails(ModelFailure.Kind.SERVER_ERROR, "hangs");
  }

  @Test
  void countsThreadsThatComeBackLateAndHangAgainInTheCancel() throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    Semaphore ending = new Semaphore(0);
    ScriptedModel model = ScriptedModel.free("late");
    for (int i = 0; i < DetachedProvider.MOST_STUCK; i++) {
      model.does(
          (request, told) -> {
            asked.release();
            await(back);
          });
    }
    model.cancelled.add(
        () -> {
          ending.release();
          await(never);
        });
    DetachedProvider provider = detached(model);
    for (int i = 0; i < DetachedProvider.MOST_STUCK; i++) {
      ModelExchange exchange = provider.converse(request(), events::add);
      await(asked, 1);
      exchange.cancel();
    }
    back.countDown();
    await(ending, DetachedProvider.MOST_STUCK);

    provider.converse(request(), events::add);
    assertFails(ModelFailure.Kind.SERVER_ERROR, "hangs");
  }

  @Test
  void doesNotCountWhatIsStoppedAndEndsWithinTheGrace() throws Exception {
    List<Runnable> graces = new ArrayList<>();
    Semaphore ending = new Semaphore(0);
    ScriptedModel model = ScriptedModel.free("good");
    model.cancelled.add(
        () -> {
          ending.release();
          await(never);
        });
    DetachedProvider provider = detached(model, collected(graces));
    for (int i = 0; i < DetachedProvider.MOST_STUCK; i++) {
      model.does((request, told) -> asked.release());
      ModelExchange exchange = provider.converse(request(), events::add);
      await(asked, 1);
      exchange.cancel();
    }
    await(ending, DetachedProvider.MOST_STUCK);
    model.says("Here I am.");

    provider.converse(request(), events::add);
    assertThat(next()).isInstanceOf(AnswerEvent.TextDelta.class);
    assertThat(next()).isInstanceOf(AnswerEvent.Completed.class);

    List.copyOf(graces).forEach(Runnable::run);
    provider.converse(request(), events::add);
    assertFails(ModelFailure.Kind.SERVER_ERROR, "hangs");
  }

  /** Runs nothing; from several threads. */
  private static Executor collected(List<Runnable> work) {
    return one -> {
      synchronized (work) {
        work.add(one);
      }
    };
  }

  @Test
  void sendsNothingOutThatWasStoppedBeforeItsThreadRan() throws Exception {
    List<Runnable> threads = new ArrayList<>();
    ScriptedModel model = ScriptedModel.free("spared").says("Too late.");
    new DetachedProvider(model, model.definition(), threads::add, Runnable::run)
        .converse(request(), events::add)
        .cancel();
    threads.forEach(Runnable::run);

    assertFails(ModelFailure.Kind.CANCELLED, "before it was asked");
    assertThat(model.asked).isEmpty();
  }

  @Test
  void waitsForNoneThatHasLeftWithoutSayingSo() throws Exception {
    List<Runnable> graces = new ArrayList<>();
    ScriptedModel model =
        ScriptedModel.free("leaving")
            .does((request, told) -> told.accept(new AnswerEvent.TextDelta("Half")));
    DetachedProvider provider = detached(model, collected(graces));
    provider.converse(request(), events::add);
    assertThat(next()).isEqualTo(new AnswerEvent.TextDelta("Half"));

    provider.leave();
    assertThat(events).isEmpty();
    List.copyOf(graces).forEach(Runnable::run);
    assertFails(ModelFailure.Kind.PROVIDER_LEFT, "has left");

    provider.converse(request(), events::add);
    assertFails(ModelFailure.Kind.PROVIDER_LEFT, "has left");
    assertThat(model.asked).hasSize(1);
  }

  @Test
  void tellsOneLastEventOfAProviderThatSaysItselfThatItLeaves() throws Exception {
    List<Runnable> graces = new ArrayList<>();
    ScriptedModel model =
        ScriptedModel.free("leaving")
            .fails(ModelFailure.of(ModelFailure.Kind.PROVIDER_LEFT, "Goodbye."), "");
    DetachedProvider provider = detached(model, collected(graces));
    provider.converse(request(), events::add);
    assertFails(ModelFailure.Kind.PROVIDER_LEFT, "Goodbye.");

    provider.leave();
    List.copyOf(graces).forEach(Runnable::run);
    assertThat(events).isEmpty();
  }
}
