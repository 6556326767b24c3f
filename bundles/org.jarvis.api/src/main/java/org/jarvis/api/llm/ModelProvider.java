package org.jarvis.api.llm;

import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One language model at one place, as one configuration describes it.
 *
 * <p>Lifecycle: register an implementation as a service; it is used from then on, of several the
 * one with the highest {@code service.ranking} first. One that leaves ends its exchanges with
 * {@link ModelFailure.Kind#PROVIDER_LEFT}; what was said until then stays said.
 *
 * <p>Threading: called from any thread, also for several exchanges at once. {@link #converse}
 * returns at once and never waits for the network.
 *
 * <p>Trust: whatever a model says is hostile, its tool calls included. A provider only translates;
 * it decides nothing and runs nothing.
 */
@ConsumerType
public interface ModelProvider {
  /** What it is. The same answer for as long as the service is registered. */
  ProviderDefinition definition();

  /**
   * How it is, from memory: by what came of the last exchange. Anybody may read it, so it names no
   * address, no key and nothing that was said.
   */
  ComponentHealth health();

  /**
   * Asks the model, by exactly one exchange: a provider repeats nothing by itself, since who asks
   * knows better whether a person still waits. {@link ModelFailure} says whether and when repeating
   * makes sense.
   *
   * <p>The events come in their order and one at a time, on threads of the provider's; the last one
   * may also come on the thread that cancels. It is an {@link AnswerEvent.Completed} or an {@link
   * AnswerEvent.Failed}, exactly one of them, also after {@link ModelExchange#cancel}. A consumer
   * that blocks holds up the reading from the network and nothing else. One that throws ends the
   * exchange.
   *
   * @param request what is asked; whatever is wrong with it is told as a failure as well
   * @param events takes what comes
   */
  ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> events);
}
