package org.jarvis.tools.form;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.TaskState;

/**
 * Waits for an effect that comes after its task. A task of the high-availability manager ({@code
 * hastart}, {@code hastop}) only notes the wish and ends; the guest follows later.
 */
public final class EffectWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final String HIGH_AVAILABILITY = "ha";

  private final Clock clock;
  private final Pause pause;

  public EffectWatch(Clock clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** Waits for a while. */
  @FunctionalInterface
  public interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * Returns as soon as the guest is seen in the wanted state, at once where the task itself waited
   * for it, and at the latest when patience is over; whether the effect is there is the gate's to
   * judge.
   */
  public void await(
      TaskState task, Guest guest, Guest.Status wanted, Duration patience, ClusterReader reader) {
    if (!task.type().startsWith(HIGH_AVAILABILITY)) {
      return;
    }
    until(
        () -> isSeen(guest, wanted, reader),
        patience,
        "High availability was asked about "
            + Subject.label(guest)
            + "; what came of it was not seen.");
  }

  /**
   * Looks again and again.
   *
   * @param interrupted what to say when the waiting is interrupted
   * @return whether it was seen before patience was over
   */
  public boolean until(BooleanSupplier seen, Duration patience, String interrupted) {
    Instant deadline = clock.instant().plus(patience);
    while (!seen.getAsBoolean()) {
      if (!clock.instant().isBefore(deadline)) {
        return false;
      }
      try {
        pause.sleep(INTERVAL);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new JarvisException(ErrorCode.TIMED_OUT, interrupted, stop);
      }
    }
    return true;
  }

  private static boolean isSeen(Guest guest, Guest.Status wanted, ClusterReader reader) {
    return reader
        .guest(guest.id())
        .map(reading -> reading.guest().status() == wanted)
        // One that is gone does not come back; the gate says what is missing.
        .orElse(true);
  }
}
