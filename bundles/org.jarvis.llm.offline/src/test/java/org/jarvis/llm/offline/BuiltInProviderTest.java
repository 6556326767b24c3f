package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.testkit.llm.Heard;
import org.jarvis.testkit.llm.Questions;
import org.jarvis.testkit.resource.SampleCluster;
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

  /** A cluster that is read when the test says so. */
  private static final class Readings implements LiveState {
    final List<Listener> listeners = new CopyOnWriteArrayList<>();
    final Semaphore looked = new Semaphore(0);

    @Override
    public List<ClusterSnapshot> clusters() {
      looked.release();
      return SampleCluster.small().clusters();
    }

    @Override
    public Optional<ClusterSnapshot> cluster(ClusterId id) {
      return SampleCluster.small().cluster(id);
    }

    @Override
    public Subscription subscribe(Listener listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    void read(List<ClusterSnapshot> clusters) {
      listeners.forEach(listener -> listener.changed(clusters));
    }
  }

  @Test
  void rehearsesOnceWhenAClusterWasReadFirst() throws InterruptedException {
    Readings readings = new Readings();
    provider.setLive(readings);
    readings.read(List.of());
    assertThat(readings.looked.availablePermits()).isZero();

    readings.read(SampleCluster.small().clusters());
    assertThat(readings.looked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    readings.read(SampleCluster.small().clusters());
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);
    assertThat(heard.answer().text()).isNotBlank();
    assertThat(readings.looked.availablePermits()).as("for who asked alone").isEqualTo(1);
    provider.unsetLive(readings);
    assertThat(readings.listeners).isEmpty();
  }

  @Test
  void readsTheStateThatCameLast() {
    Readings former = new Readings();
    Readings present = new Readings();
    provider.setLive(former);
    provider.setLive(present);
    provider.unsetLive(former);

    assertThat(former.listeners).isEmpty();
    assertThat(present.listeners).hasSize(1);
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);
    assertThat(heard.answer().text()).isNotBlank();
    assertThat(present.looked.availablePermits()).isPositive();
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
