package org.jarvis.llm.anthropic;

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

/** A model behind {@code POST /v1/messages}. */
final class AnthropicModel implements ModelProvider, HealthContributor, AutoCloseable {
  private static final Map<String, String> HEADERS = Map.of("anthropic-version", "2023-06-01");

  private final ProviderSettings settings;
  private final MessagesRequest form;
  private final Credential credential;
  private final URI address;
  private final EventStreamClient client;
  private final LastOutcome outcome;

  /**
   * A model.
   *
   * @param settings where and what it is
   * @param thinkingTokens how much it may think before it answers; 0 for not at all
   * @param clock what dates in replies are compared with
   */
  AnthropicModel(ProviderSettings settings, int thinkingTokens, Clock clock) {
    this.settings = settings;
    this.form = new MessagesRequest(settings.definition(), thinkingTokens);
    this.credential = new Credential("x-api-key", "", settings.key());
    String path = settings.endpoint().base().getPath();
    this.address = settings.endpoint().resolve(path.endsWith("/v1") ? "/messages" : "/v1/messages");
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
        HEADERS,
        credential,
        json,
        request.limits().time(),
        new MessagesReader(request, settings.definition().model()),
        outcome.noting(events));
  }

  @Override
  public void close() {
    client.close();
  }
}
