package org.jarvis.core.panel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.panel.Panels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One panel, which is foreign code, on a thread of its own: one that throws, hangs or answers
 * nonsense harms only itself. Keeps what it answered last at each place. Safe from any thread.
 */
final class PanelSeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PanelSeat.class);
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Panel panel;
  private final String provider;
  private final Clock clock;
  private final Duration patience;
  private final Function<PanelKey, Optional<PanelView>> views;
  private final ExecutorService thread;
  private final Map<PanelKey, Place> places = new LinkedHashMap<>();
  private final Map<PanelKey, CompletableFuture<Void>> waiting = new LinkedHashMap<>();
  private final Set<String> logged = new HashSet<>();
  private @Nullable PanelDefinition definition;
  private boolean speechless;
  private @Nullable Call running;

  /** What is known of what it shows at one place. */
  private static final class Place {
    private @Nullable PanelContent content;
    private @Nullable Instant at;
    private @Nullable String failure;
    private Instant askedAt = Instant.MIN;
    private Instant wantedAt = Instant.MIN;
  }

  /** A question that it has not come back from. */
  private static final class Call {
    private final PanelKey key;
    private final CompletableFuture<Void> done;
    private @Nullable Future<?> task;
    private @Nullable Instant startedAt;
    private boolean overdue;

    Call(PanelKey key, CompletableFuture<Void> done) {
      this.key = key;
      this.done = done;
    }
  }

  /**
   * A panel that has come. It is asked at once what it is, on its own thread.
   *
   * @param provider the symbolic name of the bundle that brought it
   * @param patience how long an answer may take
   * @param views what it sees at a place; empty where its resource is gone
   */
  PanelSeat(
      Panel panel,
      String provider,
      Clock clock,
      Duration patience,
      Function<PanelKey, Optional<PanelView>> views) {
    this.panel = panel;
    this.provider = provider;
    this.clock = clock;
    this.patience = patience;
    this.views = views;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread own = new Thread(task, "jarvis-panel-" + provider);
              own.setDaemon(true);
              return own;
            });
    thread.execute(this::define);
  }

  private void define() {
    PanelDefinition told = null;
    try {
      told = panel.definition();
    } catch (Throwable odd) { // Foreign code: an Error of its own is its failure, too.
      LOG.warn("A panel of {} cannot say what it is, and is left out.", provider, odd);
    }
    synchronized (this) {
      definition = told;
      speechless = told == null;
    }
  }

  /** Whether this is the seat of that service. */
  boolean holds(Panel service) {
    return panel == service;
  }

  /** The symbolic name of the bundle that brought it. */
  String provider() {
    return provider;
  }

  /** What it is; empty while it has not said so. */
  synchronized Optional<PanelDefinition> definition() {
    return Optional.ofNullable(definition);
  }

  /**
   * Asks it about a place, where that is due.
   *
   * @return done when the answer, or its failure, is kept
   */
  synchronized CompletableFuture<Void> ask(PanelKey key) {
    lookAtTheClock();
    Instant now = clock.instant();
    Place place = places.computeIfAbsent(key, fresh -> new Place());
    place.wantedAt = now;
    if (definition == null || now.isBefore(nextAt(place, definition))) {
      return CompletableFuture.completedFuture(null);
    }
    Call call = running;
    if (call == null) {
      return begin(new Call(key, new CompletableFuture<>()));
    }
    if (call.overdue) {
      // It is asked nothing before it is back.
      if (place.failure == null) {
        place.failure = "It has not come back from an earlier question.";
      }
      return CompletableFuture.completedFuture(null);
    }
    return call.key.equals(key)
        ? call.done
        : waiting.computeIfAbsent(key, later -> new CompletableFuture<>());
  }

  private static Instant nextAt(Place place, PanelDefinition definition) {
    return place.askedAt.equals(Instant.MIN)
        ? Instant.MIN
        : place.askedAt.plus(definition.interval());
  }

  private CompletableFuture<Void> begin(Call call) {
    running = call;
    try {
      call.task = thread.submit(() -> run(call));
    } catch (RejectedExecutionException leaving) {
      running = null;
      call.done.complete(null);
    }
    return call.done;
  }

  private void run(Call call) {
    synchronized (this) {
      call.startedAt = clock.instant();
      place(call.key).askedAt = call.startedAt;
    }
    PanelContent content = null;
    String failure = null;
    try {
      Optional<PanelView> view = views.apply(call.key);
      if (view.isEmpty()) {
        failure = "There is no such resource any more.";
      } else {
        content = panel.content(view.get());
        failure = content == null ? "It answered nothing." : null;
      }
    } catch (Throwable odd) { // Foreign code: an Error of its own is its failure, too.
      failure = "It failed: " + odd.getClass().getSimpleName() + ".";
      tell("fails: " + odd.getClass().getName(), odd);
    }
    finish(call, content, failure);
  }

  private synchronized void finish(
      Call call, @Nullable PanelContent content, @Nullable String failure) {
    if (!call.overdue) {
      Place place = place(call.key);
      place.failure = failure;
      if (content != null) {
        place.content = content;
        place.at = clock.instant();
        forgetTheOldest();
      }
    }
    running = null;
    Iterator<Map.Entry<PanelKey, CompletableFuture<Void>>> next = waiting.entrySet().iterator();
    if (next.hasNext()) {
      Map.Entry<PanelKey, CompletableFuture<Void>> first = next.next();
      next.remove();
      var unused = begin(new Call(first.getKey(), first.getValue()));
    }
    call.done.complete(null);
  }

  /** Whoever walks through thousands of places has only the last of them kept. */
  private void forgetTheOldest() {
    List<Place> full = places.values().stream().filter(place -> place.content != null).toList();
    if (full.size() > Panels.MAX_SHOWN) {
      Place oldest = Collections.min(full, Comparator.comparing(place -> place.wantedAt));
      oldest.content = null;
      oldest.at = null;
    }
  }

  private Place place(PanelKey key) {
    return places.computeIfAbsent(key, fresh -> new Place());
  }

  /** Gives up what takes too long, and forgets what nobody wants any more. */
  private void lookAtTheClock() {
    Instant now = clock.instant();
    Call call = running;
    if (call != null
        && !call.overdue
        && call.startedAt != null
        && !now.isBefore(call.startedAt.plus(patience))) {
      call.overdue = true;
      String how = "takes longer than " + patience.toMillis() + " ms";
      place(call.key).failure = "It " + how + ".";
      tell(how, null);
      if (call.task != null) {
        call.task.cancel(true);
      }
      call.done.complete(null);
      waiting.values().forEach(later -> later.complete(null));
      waiting.clear();
    }
    PanelDefinition told = definition;
    if (told != null) {
      Duration kept = told.interval().compareTo(REMEMBERED) > 0 ? told.interval() : REMEMBERED;
      places.values().removeIf(place -> place.wantedAt.isBefore(now.minus(kept)));
    }
  }

  /** What it answered last at a place; empty where it was not asked. */
  synchronized Optional<PanelReading> latest(PanelKey key) {
    lookAtTheClock();
    Place place = places.get(key);
    return place == null || definition == null
        ? Optional.empty()
        : Optional.of(
            new PanelReading(key, place.content, place.at, definition.interval(), place.failure));
  }

  /** What is wrong with it, for everybody: no message of an exception; empty where nothing is. */
  synchronized Optional<String> trouble() {
    lookAtTheClock();
    if (speechless) {
      return Optional.of("A panel of " + provider + " does not say what it is.");
    }
    PanelDefinition told = definition;
    return told == null
        ? Optional.empty()
        : places.values().stream()
            .map(place -> place.failure)
            .filter(failure -> failure != null)
            .findFirst()
            .map(
                failure ->
                    "The panel "
                        + told.id()
                        + " of "
                        + provider
                        + " has no news: "
                        + failure
                        + " What it showed last is stale.");
  }

  /** Each kind of failure once: what fails at every question would fill the log. */
  private synchronized void tell(String how, @Nullable Throwable failure) {
    if (logged.add(how)) {
      LOG.warn(
          "The panel {} of {} {}; what it showed last stays, as stale.",
          definition == null ? "" : definition.id(),
          provider,
          how,
          failure);
    }
  }

  /** It leaves: what it is doing is interrupted, and nobody waits for it. */
  @Override
  public synchronized void close() {
    thread.shutdownNow();
    if (running != null) {
      running.done.complete(null);
    }
    waiting.values().forEach(later -> later.complete(null));
    waiting.clear();
  }
}
