package org.jarvis.tools;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Obstacle;

/** What can stand against starting or stopping a guest, whichever of the two it is. */
final class GuestObstacles {
  /** The lock of a VM that was suspended to disk; starting it is what wakes it. */
  static final Set<String> HIBERNATED = Set.of("suspended");

  private GuestObstacles() {}

  /** What no guest can be started or stopped with. */
  static Optional<Obstacle> common(Guest guest) {
    return guest.template()
        ? Optional.of(
            new Obstacle(ErrorCode.CONFLICT, guest.label() + " is a template, which never runs."))
        : Optional.empty();
  }

  /** A lock on the guest, other than those that do not matter. */
  static Optional<Obstacle> lock(Guest guest, Set<String> harmless) {
    String lock = guest.lock();
    return lock == null || harmless.contains(lock)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                ErrorCode.LOCKED,
                guest.label()
                    + " is locked ("
                    + Words.said(lock)
                    + "). Wait until what holds it is done."));
  }

  /** Nobody can tell what the guest does. */
  static Obstacle unknown(Guest guest) {
    return new Obstacle(
        ErrorCode.UNREACHABLE,
        "Nobody can tell what "
            + guest.label()
            + " does: node "
            + guest.node()
            + " does not say. Bring the node back first.");
  }

  /** Whether the one target is there in this state. */
  static boolean isSeen(List<Resource> targets, Guest.Status wanted) {
    return targets.size() == 1 && targets.get(0) instanceof Guest guest && guest.status() == wanted;
  }
}
