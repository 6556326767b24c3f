package org.jarvis.core.problem;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.core.ServiceSlot;
import org.osgi.framework.Bundle;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the problems: looks after every change and every few seconds, on a thread of its
 * own, and registers the services. What can be configured is in {@link KindSettings}.
 *
 * <p>It registers its services by hand, since it uses what it is one of: the health of all parts;
 * {@code bnd.bnd} tells the resolver of them. It is immediate, because problems are found whether
 * or not anybody asks.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = KindSettings.PID)
public final class ProblemWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemWatch.class);
  private static final String STORAGE = "org.jarvis.persistence.";
  private static final String NO_STORAGE =
      "Nothing can be recorded: no storage is running. Look at the health of storage.";
  private static final Duration PACE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LAST_WORDS_SECONDS = 2;

  private final ServiceSlot<ProblemStore> problemStore = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<SettingStore> settingStore = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<AuditLog> auditLog = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<MetricStore> metricStore = new ServiceSlot<>(NO_STORAGE);
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(threads("jarvis-problems"));
  private final ExecutorService workers =
      Executors.newCachedThreadPool(threads("jarvis-detectors"));
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final ProblemEngine engine;
  private final LiveState.Subscription subscription;
  private final ServiceRegistration<?> problems;
  private final ServiceRegistration<?> situations;
  private final ServiceRegistration<?> health;

  /** Begins to watch. */
  @Activate
  public ProblemWatch(
      BundleContext bundles,
      Map<String, Object> configuration,
      @Reference LiveState state,
      @Reference EventStream events,
      @Reference ActionGate gate,
      @Reference PlanGate plans) {
    String data = bundles.getProperty("jarvis.data");
    engine =
        new ProblemEngine(
            new ProblemEngine.Parts(
                Clock.systemUTC(),
                state,
                events,
                gate,
                plans,
                problemStore,
                settingStore,
                auditLog,
                metricStore,
                Path.of(data == null ? "data" : data),
                workers,
                PATIENCE,
                () -> UUID.randomUUID().toString(),
                this::lookSoon));
    engine.configure(configuration);
    subscription = state.subscribe(clusters -> lookSoon());
    var unused =
        watcher.scheduleWithFixedDelay(
            this::look, PACE.toSeconds(), PACE.toSeconds(), TimeUnit.SECONDS);
    problems = bundles.registerService(Problems.class, engine.problems(), null);
    situations = bundles.registerService(Situations.class, engine::situation, null);
    health = bundles.registerService(HealthContributor.class, engine, null);
  }

  /** What is configured now counts from the next look on. */
  @Modified
  void modified(Map<String, Object> configuration) {
    engine.configure(configuration);
    lookSoon();
  }

  /** Ends to watch, once a look that is going on has written down what it found. */
  @Deactivate
  void stop() {
    problems.unregister();
    situations.unregister();
    health.unregister();
    subscription.close();
    watcher.shutdown();
    try {
      if (!watcher.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        watcher.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    engine.close();
    workers.shutdownNow();
  }

  /** Changes that come while it looks are looked at together. */
  private void lookSoon() {
    if (wanted.compareAndSet(false, true)) {
      try {
        watcher.execute(this::look);
      } catch (RejectedExecutionException leaving) {
        LOG.debug("Jarvis is ending; nobody looks any more.");
      }
    }
  }

  private void look() {
    wanted.set(false);
    try {
      engine.evaluate();
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn("The problems could not be looked at.", failure);
    }
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDetector(ServiceReference<ProblemDetector> reference, ProblemDetector service) {
    engine.detectors().add(service, provider(reference));
    lookSoon();
  }

  void unbindDetector(ProblemDetector service) {
    engine.detectors().remove(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindHealth(HealthContributor service) {
    engine.own().add(service);
  }

  void unbindHealth(HealthContributor service) {
    engine.own().remove(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindProblemStore(ServiceReference<ProblemStore> reference, ProblemStore service) {
    if (isStorage(reference)) {
      problemStore.fill(service);
      lookSoon();
    }
  }

  void unbindProblemStore(ProblemStore service) {
    problemStore.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSettingStore(ServiceReference<SettingStore> reference, SettingStore service) {
    if (isStorage(reference)) {
      settingStore.fill(service);
    }
  }

  void unbindSettingStore(SettingStore service) {
    settingStore.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindAuditLog(ServiceReference<AuditLog> reference, AuditLog service) {
    if (isStorage(reference)) {
      auditLog.fill(service);
    }
  }

  void unbindAuditLog(AuditLog service) {
    auditLog.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindMetricStore(ServiceReference<MetricStore> reference, MetricStore service) {
    if (isStorage(reference)) {
      metricStore.fill(service);
    }
  }

  void unbindMetricStore(MetricStore service) {
    metricStore.empty(service);
  }

  /** By name, whatever the ranking: what people said is no extension's to keep. */
  private static boolean isStorage(ServiceReference<?> reference) {
    return provider(reference).startsWith(STORAGE);
  }

  private static String provider(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? "a bundle that has left" : String.valueOf(bundle.getSymbolicName());
  }
}
