package org.jarvis.lab.sim;

/**
 * A service of a node as systemd sees it.
 *
 * @param id as Proxmox VE names it, such as {@code syslog}
 * @param unit its unit without suffix
 * @param description what it is
 * @param activeState {@code active}, {@code inactive} or {@code failed}
 * @param subState {@code running}, {@code dead} or {@code failed}
 * @param unitState {@code enabled}, {@code disabled}, {@code static} or {@code not-found}
 */
public record NodeService(
    String id,
    String unit,
    String description,
    String activeState,
    String subState,
    String unitState) {

  /** Whether it runs. */
  public boolean running() {
    return activeState.equals("active");
  }

  /** Whether it is there at all. */
  public boolean installed() {
    return !unitState.equals("not-found");
  }

  NodeService runs() {
    return new NodeService(id, unit, description, "active", "running", unitState);
  }

  NodeService rests() {
    return new NodeService(id, unit, description, "inactive", "dead", unitState);
  }

  NodeService failed() {
    return new NodeService(id, unit, description, "failed", "failed", unitState);
  }
}
