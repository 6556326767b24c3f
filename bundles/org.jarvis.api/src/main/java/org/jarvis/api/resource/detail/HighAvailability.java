package org.jarvis.api.resource.detail;

import java.util.List;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * High availability of a cluster.
 *
 * @param quorate whether its own view has quorum
 * @param manager the node that manages it, {@code null} when idle
 * @param services what it manages
 */
public record HighAvailability(
    @Nullable Boolean quorate, @Nullable String manager, List<Service> services) implements Detail {

  /**
   * One managed service; on Proxmox VE always a guest.
   *
   * @param id as in {@code vm:201}
   * @param guest the guest
   * @param node where it is
   * @param state what it does, such as {@code started} or {@code error}
   * @param requested what is wanted
   * @param description the status in words
   */
  public record Service(
      String id,
      @Nullable GuestId guest,
      @Nullable NodeName node,
      @Nullable String state,
      @Nullable String requested,
      @Nullable String description) {}

  /** Keeps the collections from changing. */
  public HighAvailability {
    services = List.copyOf(services);
  }

  @Override
  public Aspect aspect() {
    return Aspect.HIGH_AVAILABILITY;
  }
}
