package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.ServiceReference;

/** Every wait in it ends when what is waited for happens; the deadlines are for failing only. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProvidersTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch speaks = new CountDownLatch(1);
  private final CountDownLatch spoke = new CountDownLatch(1);
  private final BlockingQueue<AnswerEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void letGo() {
    speaks.countDown();
  }

  private static ServiceReference<?> reference(int rank) {
    return (ServiceReference<?>)
        Proxy.newProxyInstance(
            ServiceReference.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "compareTo" -> Integer.compare(rank, arguments[0].hashCode());
                  case "hashCode" -> rank;
                  case "equals" -> self == arguments[0];
                  case "getBundle" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** One that does not say what it is before the test wants it to. */
  private final class Thoughtful implements ModelProvider {
    private final ScriptedModel model = ScriptedModel.free("thoughtful");

    @Override
    public ProviderDefinition definition() {
      try {
        assertThat(speaks.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
      spoke.countDown();
      return model.definition();
    }

    @Override
    public ComponentHealth health() {
      return model.health();
    }

    @Override
    public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> told) {
      return model.converse(request, told);
    }
  }

  private static List<String> ids(Providers providers) {
    return providers.inOrder().stream().map(known -> known.definition().id()).toList();
  }

  @Test
  void asksTheHighestRankingFirst() {
    Providers providers = new Providers(LONG);
    providers.add(reference(1), ScriptedModel.free("low"));
    providers.add(reference(2), ScriptedModel.free("high"));

    assertThat(ids(providers)).containsExactly("high", "low");
  }

  @Test
  void goesOnWithoutOneThatDoesNotSayWhatItIsUntilItDoes() {
    Providers providers = new Providers(SHORT);
    providers.add(reference(1), new Thoughtful());
    assertThat(ids(providers)).isEmpty();

    speaks.countDown();
    while (ids(providers).isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(ids(providers)).containsExactly("thoughtful");
  }

  @Test
  void doesNotTakeUpOneThatLeftBeforeItSaidWhatItIs() throws Exception {
    Providers providers = new Providers(SHORT);
    ServiceReference<?> reference = reference(1);
    providers.add(reference, new Thoughtful());
    // Those of other tests, too, which are over or about to be.
    List<Thread> hearing =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("jarvis-hears-of-a-provider"))
            .toList();
    providers.remove(reference);
    speaks.countDown();
    for (Thread one : hearing) {
      one.join();
    }

    assertThat(spoke.getCount()).isZero();
    assertThat(ids(providers)).isEmpty();
  }

  @Test
  void doesNotTakeUpOneThatSaysNothing() {
    Providers providers = new Providers(LONG);
    providers.add(
        reference(1),
        (ModelProvider)
            Proxy.newProxyInstance(
                ModelProvider.class.getClassLoader(),
                new Class<?>[] {ModelProvider.class},
                (self, method, arguments) -> null));
    providers.add(reference(2), ScriptedModel.free("sound"));

    assertThat(ids(providers)).containsExactly("sound");
  }

  @Test
  void endsWhatOneThatLeavesWasAsked() throws Exception {
    Providers providers = new Providers(LONG);
    ServiceReference<?> reference = reference(1);
    providers.add(
        reference,
        ScriptedModel.free("silent")
            .does((request, told) -> told.accept(new AnswerEvent.TextDelta("Half"))));
    providers
        .inOrder()
        .get(0)
        .provider()
        .converse(
            new ModelRequest(
                List.of(),
                List.of(new Turn.Said("Hello?")),
                List.of(),
                new RequestLimits(100, LONG)),
            events::add);
    assertThat(events.take()).isEqualTo(new AnswerEvent.TextDelta("Half"));

    providers.remove(reference);

    assertThat(((AnswerEvent.Failed) events.take()).failure().kind())
        .isEqualTo(ModelFailure.Kind.PROVIDER_LEFT);
    assertThat(ids(providers)).isEmpty();
  }
}
