package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.ServiceReference;

/** Every wait in it ends when what is waited for happens; the deadlines are for failing only. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProvidersTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final BlockingQueue<AnswerEvent> events = new LinkedBlockingQueue<>();

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

  private static List<String> ids(Providers providers) {
    return providers.inOrder().stream().map(known -> known.definition().id()).toList();
  }

  @Test
  void asksTheHighestRankingFirst() {
    Providers providers = new Providers();
    providers.add(reference(1), ScriptedModel.free("low"));
    providers.add(reference(2), ScriptedModel.free("high"));

    assertThat(ids(providers)).containsExactly("high", "low");
  }

  @Test
  void endsWhatOneThatLeavesWasAsked() throws Exception {
    Providers providers = new Providers();
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
