package org.jarvis.connector.proxmox;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.detail.Aspect;

/** Notices which guests began to run, stopped or moved between two readings. Not thread-safe. */
final class GuestChanges {
  private final Map<GuestId, Guest> seen = new HashMap<>();

  /** What has to be read again, now that the cluster looks like this. */
  Set<Turn> since(LastReading now) {
    Set<Turn> changed = new LinkedHashSet<>();
    for (Guest guest : now.guests().values()) {
      Guest before = seen.put(guest.id(), guest);
      if (before != null
          && (before.status() != guest.status() || !before.node().equals(guest.node()))) {
        changed.add(new Turn(guest.ref(), Aspect.RUNTIME));
        changed.add(new Turn(guest.ref(), Aspect.AGENT));
      }
    }
    seen.keySet().retainAll(now.guests().keySet());
    return changed;
  }
}
