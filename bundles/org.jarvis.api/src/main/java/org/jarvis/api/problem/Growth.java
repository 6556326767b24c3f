package org.jarvis.api.problem;

import java.time.Duration;
import java.util.Optional;
import org.jarvis.api.resource.Bytes;

/**
 * How fast what a storage, a disk or a pool holds grows, by the last days.
 *
 * @param state whether that is known
 * @param bytesADay how fast, negative where it shrinks; 0 where it is not known
 */
public record Growth(State state, double bytesADay) {
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  /** What is further off than this nobody can tell from a few days. */
  private static final Duration FOREVER = Duration.ofDays(3_650);

  /** Whether it is known. */
  public enum State {
    /** It is. */
    KNOWN("known"),
    /** Its course is too short to tell. */
    TOO_LITTLE("too-little"),
    /** It is being reckoned; whoever asks again in a moment is told. */
    ASKED("asked");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The name at the edges. */
    public String word() {
      return word;
    }
  }

  /** Refuses what is no number. */
  public Growth {
    if (!Double.isFinite(bytesADay)) {
      throw new IllegalArgumentException("A growth of " + bytesADay + " is none.");
    }
  }

  /** A growth that is known. */
  public static Growth of(double bytesADay) {
    return new Growth(State.KNOWN, bytesADay);
  }

  /** One that is not. */
  public static Growth unknown(State state) {
    return new Growth(state, 0);
  }

  /**
   * How long until it is full, if it goes on like this; empty where it does not grow, where it will
   * not be within ten years, or where nobody can tell.
   */
  public Optional<Duration> timeToFull(Bytes used, Bytes total) {
    if (state != State.KNOWN || bytesADay <= 0) {
      return Optional.empty();
    }
    double days = Math.max(0, (double) (total.value() - used.value())) / bytesADay;
    return days < FOREVER.toDays()
        ? Optional.of(Duration.ofSeconds((long) (days * SECONDS_A_DAY)))
        : Optional.empty();
  }
}
