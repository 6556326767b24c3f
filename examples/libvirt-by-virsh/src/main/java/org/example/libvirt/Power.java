package org.example.libvirt;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jarvis.api.connector.PartialOperations;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.ErrorKind;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.TaskState;

/**
 * What can be done to a guest; everything else is refused. Handed to the core and published
 * nowhere. Nothing is asked for twice. Safe from any thread.
 */
final class Power extends PartialOperations {
  private static final long LOOK_MILLIS = 500;

  private final Machine machine;
  private final Virsh virsh;
  private final Tasks tasks;
  private final Runnable readAgain;

  /**
   * The operations of one machine.
   *
   * @param readAgain reads the machine, so that what was done is seen before an operation returns
   */
  Power(Machine machine, Virsh virsh, Tasks tasks, Runnable readAgain) {
    this.machine = machine;
    this.virsh = virsh;
    this.tasks = tasks;
    this.readAgain = readAgain;
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    Process start = virsh.begin("start", require(guest).toString());
    return follow("start", guest, follower, () -> virsh.failure(start));
  }

  /** By {@code virsh destroy}, which pulls the plug, and destroys nothing. */
  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    Process stop = virsh.begin("destroy", require(guest).toString());
    return follow("stop", guest, follower, () -> virsh.failure(stop));
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    UUID domain = require(guest);
    Process shutdown = virsh.begin("shutdown", domain.toString());
    return follow("shutdown", guest, follower, () -> awaitOff(shutdown, domain, patience));
  }

  /**
   * Off and on again: {@code virsh reboot} returns at once, and nobody could tell when it is done.
   */
  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    UUID domain = require(guest);
    if (!beforeSending(() -> machine.isPersistent(domain))) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          guest.label() + " is transient: once it is off, there is nothing left to be started.");
    }
    Process shutdown = virsh.begin("shutdown", domain.toString());
    return follow(
        "reboot",
        guest,
        follower,
        () -> {
          String failure = awaitOff(shutdown, domain, patience);
          return failure.isEmpty() ? startAgain(domain) : failure;
        });
  }

  private String startAgain(UUID domain) {
    try {
      return virsh.failure(virsh.begin("start", domain.toString()));
    } catch (JarvisException notSent) {
      if (notSent.code() != ErrorCode.NOT_SENT) {
        throw notSent;
      }
      // Not said as such any more: that it was shut down is an effect.
      return "It was shut down, but not started again: " + notSent.getMessage();
    }
  }

  private TaskState follow(String type, Guest guest, TaskFollower follower, Callable<String> work) {
    TaskState end = tasks.follow(type, guest.id(), follower, work);
    readAgain.run();
    return end;
  }

  /** libvirt says at once that the wish was passed on; the guest is off when it has heeded it. */
  private String awaitOff(Process shutdown, UUID domain, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String failure = virsh.failure(shutdown);
    while (failure.isEmpty()) {
      boolean late = System.nanoTime() - deadline > 0;
      try {
        if (!machine.isActive(domain)) {
          return "";
        }
        if (late) {
          return "It still runs after " + patience.toSeconds() + " s.";
        }
      } catch (JarvisException silent) {
        // It may answer again before patience is over.
        if (late || Thread.currentThread().isInterrupted()) {
          throw new JarvisException(ErrorCode.UNREACHABLE, silent.getMessage(), silent);
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return failure;
  }

  /** Read fresh, so that nothing is done to whoever has this number now. */
  private UUID require(Guest guest) {
    return beforeSending(() -> machine.domain(guest.id()))
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.VANISHED, guest.label() + " does not exist any more."));
  }

  /** What cannot be read before anything was sent has had no effect, whatever kept it. */
  private static <T> T beforeSending(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JarvisException silent) {
      if (silent.code().kind() == ErrorKind.USER) {
        throw silent;
      }
      throw new JarvisException(ErrorCode.NOT_SENT, silent.getMessage(), silent);
    }
  }
}
