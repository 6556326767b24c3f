package org.jarvis.chat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.PreferenceStore;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.Aliases.Alias;
import org.jarvis.api.tool.ToolCatalogue;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the chat together while core and storage are there; providers of models come and go
 * meanwhile. Immediate, because turns that waited for a person go on though nobody looks.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = ChatService.PID)
@Designate(ocd = ChatService.Configuration.class)
public final class ChatService implements HealthContributor {
  static final String PID = "org.jarvis.chat";
  private static final Logger LOG = LoggerFactory.getLogger(ChatService.class);
  private static final int MOST_TURNS = 32;
  private static final int MOST_READS = 32;
  private static final long IDLE_SECONDS = 30;

  private volatile ChatSettings settings = ChatSettings.usual();
  private volatile List<String> complaints = List.of();
  private final Providers providers = new Providers();
  private final ExecutorService turns = pool("jarvis-chat", MOST_TURNS);
  private final ExecutorService reads = pool("jarvis-chat-reads", MOST_READS);
  private final ExecutorService looking = pool("jarvis-chat-looking", 1);
  private final AtomicBoolean due = new AtomicBoolean();
  private final EventStream events;
  private final TalkKeeper keeper;
  private final Map<String, String> waiting = TalkKeeper.nobodyWaits();
  private final ServiceTracker<ModelProvider, ModelProvider> tracker;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final AtomicBoolean rehearsed = new AtomicBoolean();
  private final LiveState.Subscription readings;
  private EventStream.@Nullable Subscription subscription;

  /**
   * What the configuration may hold. Read from the raw properties, to say exactly what is wrong.
   */
  @ObjectClassDefinition(name = "Chat", description = "What conversations with models may take.")
  @interface Configuration {
    /** {@value ChatSettings#CALLS}. */
    @AttributeDefinition(
        name = "Tools in a turn",
        description = "How many tools a model may ask for in one turn.",
        required = false)
    int turn_calls() default 40;

    /** {@value ChatSettings#TOKENS}. */
    @AttributeDefinition(
        name = "Tokens in a turn",
        description = "How many tokens questions and answers of one turn may have together.",
        required = false)
    int turn_tokens() default 400_000;

    /** {@value ChatSettings#MONEY}. */
    @AttributeDefinition(
        name = "Money in a turn",
        description = "What one turn may cost.",
        required = false)
    String turn_money() default "1.00";

    /** {@value ChatSettings#SECONDS}. */
    @AttributeDefinition(
        name = "Time of a turn",
        description =
            "How many seconds one turn may take; the time in which a person is awaited does not count.",
        required = false)
    int turn_seconds() default 600;

    /** {@value ChatSettings#DAILY}. */
    @AttributeDefinition(
        name = "Budget of a day",
        description = "What all models may cost in a day. Over it the built-in provider answers.",
        required = false)
    String budget_daily() default "5.00";

    /** {@value ChatSettings#MONTHLY}. */
    @AttributeDefinition(
        name = "Budget of a month",
        description = "What all models may cost in a month.",
        required = false)
    String budget_monthly() default "50.00";

    /** {@value ChatSettings#ANSWER}. */
    @AttributeDefinition(
        name = "Longest answer",
        description = "How many tokens one answer may have.",
        required = false)
    int answer_tokens() default 4_096;

    /** {@value ChatSettings#RECORD}. */
    @AttributeDefinition(
        name = "Keep what was said in the audit log",
        description =
            "Whether the audit log keeps the words that went to a model, and not only how many.",
        required = false)
    boolean audit_text() default false;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Aliases aliases;

  /** Begins, and takes up what an earlier life left. */
  @Activate
  public ChatService(
      BundleContext bundle,
      Map<String, Object> properties,
      @Reference ConversationStore store,
      @Reference PreferenceStore preferences,
      @Reference AuditLog audit,
      @Reference ActionGate gate,
      @Reference ToolCatalogue catalogue,
      @Reference LiveState state,
      @Reference Problems problems,
      @Reference EventStream events) {
    this.events = events;
    modified(properties);
    Clock clock = Clock.systemUTC();
    @Nullable String etc = bundle.getProperty("jarvis.etc");
    ContextBuilder context =
        new ContextBuilder(
            new Persona(Path.of(etc == null ? "etc" : etc, "chat")),
            new ClusterDigest(state, problems, gate, events, this::aliases, clock),
            new ToolChoice(catalogue));
    TurnParts parts =
        new TurnParts(
            providers::inOrder,
            context,
            new CallDesk(gate, catalogue, reads, clock),
            new Spending(store, clock, ZoneId.systemDefault()),
            new ModelLedger(audit, clock),
            () -> settings,
            waiting::put,
            clock);
    keeper = new TalkKeeper(store, preferences, parts, waiting, turns);
    tracker = new ProviderTracker(bundle, providers);
    tracker.open();
    looking.execute(this::begin);
    readings =
        state.subscribe(
            clusters -> {
              if (!clusters.isEmpty() && rehearsed.compareAndSet(false, true)) {
                looking.execute(() -> rehearse(context, clock));
              }
            });
    registrations.add(bundle.registerService(Conversations.class, keeper, null));
    registrations.add(bundle.registerService(HealthContributor.class, this, null));
  }

