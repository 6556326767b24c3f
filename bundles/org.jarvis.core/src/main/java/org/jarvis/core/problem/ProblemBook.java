package org.jarvis.core.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.ProblemChanged.Change;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.text.InertText;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The problems that are open, and those that ended so lately that they may come back. Safe from any
 * thread: whoever changes several holds its monitor, and reading waits for nobody.
 */
final class ProblemBook {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemBook.class);

  /** How long one that ended comes back as itself. */
  static final Duration RETURNS_WITHIN = Duration.ofMinutes(10);

  /** How many of those that ended are looked through for silences, at start. */
  private static final int LOOKED_THROUGH = 10_000;

  private static final Comparator<Problem> WORST_FIRST =
      Comparator.comparing(Problem::severity)
          .reversed()
          .thenComparing(Problem::since)
          .thenComparing(Problem::id);

  private final Clock clock;
  private final ServiceSlot<ProblemStore> store;
  private final ProblemLedger ledger;
  private final Map<Finding.Identity, Problem> open = new LinkedHashMap<>();
  private final Map<Finding.Identity, Problem> ended = new HashMap<>();
  private final Map<Life, Problem.Silence> silences = new HashMap<>();
  private @Nullable ProblemStore loaded;

  private volatile List<Problem> shown = List.of();
  private volatile Set<Finding.Identity> present = Set.of();
  private volatile Set<Finding.Identity> counted = Set.of();

  /** A problem in one life of its resource. */
  private record Life(Finding.Identity identity, @Nullable Incarnation life) {}

  ProblemBook(Clock clock, ServiceSlot<ProblemStore> store, ProblemLedger ledger) {
    this.clock = clock;
    this.store = store;
    this.ledger = ledger;
  }

  /** The open ones, the worst first. */
  List<Problem> open() {
    return shown;
  }

  /** Whether it is open, for itself or as one of many. */
  boolean isOpen(Finding.Identity identity) {
    return present.contains(identity) || counted.contains(identity);
  }

  /** Those that ended last, newest first. */
  List<Problem> resolved(int limit) {
    List<Problem> waiting;
    synchronized (this) {
      waiting = ledger.waitingResolved();
    }
    Map<String, Problem> all = new LinkedHashMap<>();
    store
        .get()
        .map(present -> present.resolved(limit))
        .orElse(List.of())
        .forEach(
            kept -> ProblemDocument.read(kept).ifPresent(problem -> all.put(kept.id(), problem)));
    waiting.forEach(problem -> all.put(problem.id(), problem));
    return all.values().stream()
        .filter(problem -> !problem.isOpen())
        .sorted(Comparator.comparing(ProblemBook::endOf).reversed())
        .limit(limit)
        .toList();
  }

  private static Instant endOf(Problem problem) {
    return problem.resolvedAt() == null ? Instant.MAX : problem.resolvedAt();
  }

  /** One problem, open or ended. */
  Optional<Problem> find(String id) {
    synchronized (this) {
      for (Collection<Problem> some : List.of(open.values(), ended.values())) {
        for (Problem problem : some) {
          if (problem.id().equals(id)) {
            return Optional.of(problem);
          }
        }
      }
      Optional<Problem> waiting = ledger.waiting(id);
      if (waiting.isPresent()) {
        return waiting;
      }
    }
    return store.get().flatMap(present -> present.find(id)).flatMap(ProblemDocument::read);
  }

  /**
   * Changes what people said of a problem, and writes that down before it counts.
   *
   * @throws JarvisException with {@code NOT_FOUND} or {@code STORAGE_UNAVAILABLE}
   */
  synchronized Problem change(String id, UnaryOperator<Problem> how, Change change) {
    Problem next = how.apply(require(id));
    ledger.writeNow(next, change);
    take(next);
    return next;
  }

  /**
   * The same, of what has happened already and cannot be refused: it is written down when it can.
   */
  synchronized Problem note(String id, UnaryOperator<Problem> how, Change change) {
    Problem next = how.apply(require(id));
    ledger.add(next, change);
    take(next);
    ledger.flush();
    return next;
  }

  /** One problem, or an error that says that there is none. */
  Problem require(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND, "There is no problem " + InertText.line(id, 64) + "."));
  }

  private void take(Problem next) {
    Finding.Identity identity = next.identity();
    open.computeIfPresent(identity, (key, now) -> now.id().equals(next.id()) ? next : now);
    ended.computeIfPresent(identity, (key, now) -> now.id().equals(next.id()) ? next : now);
    Life life = new Life(identity, next.life());
    if (next.silence() == null) {
      silences.remove(life);
    } else {
      silences.put(life, next.silence());
    }
    show();
  }

  // What follows is called with the monitor held.

  /** The open ones, by what they are. */
  Map<Finding.Identity, Problem> byIdentity() {
    return open;
  }

  /** Opens one, or puts a newer value in its place; {@code null} for no word of it. */
  void put(Problem problem, @Nullable Change change) {
    open.put(problem.identity(), problem);
    ended.remove(problem.identity());
    if (change != null) {
      ledger.add(problem, change);
    }
  }

  /** Ends one. */
  Problem end(Problem problem, Instant now, String how) {
    Problem last = Revision.resolved(problem, now, how);
    open.remove(problem.identity());
    ended.put(problem.identity(), last);
    ledger.add(last, Change.RESOLVED);
    return last;
  }

  /** The one that ended lately and comes back with this. */
  Optional<Problem> lately(Sighting seen, Instant now) {
    return Optional.ofNullable(ended.get(seen.identity()))
        .filter(former -> now.isBefore(endOf(former).plus(RETURNS_WITHIN)))
        .filter(former -> sameLife(former.life(), seen.life()));
  }

  /** The silence that holds for it. */
  Problem.@Nullable Silence silence(Sighting seen, Instant now) {
    Problem.Silence silence = silences.get(new Life(seen.identity(), seen.life()));
    return silence != null && now.isBefore(silence.until()) ? silence : null;
  }

  /** Whether both are of one life, as far as that is known. */
  static boolean sameLife(@Nullable Incarnation one, @Nullable Incarnation other) {
    return one == null || other == null || one.equals(other);
  }

  /** Those that are counted in one of many. */
  void count(Set<Finding.Identity> identities) {
    counted = Set.copyOf(identities);
  }

  /** Writes down what changed, forgets what is long over, and shows what is left. */
  void close(Instant now) {
    ended.values().removeIf(former -> !now.isBefore(endOf(former).plus(RETURNS_WITHIN)));
    silences.values().removeIf(silence -> !now.isBefore(silence.until()));
    show();
    ledger.flush();
  }

  private void show() {
    present = Set.copyOf(open.keySet());
    shown = open.values().stream().sorted(WORST_FIRST).toList();
  }

  /**
   * Takes over what a storage that has come keeps, unless that is done. What is open there and here
   * is one: its beginning, and what people said of it, are the kept one's.
   *
   * @return whether what was kept is known
   */
  boolean load() {
    ProblemStore there = store.get().orElse(null);
    if (there == null || there == loaded) {
      return loaded != null;
    }
    try {
      List<Problem> kept = read(there.open());
      List<Problem> over = read(there.resolved(LOOKED_THROUGH));
      Instant now = clock.instant();
      kept.forEach(this::merge);
      for (Problem former : over) {
        if (former.isSilenced(now) && former.silence() != null) {
          silences.putIfAbsent(new Life(former.identity(), former.life()), former.silence());
        }
        if (!open.containsKey(former.identity())
            && now.isBefore(endOf(former).plus(RETURNS_WITHIN))) {
          ended.putIfAbsent(former.identity(), former);
        }
      }
      loaded = there;
      show();
    } catch (JarvisException unavailable) {
      LOG.debug("The problems are loaded later: {}", unavailable.getMessage());
    }
    return loaded != null;
  }

  /** Whether what was kept is known. */
  synchronized boolean isLoaded() {
    return loaded != null;
  }

  private static List<Problem> read(List<ProblemStore.StoredProblem> kept) {
    List<Problem> problems = new ArrayList<>();
    kept.forEach(stored -> ProblemDocument.read(stored).ifPresent(problems::add));
    return problems;
  }

  private void merge(Problem kept) {
    if (ledger.waiting(kept.id()).isPresent()) {
      // What happened to it while there was no storage is newer.
      return;
    }
    Problem found = open.get(kept.identity());
    if (kept.silence() != null) {
      silences.put(new Life(kept.identity(), kept.life()), kept.silence());
    }
    if (found == null) {
      open.put(kept.identity(), kept);
    } else if (!found.id().equals(kept.id())) {
      if (sameLife(found.life(), kept.life())) {
        ledger.forget(found.id());
        Problem one = Revision.merged(found, kept);
        open.put(one.identity(), one);
        ledger.keep(one);
      } else {
        ledger.add(
            Revision.resolved(kept, clock.instant(), Reconciliation.REPLACED), Change.RESOLVED);
      }
    }
  }
}
