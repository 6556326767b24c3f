package org.jarvis.connector.proxmox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.TurnLine.State;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. All that can be read takes part, each as often as its rhythm wishes; where that
 * is more than the allowance, everything is read less often: first what there is as much of as
 * there are guests. What somebody looks at comes first, but for one turn in five. Not thread-safe.
 */
final class Rotation {
  private static final Duration ATTENTION = Duration.ofMinutes(1);

  /** How much of the allowance goes at most to what does not grow with the guests. */
  private static final double SHARE_OF_FEW = 0.7;

  private static final int TURNS_FOR_OTHERS = 5;
  private static final int ATTENDED_LIMIT = 500;
  private static final Duration REST = Duration.ofMinutes(30);

  /** So that what fails however often it is released costs little more than its rests allow. */
  private static final Duration BETWEEN_RELEASES = Duration.ofMinutes(5);

  private final double allowed;
  private final Map<Aspect, TurnLine> lines = new EnumMap<>(Aspect.class);
  private final Set<Turn> demanded = new LinkedHashSet<>();
  private final Map<ResourceRef, Instant> attendedUntil = new HashMap<>();
  private double stretchOfFew = 1;
  private double stretchOfGuests = 1;
  private int turns;

  /**
   * An empty rotation.
   *
   * @param allowed how many requests a minute it may take
   */
  Rotation(double allowed) {
    this.allowed = allowed;
    for (Aspect aspect : Aspect.values()) {
      lines.put(aspect, new TurnLine());
    }
  }

  private TurnLine line(Turn turn) {
    return Objects.requireNonNull(lines.get(turn.aspect()));
  }

  /**
   * Exactly these take part from now on.
   *
   * @param gone told of each that does not any more, and had been read
   */
  void takePart(Set<Turn> turnsNow, Instant now, Consumer<Turn> gone) {
    for (TurnLine line : lines.values()) {
      line.removeIf(
          entry -> {
            boolean leaves = !turnsNow.contains(entry.getKey());
            if (leaves) {
              demanded.remove(entry.getKey());
              if (entry.getValue().wasRead) {
                gone.accept(entry.getKey());
              }
            }
            return leaves;
          });
    }
    double few = 0;
    double guests = 0;
    for (Turn turn : turnsNow) {
      line(turn).add(turn, now);
      double demand = Rhythm.of(turn.aspect()).demand();
      if (Rhythm.growsWithGuests(turn.aspect())) {
        guests += demand;
      } else {
        few += demand;
      }
    }
    stretchOfFew = Math.max(1, few / (allowed * SHARE_OF_FEW));
    stretchOfGuests = Math.max(1, guests / (allowed - few / stretchOfFew));
  }

  /** How often an aspect is read: as its rhythm wishes, or as often as the allowance lets it. */
  Duration interval(Aspect aspect) {
    return Duration.ofMillis((long) intervalMillis(aspect));
  }

  private double intervalMillis(Aspect aspect) {
    double stretch = Rhythm.growsWithGuests(aspect) ? stretchOfGuests : stretchOfFew;
    return Rhythm.of(aspect).wished().toMillis() * stretch;
  }

  /** Somebody looks at these. */
  void attend(Collection<ResourceRef> resources, Instant now) {
    attendedUntil.values().removeIf(until -> until.isBefore(now));
    for (ResourceRef resource : resources) {
      if (attendedUntil.size() < ATTENDED_LIMIT || attendedUntil.containsKey(resource)) {
        attendedUntil.put(resource, now.plus(ATTENTION));
      }
    }
  }

  /** Something happened to it: it is read as soon as possible. */
  void demand(Turn turn) {
    State state = line(turn).find(turn);
    if (state != null) {
      demanded.add(turn);
      state.demanded = true;
      state.notBefore = Instant.MIN;
    }
  }

  /** So it is with all of these. */
  void demand(Predicate<Turn> which) {
    for (TurnLine line : lines.values()) {
      line.forEach(
          (turn, state) -> {
            if (which.test(turn)) {
              demand(turn);
            }
          });
    }
  }

  /** Whether it takes part. */
  boolean has(Turn turn) {
    return line(turn).find(turn) != null;
  }

  /**
   * Whose turn it is.
   *
   * @param possible whether one can be read at this moment
   */
  Optional<Turn> next(Instant now, Predicate<Turn> possible) {
    boolean others = turns % TURNS_FOR_OTHERS == TURNS_FOR_OTHERS - 1;
    Choice choice = new Choice(now, others, possible);
    demanded.forEach(choice::offer);
    if (!others) {
      offerAttended(choice);
    }
    for (TurnLine line : lines.values()) {
      line.first(entry -> choice.allows(entry.getKey(), entry.getValue()))
          .forEach(entry -> choice.offer(entry.getKey(), entry.getValue()));
    }
    return Optional.ofNullable(choice.best);
  }

