package org.jarvis.gateway;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what each part says about itself. A contributor that fails, hangs or says too much harms
 * only its own line.
 */
@Component(service = HealthBoard.class)
public final class HealthBoard {
  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);
  private static final long PATIENCE_MILLIS = 500;
  private static final int MAX_NAME = 60;
  private static final int MAX_DETAIL = 300;

  private final Parts parts;
  private final ExecutorService askers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "jarvis-health");
            thread.setDaemon(true);
            return thread;
          });

  /** The last question to each contributor: one that still hangs is not asked again. */
  private final Map<HealthContributor, CompletableFuture<@Nullable ComponentHealth>> asked =
      new ConcurrentHashMap<>();

  /** A board that shows these parts. */
  @Activate
  public HealthBoard(@Reference Parts parts) {
    this.parts = parts;
  }

  @Deactivate
  void deactivate() {
    askers.shutdownNow();
  }

  /** How each part is; those that are missing too. */
  public List<ComponentHealth> components() {
    Map<String, ComponentHealth> board = new LinkedHashMap<>();
    for (Part<?> part : parts.all()) {
      boolean present = part.find().isPresent();
      worst(
          board,
          new ComponentHealth(
              part.name(),
              present ? ComponentHealth.Status.UP : ComponentHealth.Status.DOWN,
              present ? "It is there." : part.absence()));
    }
    asked.keySet().retainAll(parts.contributors());
    for (HealthContributor contributor : parts.contributors()) {
      worst(board, ask(contributor));
    }
    return List.copyOf(board.values());
  }

  /** Of several that speak for one part, the worst is shown; among equals the last one. */
  private static void worst(Map<String, ComponentHealth> board, ComponentHealth health) {
    board.merge(
        health.name(),
        health,
        (before, now) -> before.status().compareTo(now.status()) > 0 ? before : now);
  }

  /** Whether the first account is still to be made; no while nobody can tell. */
  public boolean setupRequired() {
    return parts
        .authenticator()
        .find()
        .map(authenticator -> authenticator.setupRequired())
        .orElse(false);
  }

  /** This build's version. */
  public String version() {
    return Optional.ofNullable(FrameworkUtil.getBundle(HealthBoard.class))
        .map(bundle -> bundle.getVersion())
        .map(v -> v.getMajor() + "." + v.getMinor() + "." + v.getMicro())
        .orElse("0.0.0");
  }

  /** When this process started. */
  public Instant startedAt() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  private ComponentHealth ask(HealthContributor contributor) {
    CompletableFuture<@Nullable ComponentHealth> answer =
        asked.compute(
            contributor,
            (key, last) ->
                last != null && !last.isDone()
                    ? last
                    : CompletableFuture.supplyAsync(() -> inert(contributor.health()), askers));
    String name = contributor.getClass().getName();
    try {
      ComponentHealth health = answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (health != null) {
        return health;
      }
      LOG.warn("{} does not say how it is.", name);
    } catch (ExecutionException failure) {
      LOG.warn("{} fails to say how it is.", name, failure.getCause());
    } catch (TimeoutException hanging) {
      LOG.warn("{} hangs when asked how it is.", name);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return new ComponentHealth(
        name, ComponentHealth.Status.DOWN, "It does not say how it is; the log has the details.");
  }

  /** What an extension says may be anything; one that says it wrongly has not said it. */
  private static @Nullable ComponentHealth inert(@Nullable ComponentHealth said) {
    return said == null
        ? null
        : new ComponentHealth(
            InertText.line(said.name(), MAX_NAME),
            Objects.requireNonNull(said.status()),
            InertText.line(said.detail(), MAX_DETAIL));
  }
}