  private List<Alias> aliases() {
    Aliases present = aliases;
    return present == null ? List.of() : present.all();
  }

  /** Takes other limits over; turns that go on keep going. */
  @Modified
  void modified(Map<String, Object> properties) {
    List<String> wrong = new ArrayList<>();
    settings = ChatSettings.read(properties, wrong);
    complaints = List.copyOf(wrong);
    wrong.forEach(complaint -> LOG.warn("{}", complaint));
  }

  private static void rehearse(ContextBuilder context, Clock clock) {
    try {
      context.rehearse(clock.instant());
    } catch (RuntimeException failed) {
      LOG.debug("What a model is told cannot be made yet.", failed);
    }
  }

  private void begin() {
    try {
      keeper.resume();
    } catch (RuntimeException failed) {
      LOG.error("Conversations of before cannot be taken up.", failed);
    }
    follow();
  }

  private synchronized void follow() {
    if (turns.isShutdown()) {
      return;
    }
    subscription =
        events.subscribe(
            new EventStream.Listener() {
              @Override
              public void recorded(RecordedEvent event) {
                if (event.type().startsWith("action.") || event.type().startsWith("approval.")) {
                  lookSoon();
                }
              }

              @Override
              public void overrun() {
                follow();
                lookSoon();
              }
            });
  }

  private void lookSoon() {
    if (!waiting.isEmpty() && due.compareAndSet(false, true) && !looking.isShutdown()) {
      looking.execute(
          () -> {
            due.set(false);
            keeper.look();
          });
    }
  }

  @Override
  public ComponentHealth health() {
    List<Providers.Known> there = providers.inOrder();
    if (!complaints.isEmpty()) {
      return new ComponentHealth(
          "chat", ComponentHealth.Status.DEGRADED, String.join(" ", complaints));
    }
    return there.isEmpty()
        ? new ComponentHealth(
            "chat",
            ComponentHealth.Status.DEGRADED,
            "No provider of models is there, not even the built-in one. Start the bundle"
                + " org.jarvis.llm.offline.")
        : new ComponentHealth(
            "chat",
            ComponentHealth.Status.UP,
            there.get(0).definition().title() + " is asked first, of " + there.size() + ".");
  }

  @Deactivate
  synchronized void deactivate() {
    registrations.forEach(ServiceRegistration::unregister);
    readings.close();
    EventStream.Subscription open = subscription;
    if (open != null) {
      open.close();
    }
    keeper.end();
    turns.shutdown();
    reads.shutdown();
    looking.shutdown();
    try {
      // Turns that were stopped write down where they stand.
      if (!turns.awaitTermination(2, TimeUnit.SECONDS)) {
        turns.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    tracker.close();
  }

  /** At most so many threads of this name, which end when they have nothing to do. */
  static ExecutorService pool(String name, int most) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        most == 1 ? 1 : 0,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        most == 1 ? new LinkedBlockingQueue<>() : new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        name.endsWith("reads")
            // Also once it is shut down: a turn waits for what it gave away.
            ? (work, full) -> work.run()
            : new ThreadPoolExecutor.AbortPolicy());
  }

  /** Fills the list of providers as they come and go. */
  private static final class ProviderTracker extends ServiceTracker<ModelProvider, ModelProvider> {
    private final Providers providers;

    ProviderTracker(BundleContext bundle, Providers providers) {
      super(bundle, ModelProvider.class, null);
      this.providers = providers;
    }

    @Override
    public ModelProvider addingService(ServiceReference<ModelProvider> reference) {
      ModelProvider provider = super.addingService(reference);
      providers.add(reference, provider);
      return provider;
    }

    @Override
    public void removedService(ServiceReference<ModelProvider> reference, ModelProvider provider) {
      providers.remove(reference);
      super.removedService(reference, provider);
    }
  }
}
