package org.jarvis.connector.proxmox;

import java.util.Optional;
import java.util.TreeSet;
import org.jarvis.api.resource.detail.Privileges;

/**
 * One privilege on one path of Proxmox VE's access control.
 *
 * @param privilege such as {@code VM.Audit}
 * @param path such as {@code /vms/101}
 */
record Right(String privilege, String path) {
  /** Whether it is among these. */
  boolean heldIn(Privileges held) {
    return Rights.privilegesOn(path, held).contains(privilege);
  }

  /**
   * Where it is missing, if it has to be held on the path and on everything below that is named by
   * itself. Proxmox VE does not name the paths on which nothing is held.
   */
  Optional<Right> missingThroughout(Privileges held) {
    if (!heldIn(held)) {
      return Optional.of(this);
    }
    String below = path.equals("/") ? "/" : path + "/";
    return new TreeSet<>(held.byPath().keySet())
        .stream()
            .filter(named -> named.startsWith(below))
            .map(named -> new Right(privilege, named))
            .filter(right -> !right.heldIn(held))
            .findFirst();
  }

  @Override
  public String toString() {
    return privilege + " on " + path;
  }
}
