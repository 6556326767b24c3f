package org.jarvis.core.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jarvis.api.event.Event.ProblemChanged.Change;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.problem.Judgement.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Makes problems of findings, moment by moment: what lasts long enough begins, what is gone for
 * long enough ends, and what cannot be judged stays as it is, its time standing still. Used by one
 * thread at a time.
 */
final class Reconciliation {
  /** How many may be open. */
  static final int MOST_OPEN = 2_000;

  static final String OVER = "It is over.";
  static final String UNWATCHED = "It is no longer watched.";
  static final String REPLACED = "It is gone: another guest has its number now.";
  static final String FEW = "So few are left that each is a problem of its own.";

  /** A detector's bundle that is replaced is away for a moment. */
  private static final Duration UNWATCHED_FOR = Duration.ofSeconds(60);

  private final ProblemBook book;
  private final KindSettings settings;
  private final Supplier<String> ids;
  private final Flapping flapping = new Flapping();
  private final Waiting waiting = new Waiting();
  private final Map<Finding.Identity, Instant> goneSince = new HashMap<>();
  private final Map<String, Instant> unwatchedSince = new HashMap<>();
  private final List<Problem> ended = new ArrayList<>();
  private @Nullable Instant last;
  private volatile boolean full;

  /** A problem came back, as an earlier life of Jarvis saw. */
  void cameBack(Finding.Identity identity, Instant at) {
    synchronized (book) {
      flapping.returned(identity, at);
    }
  }

  /** Whether what was found waits for want of room. */
  boolean isFull() {
    return full;
  }

  /**
   * @param ids makes the ids of new problems
   */
  Reconciliation(ProblemBook book, KindSettings settings, Supplier<String> ids) {
    this.book = book;
    this.settings = settings;
    this.ids = ids;
  }

  /**
   * Takes in what was found at one moment.
   *
   * @param kinds the kinds that are watched, by id
   * @param ending says of one that was found no more what shows that it is over
   * @return the problems that ended
   */
  List<Problem> run(
      Judgement judgement,
      Map<String, ProblemKind> kinds,
      List<Finding> findings,
      Function<Problem, String> ending) {
    synchronized (book) {
      book.load();
      ended.clear();
      full = false;
      Instant now = judgement.now();
      Duration elapsed = last == null ? Duration.ZERO : Duration.between(last, now);
      waiting.at(now, elapsed.isNegative() ? Duration.ZERO : elapsed);
      last = now;
      new Round(judgement, kinds, ending).take(findings);
      book.close(now);
      return List.copyOf(ended);
    }
  }

  /** One moment. */
  private final class Round {
    private final Judgement judgement;
    private final Map<String, ProblemKind> kinds;
    private final Function<Problem, String> ending;
    private final Instant now;

    Round(Judgement judgement, Map<String, ProblemKind> kinds, Function<Problem, String> ending) {
      this.judgement = judgement;
      this.kinds = kinds;
      this.ending = ending;
      this.now = judgement.now();
    }

    void take(List<Finding> findings) {
      endWhatCannotGoOn();
      List<Sighting> seen = new Sightings(judgement, kinds, book::isOpen).of(findings);
      Set<Finding.Identity> told = new HashSet<>();
      seen.forEach(sighting -> told.add(sighting.identity()));
      Set<Finding.Identity> inStorm = settleStorms(seen, told);
      seen.stream()
          .filter(sighting -> !inStorm.contains(sighting.identity()))
          .sorted(
              Comparator.<Sighting, Severity>comparing(one -> one.finding().severity()).reversed())
          .forEach(this::settle);
      List.copyOf(book.byIdentity().values()).stream()
          .filter(problem -> !told.contains(problem.identity()))
          .forEach(this::fade);
      waiting.keepOnly(told::contains, this::isHidden);
      goneSince.keySet().retainAll(book.byIdentity().keySet());
      flapping.forget(now);
    }

    private void endWhatCannotGoOn() {
      unwatchedSince.keySet().removeAll(kinds.keySet());
      for (Problem problem : List.copyOf(book.byIdentity().values())) {
        ProblemKind kind = kinds.get(problem.kind().id());
        if (kind == null) {
          Instant since = unwatchedSince.computeIfAbsent(problem.kind().id(), key -> now);
          if (!settings.isEnabled(problem.kind().id())
              || !now.isBefore(since.plus(UNWATCHED_FOR))) {
            end(problem, UNWATCHED);
          }
        } else if (judgement.of(problem.identity(), kind) == Standing.GONE) {
          end(problem, problem.name() + " is gone.");
        } else if (!ProblemBook.sameLife(
            problem.life(), Sightings.life(judgement, problem.subject()))) {
          end(problem, REPLACED);
          waiting.remove(problem.identity());
        }
      }
    }

