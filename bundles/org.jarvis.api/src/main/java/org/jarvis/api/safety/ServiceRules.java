package org.jarvis.api.safety;

import java.util.Set;
import org.jarvis.api.tool.Touch;

/**
 * What becomes of a node when one of its services is restarted or stopped: the one list behind the
 * tools that do so and the gate that lets them.
 */
public final class ServiceRules {
  /**
   * Daemons that only report, schedule, serve Proxmox VE's own interface, or keep the node's time
   * and mail. Restarting one interrupts no guest and loses nothing.
   */
  private static final Set<String> MINOR =
      Set.of(
          "chrony",
          "cron",
          "ksmtuned",
          "postfix",
          "pvedaemon",
          "pvefw-logger",
          "pveproxy",
          "pvescheduler",
          "pvestatd",
          "spiceproxy",
          "systemd-timesyncd");

  /** Without them the node is no member of its cluster, and may be fenced. */
  private static final Set<String> MEMBERSHIP =
      Set.of("corosync", "pve-cluster", "pve-ha-crm", "pve-ha-lrm");

  private ServiceRules() {}

  /** The services whose restart is small. */
  public static Set<String> minor() {
    return MINOR;
  }

  /**
   * What a restart does to the node.
   *
   * @param unit the service's name, without {@code .service}
   */
  public static Touch restart(String unit) {
    return MINOR.contains(unit) ? Touch.TENDS : stop(unit);
  }

  /**
   * What stopping does to the node.
   *
   * @param unit the service's name, without {@code .service}
   */
  public static Touch stop(String unit) {
    return MEMBERSHIP.contains(unit) ? Touch.TAKES_DOWN : Touch.INTERRUPTS;
  }
}
