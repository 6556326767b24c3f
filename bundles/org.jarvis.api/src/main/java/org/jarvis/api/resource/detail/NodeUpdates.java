package org.jarvis.api.resource.detail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The updates that a node could install, as of its last refresh.
 *
 * @param packages by name
 */
public record NodeUpdates(List<Pack> packages) implements Detail {

  /**
   * One package.
   *
   * @param name its name
   * @param title what it is
   * @param installed the installed version, {@code null} when it would be new
   * @param available the version that could be installed
   * @param origin who made it, such as {@code Debian} or {@code Proxmox}
   */
  public record Pack(
      String name,
      @Nullable String title,
      @Nullable String installed,
      @Nullable String available,
      @Nullable String origin) {}

  /** Keeps the collections from changing. */
  public NodeUpdates {
    packages = List.copyOf(packages);
  }

  @Override
  public Aspect aspect() {
    return Aspect.UPDATES;
  }
}
