package org.jarvis.llm.openai;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.provider.Credential;
import org.jarvis.api.llm.provider.EventStreamClient;
import org.jarvis.api.llm.provider.LastOutcome;
import org.jarvis.api.llm.provider.ProviderSettings;

/** A model behind {@code POST /v1/chat/completions}. */
final class OpenAiModel implements ModelProvider, HealthContributor, AutoCloseable {
  private static final String PATH = "/chat/completions";

  private final ProviderSettings settings;
  private final ChatRequest form;
  private final Credential credential;
  private final URI address;
  private final EventStreamClient client;
  private final LastOutcome outcome;

  /**
   * A model.
   *
   * @param settings where and what it is
   * @param limitField by what name the server knows the limit of an answer
   * @param clock what dates in replies are compared with
   */
  OpenAiModel(ProviderSettings settings, LimitField limitField, Clock clock) {
    this.settings = settings;
    this.form = new ChatRequest(settings.definition(), limitField);
    this.credential = new Credential("authorization", "Bearer ", settings.key());
    // Some servers have the API below another path, which is then given as it is.
    boolean bare = settings.endpoint().base().getPath().isEmpty();
    this.address = settings.endpoint().resolve(bare ? "/v1" + PATH : PATH);
    this.client =
        new EventStreamClient(
            "jarvis-model-" + settings.definition().id(), settings.patience(), clock);
    this.outcome = new LastOutcome(settings.definition());
  }

  @Override
  public ProviderDefinition definition() {
    return settings.definition();
  }

  @Override
  public ComponentHealth health() {
    return outcome.health();
  }

  @Override
  public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> events) {
    String json;
    try {
      json = form.json(request);
    } catch (IllegalArgumentException wrong) {
      return client.refuse(
          ModelFailure.of(Kind.INVALID_REQUEST, String.valueOf(wrong.getMessage())), events);
    }
    return client.post(
        address,
        Map.of(),
        credential,
        json,
        request.limits().time(),
        new ChunkReader(request, settings.definition().model()),
        outcome.noting(events));
  }

  @Override
  public void close() {
    client.close();
  }
}
