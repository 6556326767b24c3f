package org.jarvis.chat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
 * else's that does not: then its thread stays behind, named in the log once nobody waits for its
 * answer any more, and nobody waits for it. Where too many stay behind it is asked no more until
 * some return. Safe from any thread.
 */
final class DetachedProvider implements ModelProvider {
  private static final Logger LOG = LoggerFactory.getLogger(DetachedProvider.class);

  /** So many of its threads may stay behind. */
  static final int MOST_STUCK = 8;

  /** So long it may take to do at once what it has to do at once. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ModelProvider provider;
  private final ProviderDefinition definition;
  private final Executor threads;
  private final Executor afterGrace;
  private final AtomicInteger stuck = new AtomicInteger();

  /** The questions whose last event was not told, and that nobody has given up. */
  private final Set<Call> open = ConcurrentHashMap.newKeySet();

  private volatile boolean left;

  /**
   * The provider, which says that it is this.
   *
   * @param definition heard once, so that it is not asked for it again
   */
  DetachedProvider(ModelProvider provider, ProviderDefinition definition) {
    this(
        provider,
        definition,
        work -> {
          Thread thread = new Thread(work, "jarvis-asks-" + definition.id());
          thread.setDaemon(true);
          thread.start();
        },
        CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * One that is asked on these threads.
   *
   * @param afterGrace runs what it is given when the grace is over
   */
  DetachedProvider(
      ModelProvider provider,
      ProviderDefinition definition,
      Executor threads,
      Executor afterGrace) {
    this.provider = provider;
    this.definition = definition;
    this.threads = threads;
    this.afterGrace = afterGrace;
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
    open.add(call);
    if (left) {
      // Whoever looks through what is open may have done so before this one was.
      call.leave();
    } else {
      call.asking.begin();
    }
    return call;
  }

  /**
   * It is not there any more. What it was asked it has to end by itself, and soon; where it does
   * not, nobody waits for it.
   */
  void leave() {
    left = true;
    afterGrace.execute(() -> open.forEach(Call::leave));
  }

  /** A thread that goes to the provider. One that comes back late is counted until it does. */
  private final class Errand {
    private final Runnable work;
    private boolean away;
    private boolean due;
    private boolean late;

    Errand(Runnable work) {
      this.work = work;
    }

    void begin() {
      threads.execute(this::run);
    }

    private void run() {
      goes();
      try {
        work.run();
      } finally {
        comesBack();
      }
    }

    private synchronized void goes() {
      away = true;
      lookSoon();
    }

    /** Nothing keeps it any more: where it is away, it has to come back at once. */
    synchronized void isDue() {
      due = true;
      lookSoon();
    }

    private void lookSoon() {
      if (away && due) {
        afterGrace.execute(this::look);
      }
    }

    private synchronized void look() {
      if (away && !late) {
        late = true;
        LOG.warn(
            "The provider {} has not come back from a question, as it has to at once; its thread"
                + " stays behind ({} of at most {}). Its maker has to mend that.",
            definition.id(),
            stuck.incrementAndGet(),
            MOST_STUCK);
      }
    }

    private synchronized void comesBack() {
      away = false;
      if (late) {
        stuck.decrementAndGet();
        LOG.info("The provider {} came back from a question given up long ago.", definition.id());
      }
    }
  }

  /** One question, which may be given up while the provider still has the thread. */
  private final class Call implements ModelExchange {
    private final ModelRequest request;
    private final Consumer<AnswerEvent> events;
    private final Errand asking = new Errand(this::ask);
    private @Nullable ModelExchange begun;
    private boolean cancelled;
    private boolean told;

    Call(ModelRequest request, Consumer<AnswerEvent> events) {
      this.request = request;
      this.events = events;
    }

    private void ask() {
      if (isCancelled()) {
        tell(Exchange.failed(ModelFailure.Kind.CANCELLED, "It was stopped before it was asked."));
        return;
      }
      try {
        ModelExchange exchange = provider.converse(request, this::tell);
        if (isUnwanted(exchange)) {
          end(exchange);
        }
      } catch (RuntimeException | LinkageError broken) {
        // A provider of somebody else's; what it throws is no reason to leave the person without.
        tell(
            Exchange.failed(
                ModelFailure.Kind.SERVER_ERROR, "The provider failed: " + broken.getMessage()));
      }
    }

    private synchronized boolean isCancelled() {
      return cancelled;
    }

    /** Keeps what was begun; whether it was given up meanwhile. */
    private synchronized boolean isUnwanted(ModelExchange exchange) {
      begun = exchange;
      return cancelled;
    }

    /** Passes on what it says, up to its last event. */
    private void tell(AnswerEvent event) {
      boolean last = event instanceof AnswerEvent.Completed || event instanceof AnswerEvent.Failed;
      synchronized (this) {
        if (told) {
          return;
        }
        told = last;
      }
      if (last) {
        isOver();
      }
      events.accept(event);
    }

    private void isOver() {
      open.remove(this);
      asking.isDue();
    }

    /** The provider has left, and should have said so itself. */
    void leave() {
      tell(Exchange.failed(ModelFailure.Kind.PROVIDER_LEFT, "The provider has left."));
      cancel();
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
      }
      isOver();
      if (exchange != null) {
        Errand ending = new Errand(() -> end(exchange));
        ending.isDue();
        ending.begin();
      }
    }

    private void end(ModelExchange exchange) {
      try {
        exchange.cancel();
      } catch (RuntimeException | LinkageError broken) {
        LOG.warn("The provider {} cannot end an answer.", definition.id(), broken);
      }
    }
  }
}
