package org.jarvis.llm.offline;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.ProtectionLedger;
import org.jarvis.llm.offline.house.Sources;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The provider without a model. It is always there, needs no configuration, and ranks below every
 * other, so that a house without a key or a network has answers, too.
 *
 * <p>Public, because Declarative Services demands it; the package is not exported.
 */
@Component(service = ModelProvider.class, property = "service.ranking:Integer=-1000")
public final class BuiltInProvider implements ModelProvider {
  /** The name of what answers. */
  static final String MODEL = "grammar";

  /** It keeps nothing in mind, so nothing is too long for it. */
  private static final int CONTEXT = 1_000_000;

  private static final int OUTPUT = 16_000;
  private static final AtomicInteger THREADS = new AtomicInteger();

  private static final ProviderDefinition DEFINITION =
      new ProviderDefinition(
          "built-in",
          "Jarvis (built-in)",
          MODEL,
          "",
          false,
          new ModelCapabilities(CONTEXT, OUTPUT, true),
          PriceList.FREE);

  private final Clock clock;
  private final Set<BuiltInExchange> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "jarvis-built-in-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  private final AtomicBoolean rehearsed = new AtomicBoolean();
  private volatile @Nullable LiveState live;
  private volatile LiveState.@Nullable Subscription readings;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Problems problems;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ActionGate actions;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EventStream events;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable MetricStore metrics;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AuditLog audit;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable GuardrailSettings guardrails;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ProtectedResources protection;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ProtectionLedger ledger;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable OwnPlace place;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Aliases aliases;

  /** Answers by the clock of the machine. */
  @Activate
  public BuiltInProvider() {
    this(Clock.systemUTC());
  }

  BuiltInProvider(Clock clock) {
    this.clock = clock;
  }

  /** Answers from this, and rehearses once there is something to tell of. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLive(LiveState given) {
    stopReading();
    live = given;
    readings =
        given.subscribe(
            clusters -> {
              if (!clusters.isEmpty() && rehearsed.compareAndSet(false, true)) {
                rehearse();
              }
            });
  }

  /** Another may have come in its place. */
  void unsetLive(LiveState former) {
    if (former.equals(live)) {
      live = null;
      stopReading();
    }
  }

  private void stopReading() {
    LiveState.Subscription open = readings;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Answers what nobody asked: the first answer of a life loads the whole grammar, for which a
   * person would wait half a second.
   */
  private void rehearse() {
    converse(
        new ModelRequest(
            List.of(),
            List.of(new Turn.Said("How are things?")),
            List.of(),
            new RequestLimits(OUTPUT, Duration.ofSeconds(10))),
        event -> {
          // Nobody asked.
        });
  }

  @Override
  public ProviderDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ComponentHealth health() {
    return new ComponentHealth(
        "model " + DEFINITION.id(), ComponentHealth.Status.UP, "It answers by its grammar.");
  }

  @Override
  public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> consumer) {
    BuiltInExchange exchange =
        new BuiltInExchange(() -> Dialogue.answer(request, sources(), clock.instant()), consumer);
    open.add(exchange);
    Runnable work =
        () -> {
          try {
            exchange.run();
          } finally {
            open.remove(exchange);
          }
        };
    try {
      threads.execute(work);
    } catch (RejectedExecutionException leaving) {
      exchange.end(Kind.PROVIDER_LEFT);
      open.remove(exchange);
    }
    return exchange;
  }

  private Sources sources() {
    return new Sources(
        live,
        problems,
        actions,
        events,
        metrics,
        audit,
        guardrails,
        protection,
        ledger,
        place,
        aliases);
  }

  @Deactivate
  void leave() {
    stopReading();
    open.forEach(exchange -> exchange.end(Kind.PROVIDER_LEFT));
    threads.shutdown();
  }
}
