package org.jarvis.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/** A model that answers in turn what a test told it to, and remembers what it was asked. */
final class ScriptedModel implements ModelProvider {
  static final TokenUsage USAGE = new TokenUsage(1_000L, 0L, 0L, 100L);
  static final PriceList PRICES =
      new PriceList(
          "USD", new BigDecimal("1"), BigDecimal.ONE, BigDecimal.ONE, new BigDecimal("10"));

  final List<ModelRequest> asked = new CopyOnWriteArrayList<>();
  final List<Runnable> cancelled = new ArrayList<>();
  private final Deque<BiConsumer<ModelRequest, Consumer<AnswerEvent>>> script =
      new ConcurrentLinkedDeque<>();
  private final ProviderDefinition definition;

  private ScriptedModel(String id, String destination, boolean leaves, @Nullable PriceList prices) {
    definition =
        new ProviderDefinition(
            id,
            id,
            id + "-model",
            destination,
            leaves,
            new ModelCapabilities(100_000, 4_000, true),
            prices);
  }

  static ScriptedModel free(String id) {
    return new ScriptedModel(id, "", false, PriceList.FREE);
  }

  static ScriptedModel abroad(String id, @Nullable PriceList prices) {
    return new ScriptedModel(id, "models.example.org", true, prices);
  }

  ScriptedModel says(String words) {
    return answers(
        new Answer(
            List.of(new AnswerPart.Text(words)), StopReason.END, USAGE, definition.model(), null));
  }

  ScriptedModel calls(AnswerPart... parts) {
    return answers(
        new Answer(List.of(parts), StopReason.TOOL_CALLS, USAGE, definition.model(), null));
  }

  static AnswerPart.Call call(String id, String tool, Object... members) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      values.put((String) members[i], members[i + 1]);
    }
    return new AnswerPart.Call(id, tool, new Arguments(values));
  }

  ScriptedModel answers(Answer answer) {
    return does(
        (request, events) -> {
          if (!answer.text().isEmpty()) {
            events.accept(new AnswerEvent.TextDelta(answer.text()));
          }
          events.accept(new AnswerEvent.Completed(answer));
        });
  }

  ScriptedModel fails(ModelFailure failure, String wordsBefore) {
    return does(
        (request, events) -> {
          if (!wordsBefore.isEmpty()) {
            events.accept(new AnswerEvent.TextDelta(wordsBefore));
          }
          events.accept(new AnswerEvent.Failed(failure, TokenUsage.UNKNOWN));
        });
  }

  ScriptedModel does(BiConsumer<ModelRequest, Consumer<AnswerEvent>> step) {
    script.add(step);
    return this;
  }

  /** The outcomes that the last request told. */
  List<Turn.ToolOutcome> outcomes() {
    List<Turn> turns = asked.get(asked.size() - 1).turns();
    return ((Turn.Results) turns.get(turns.size() - 1)).outcomes();
  }

  @Override
  public ProviderDefinition definition() {
    return definition;
  }

  @Override
  public ComponentHealth health() {
    return new ComponentHealth(definition.id(), ComponentHealth.Status.UP, "");
  }

  @Override
  public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> events) {
    asked.add(request);
    BiConsumer<ModelRequest, Consumer<AnswerEvent>> step = script.poll();
    if (step == null) {
      throw new IllegalStateException(definition.id() + " was asked more than the test expects.");
    }
    step.accept(request, events);
    return () -> cancelled.forEach(Runnable::run);
  }
}
