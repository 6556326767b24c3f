package org.jarvis.chat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider that is asked on threads of its own. It has to return at once and may be somebody
 * else's that does not: then its thread stays behind, named in the log, and nobody waits for it.
 * Where too many stay behind it is asked no more until some return. Safe from any thread.
 */
final class DetachedProvider implements ModelProvider {
  private static final Logger LOG = LoggerFactory.getLogger(DetachedProvider.class);

  /** So many of its threads may stay behind. */
  static final int MOST_STUCK = 8;

  private final ModelProvider provider;
  private final ProviderDefinition definition;
  private final AtomicInteger stuck = new AtomicInteger();

  /**
   * The provider, which says that it is this.
   *
   * @param definition heard once, so that it is not asked for it again
   */
  DetachedProvider(ModelProvider provider, ProviderDefinition definition) {
    this.provider = provider;
    this.definition = definition;
  }

  @Override
  public ProviderDefinition definition() {
    return definition;
  }

  @Override
  public ComponentHealth health() {
    return provider.health();
  }

  @Override
  public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> events) {
    if (stuck.get() >= MOST_STUCK) {
      events.accept(
          Exchange.failed(
              ModelFailure.Kind.SERVER_ERROR,
              "The provider hangs: " + MOST_STUCK + " questions to it never came back."));
      return () -> {};
    }
    Call call = new Call(request, events);
    begin(call::ask);
    return call;
  }

  private void begin(Runnable work) {
    Thread thread = new Thread(work, "jarvis-asks-" + definition.id());
    thread.setDaemon(true);
    thread.start();
  }

  /** One question, which may be given up while the provider still has the thread. */
  private final class Call implements ModelExchange {
    private final ModelRequest request;
    private final Consumer<AnswerEvent> events;
    private @Nullable ModelExchange begun;
    private boolean returned;
    private boolean cancelled;

    Call(ModelRequest request, Consumer<AnswerEvent> events) {
      this.request = request;
      this.events = events;
    }

    void ask() {
      ModelExchange exchange = null;
      try {
        exchange = provider.converse(request, events);
      } catch (RuntimeException | LinkageError broken) {
        // A provider of somebody else's; what it throws is no reason to leave the person without.
        events.accept(
            Exchange.failed(
                ModelFailure.Kind.SERVER_ERROR, "The provider failed: " + broken.getMessage()));
      } finally {
        if (comesBack(exchange)) {
          stuck.decrementAndGet();
          LOG.info("The provider {} came back from a question given up long ago.", definition.id());
          cancel(exchange);
        }
      }
    }

    /** Keeps what was begun; whether it was given up meanwhile. */
    private synchronized boolean comesBack(@Nullable ModelExchange exchange) {
      begun = exchange;
      returned = true;
      return cancelled;
    }

    /** Ends it, or gives it up. Returns at once, whatever the provider does. */
    @Override
    public void cancel() {
      ModelExchange exchange;
      synchronized (this) {
        if (cancelled) {
          return;
        }
        cancelled = true;
        exchange = begun;
        if (!returned) {
          LOG.warn(
              "The provider {} has not come back from a question, as it has to at once; its thread"
                  + " stays behind ({} of at most {}). Its maker has to mend that.",
              definition.id(),
              stuck.incrementAndGet(),
              MOST_STUCK);
        }
      }
      if (exchange != null) {
        stuck.incrementAndGet();
        begin(
            () -> {
              try {
                cancel(exchange);
              } finally {
                stuck.decrementAndGet();
              }
            });
      }
    }

    private void cancel(@Nullable ModelExchange exchange) {
      if (exchange == null) {
        return;
      }
      try {
        exchange.cancel();
      } catch (RuntimeException | LinkageError broken) {
        LOG.warn("The provider {} cannot end an answer.", definition.id(), broken);
      }
    }
  }
}
