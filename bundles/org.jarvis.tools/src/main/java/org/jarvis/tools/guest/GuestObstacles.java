package org.jarvis.tools.guest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** What can stand against starting or stopping a guest, whichever of the two it is. */
final class GuestObstacles {
  /** The lock of a VM that was suspended to disk; starting it is what wakes it. */
  static final Set<String> HIBERNATED = Set.of("suspended");

  private GuestObstacles() {}

  /** What no guest can be started or stopped with. */
  static Optional<Obstacle> common(Guest guest) {
    return guest.template()
        ? Optional.of(
            new Obstacle(
                ErrorCode.CONFLICT, Subject.label(guest) + " is a template, which never runs."))
        : Optional.empty();
  }

  /**
   * What stands against interrupting a guest.
   *
   * @param hard whether it is done from outside, so that the guest need not react
   * @param request what the guest would have to react to
   */
  static Optional<Obstacle> notRunning(Guest guest, boolean hard, String request) {
    return common(guest)
        .or(
            () ->
                switch (guest.status()) {
                  case RUNNING -> Optional.empty();
                  case STOPPED ->
                      Optional.of(
                          new Obstacle(
                              ErrorCode.NOT_RUNNING, Subject.label(guest) + " does not run."));
                  case PAUSED ->
                      hard
                          ? Optional.empty()
                          : Optional.of(
                              new Obstacle(
                                  ErrorCode.CONFLICT,
                                  Subject.label(guest)
                                      + " is suspended and cannot react to a "
                                      + request
                                      + ". Resume it first, or stop it hard."));
                  case UNKNOWN -> Optional.of(unknown(guest));
                })
        .or(() -> lock(guest, Set.of()));
  }

  /** A lock on the guest, other than those that do not matter. */
  static Optional<Obstacle> lock(Guest guest, Set<String> harmless) {
    String lock = guest.lock();
    return lock == null || harmless.contains(lock)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                ErrorCode.LOCKED,
                Subject.label(guest)
                    + " is locked ("
                    + Words.said(lock)
                    + "). Wait until what holds it is done."));
  }

  /** Nobody can tell what the guest does. */
  static Obstacle unknown(Guest guest) {
    return new Obstacle(
        ErrorCode.UNREACHABLE,
        "Nobody can tell what "
            + Subject.label(guest)
            + " does: node "
            + guest.node()
            + " does not say. Bring the node back first.");
  }

  /** Whether the one target is there in this state. */
  static boolean isSeen(List<Resource> targets, Guest.Status wanted) {
    return targets.size() == 1 && targets.get(0) instanceof Guest guest && guest.status() == wanted;
  }
}