    /** Settles those that are one, and answers which are counted in it. */
    private Set<Finding.Identity> settleStorms(List<Sighting> seen, Set<Finding.Identity> told) {
      Map<Finding.Identity, List<ResourceRef>> open = new LinkedHashMap<>();
      book.byIdentity()
          .forEach(
              (identity, problem) -> {
                if (StormRule.isStorm(identity)) {
                  open.put(identity, problem.affected());
                }
              });
      Set<Finding.Identity> counted = new HashSet<>();
      Set<Finding.Identity> inStorm = new HashSet<>();
      for (StormRule.Storm storm : StormRule.apply(seen, open, judgement)) {
        Sighting whole = storm.sighting();
        told.add(whole.identity());
        open.remove(whole.identity());
        storm.members().forEach(member -> count(member, whole.identity()));
        settle(whole);
        storm.members().forEach(member -> inStorm.add(member.identity()));
        if (book.byIdentity().containsKey(whole.identity())) {
          storm.members().forEach(member -> counted.add(member.identity()));
          storm.members().forEach(member -> absorb(member, whole));
        }
      }
      open.keySet().forEach(former -> splitUp(former, seen));
      book.count(counted);
      return inStorm;
    }

    /** One of many: its time counts on, and the many are as old as the oldest of them. */
    private void count(Sighting member, Finding.Identity storm) {
      Problem open = book.byIdentity().get(member.identity());
      waiting.put(storm, open == null ? waiting.since(member) : open.since());
    }

    private void absorb(Sighting member, Sighting whole) {
      Problem open = book.byIdentity().get(member.identity());
      if (open != null) {
        waiting.put(member.identity(), open.since());
        end(open, "It is counted in: " + whole.finding().summary() + ".");
      }
    }

    private void splitUp(Finding.Identity storm, List<Sighting> seen) {
      Problem open = book.byIdentity().get(storm);
      if (open != null
          && seen.stream()
              .anyMatch(one -> one.mayBegin() && StormRule.counts(one.finding(), storm))) {
        end(open, FEW);
      }
    }

    private void settle(Sighting sighting) {
      Problem open = book.byIdentity().get(sighting.identity());
      if (open != null) {
        seeAgain(open, sighting);
        return;
      }
      if (sighting.standing() == Standing.GONE) {
        return;
      }
      Instant since = waiting.since(sighting);
      if (waiting.isDue(sighting, settings.raiseAfter(sighting.kind()))) {
        begin(sighting, since);
      }
    }

    private void seeAgain(Problem open, Sighting sighting) {
      if (sighting.standing() == Standing.FROZEN) {
        standStill(sighting.identity());
        return;
      }
      goneSince.remove(sighting.identity());
      Problem next = Revision.seen(open, sighting, now);
      book.put(next, Revision.isNews(open, next) ? Change.CHANGED : null);
    }

    private void begin(Sighting sighting, Instant since) {
      if (book.byIdentity().size() >= MOST_OPEN) {
        full = true;
        return;
      }
      Problem former = book.lately(sighting, now).orElse(null);
      Problem begun;
      if (former == null) {
        begun =
            Revision.silenced(
                Revision.opened(ids.get(), sighting, since, now), book.silence(sighting, now));
      } else {
        begun = Revision.seen(Revision.returned(former), sighting, now);
        flapping.returned(sighting.identity(), now);
      }
      waiting.remove(sighting.identity());
      book.put(begun, Change.RAISED);
    }

    private void fade(Problem problem) {
      ProblemKind kind = kinds.get(problem.kind().id());
      if (kind == null || judgement.of(problem.identity(), kind) != Standing.JUDGED) {
        standStill(problem.identity());
        return;
      }
      Instant since = goneSince.computeIfAbsent(problem.identity(), key -> now);
      Duration clearAfter =
          flapping.clearAfter(problem.identity(), problem.returns(), settings.clearAfter(kind));
      if (!now.isBefore(since.plus(clearAfter))) {
        end(problem, ending.apply(problem));
      }
    }

    private void standStill(Finding.Identity identity) {
      goneSince.computeIfPresent(identity, (key, since) -> waiting.later(since));
    }

    private void end(Problem problem, String how) {
      ended.add(book.end(problem, now, how));
      goneSince.remove(problem.identity());
    }

    /** Whether nobody can see it at this moment. */
    private boolean isHidden(Finding.Identity identity) {
      ProblemKind kind = kinds.get(identity.kind());
      return kind != null && judgement.of(identity, kind) == Standing.FROZEN;
    }
  }
}