  private void offerAttended(Choice choice) {
    for (ResourceRef resource : attendedUntil.keySet()) {
      for (Aspect aspect : Aspect.of(resource.kind())) {
        choice.offer(new Turn(resource, aspect));
      }
    }
  }

  /** The best of those that are offered. */
  private final class Choice {
    private final Instant now;
    private final boolean others;
    private final Predicate<Turn> possible;
    private double bestScore;
    private @Nullable Turn best;

    Choice(Instant now, boolean others, Predicate<Turn> possible) {
      this.now = now;
      this.others = others;
      this.possible = possible;
    }

    boolean allows(Turn turn, State state) {
      return state.isFree(now) && possible.test(turn);
    }

    void offer(Turn turn) {
      State state = line(turn).find(turn);
      if (state != null && state.isFree(now)) {
        offer(turn, state);
      }
    }

    void offer(Turn turn, State state) {
      double score = score(turn, state, now, others);
      if (score >= 1 && score > bestScore && possible.test(turn)) {
        best = turn;
        bestScore = score;
      }
    }
  }

  /** It is under way. */
  void begin(Turn turn) {
    turns++;
    demanded.remove(turn);
    State state = line(turn).find(turn);
    if (state != null) {
      state.underWay = true;
      state.demanded = false;
    }
  }

  /** How overdue it is, in its own intervals; what comes before others has much more. */
  private double score(Turn turn, State state, Instant now, boolean others) {
    Rhythm rhythm = Rhythm.of(turn.aspect());
    double interval = intervalMillis(turn.aspect());
    Instant last = state.last;
    // What was never read is due, and the sooner the more often it is wished.
    double overdue =
        last == null
            ? 1 + millis(state.since, now) / interval + eagerness(turn.aspect())
            : millis(last, now) / interval;
    if (others) {
      return state.demanded ? Math.max(1, overdue) : overdue;
    }
    if (state.demanded) {
      return 2_000_000 + overdue;
    }
    Instant until = attendedUntil.get(turn.resource());
    if (until != null && now.isBefore(until)) {
      double attended =
          last == null ? 1 : millis(last, now) / (double) rhythm.attended().toMillis();
      if (attended >= 1) {
        return 1_000_000 + overdue;
      }
    }
    return overdue;
  }

  /**
   * Among those never read, who comes first: what others depend on, then what is shown most. Little
   * enough to hold up nobody who is overdue.
   */
  private static double eagerness(Aspect aspect) {
    return switch (aspect) {
      case PRIVILEGES -> 0.19;
      case SYSTEM -> 0.18;
      case HIGH_AVAILABILITY -> 0.17;
      case BACKUP_JOBS -> 0.16;
      case CONTENT -> 0.15;
      case CONFIGURATION -> 0.14;
      case AGENT -> 0.13;
      case RUNTIME -> 0.12;
      case ZFS, DISKS -> 0.11;
      case CONNECTION, TASKS, LOG, CEPH, SERVICES, UPDATES, CERTIFICATES, REPLICATION, SNAPSHOTS ->
          0.1;
      case TEMPERATURES -> 0;
    };
  }

  private static double millis(Instant from, Instant to) {
    return to.toEpochMilli() - from.toEpochMilli();
  }

  /** It was read, in its turn or on demand. */
  void read(Turn turn, Instant at) {
    State state = line(turn).find(turn);
    if (state != null) {
      line(turn).wentAt(turn, at);
      state.wasRead = true;
      state.underWay = false;
      state.notBefore = Instant.MIN;
      state.failure = null;
      state.notReleasedBefore = Instant.MIN;
    }
  }

  /**
   * It could not be read.
   *
   * @param code why
   * @param rest how long to leave it alone
   */
  void failed(Turn turn, Instant at, ErrorCode code, Duration rest) {
    State state = line(turn).find(turn);
    if (state != null) {
      line(turn).wentAt(turn, at);
      state.underWay = false;
      state.notBefore = at.plus(rest);
      state.failure = code;
    }
  }

  /**
   * What these failed for may have passed: they are due as if they had never been read. One that
   * fails again is released again only after some minutes.
   *
   * @param which by turn and what it failed with
   */
  void release(Instant now, BiPredicate<Turn, ErrorCode> which) {
    for (TurnLine line : lines.values()) {
      List<Turn> released = new ArrayList<>();
      line.forEach(
          (turn, state) -> {
            ErrorCode failure = state.failure;
            if (failure != null
                && !now.isBefore(state.notReleasedBefore)
                && which.test(turn, failure)) {
              state.failure = null;
              state.notBefore = Instant.MIN;
              state.notReleasedBefore = now.plus(BETWEEN_RELEASES);
              released.add(turn);
            }
          });
      released.forEach(turn -> line.beginsAnew(turn, now));
    }
  }

  /** How long to leave alone what is not there or may not be read. */
  static Duration longRest() {
    return REST;
  }
}
