package org.jarvis.core.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jarvis.api.problem.Finding;
import org.jarvis.core.problem.Judgement.Standing;

/**
 * What was seen, but not yet for long enough. A time in which it could not be judged, or was
 * explained or planned, does not count. Guarded by whoever uses it.
 */
final class Waiting {
  private final Map<Finding.Identity, Pending> pending = new HashMap<>();
  private Instant now = Instant.MIN;
  private Duration elapsed = Duration.ZERO;

  /**
   * How long it waits.
   *
   * @param since since when, but for the time that does not count
   * @param inSilence whether it was seen only since its subject is silent
   */
  private record Pending(Instant since, boolean inSilence) {
    boolean counts(Sighting sighting) {
      return sighting.mayBegin()
          || (inSilence && !sighting.held() && sighting.standing() == Standing.SILENT);
    }
  }

  /** The next moment. */
  void at(Instant moment, Duration sinceTheLast) {
    now = moment;
    elapsed = sinceTheLast;
  }

  /** Since when it has been seen, now that it is seen again. */
  Instant since(Sighting sighting) {
    return pending
        .compute(
            sighting.identity(),
            (identity, before) -> {
              if (before == null) {
                return new Pending(now, sighting.standing() == Standing.SILENT);
              }
              return before.counts(sighting) ? before : standingStill(before);
            })
        .since();
  }

  /** Whether it may begin at this moment, if it has lasted for this long. */
  boolean isDue(Sighting sighting, Duration raiseAfter) {
    Pending waits = pending.get(sighting.identity());
    return waits != null && waits.counts(sighting) && !now.isBefore(waits.since().plus(raiseAfter));
  }

  /** It has been there since then at the latest. */
  void put(Finding.Identity identity, Instant since) {
    pending.merge(
        identity,
        new Pending(since, false),
        (one, other) -> one.since().isBefore(other.since()) ? one : other);
  }

  /** It waits no longer. */
  void remove(Finding.Identity identity) {
    pending.remove(identity);
  }

  /**
   * Forgets what is not seen any more.
   *
   * @param seen what is
   * @param hidden what nobody can see; it waits on
   */
  void keepOnly(Predicate<Finding.Identity> seen, Predicate<Finding.Identity> hidden) {
    pending.keySet().removeIf(identity -> !seen.test(identity) && !hidden.test(identity));
    pending.replaceAll((identity, waits) -> seen.test(identity) ? waits : standingStill(waits));
  }

  private Pending standingStill(Pending waits) {
    return new Pending(later(waits.since()), waits.inSilence());
  }

  /** A moment, later by the time that did not count. */
  Instant later(Instant since) {
    Instant later = since.plus(elapsed);
    return later.isBefore(now) ? later : now;
  }
}
