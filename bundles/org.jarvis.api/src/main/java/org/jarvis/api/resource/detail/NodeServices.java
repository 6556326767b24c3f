package org.jarvis.api.resource.detail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The services of a node.
 *
 * @param services by name
 */
public record NodeServices(List<Service> services) implements Detail {

  /**
   * One service.
   *
   * @param name its unit without suffix, such as {@code pveproxy}
   * @param description what it is
   * @param state {@code running}, {@code dead} and so on: the substate of systemd
   * @param activeState {@code active}, {@code inactive} or {@code failed}
   * @param unitState {@code enabled}, {@code disabled}, {@code masked} or {@code not-found}
   */
  public record Service(
      String name,
      @Nullable String description,
      @Nullable String state,
      @Nullable String activeState,
      @Nullable String unitState) {}

  /** Keeps the collections from changing. */
  public NodeServices {
    services = List.copyOf(services);
  }

  @Override
  public Aspect aspect() {
    return Aspect.SERVICES;
  }
}
