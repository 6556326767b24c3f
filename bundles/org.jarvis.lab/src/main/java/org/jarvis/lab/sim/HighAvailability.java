package org.jarvis.lab.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * High availability at one moment.
 *
 * @param manager the node that manages it, null where there is none
 * @param services what it manages
 */
public record HighAvailability(@Nullable String manager, List<Service> services) {

  /**
   * One managed guest.
   *
   * @param guest the guest
   * @param state {@code started}, {@code stopped}, {@code fence} or {@code error}
   * @param wanted {@code started}, {@code stopped} or {@code disabled}
   */
  public record Service(Guest guest, String state, String wanted) {}

  /** Copies the services. */
  public HighAvailability {
    services = List.copyOf(services);
  }

  /** Its name among the managed services, such as {@code ct:202}. */
  public static String serviceId(Guest guest) {
    return (guest.spec().kind() == GuestKind.QEMU ? "vm:" : "ct:") + guest.vmid();
  }

  /** Whether a guest is managed: the household's cloud, and some of the generated ones. */
  public static boolean manages(GuestSpec spec) {
    boolean generated = spec.vmid() >= 1000 && spec.vmid() % 25 == 0;
    return !spec.template() && (spec.vmid() == 202 || generated);
  }
}
