package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The services of every node; only what differs from the usual is stored. Confined to the cluster's
 * lock.
 */
final class ServiceTable {

  private static final List<NodeService> USUAL =
      List.of(
          running("chrony", "chrony, an NTP client/server"),
          running("corosync", "Corosync Cluster Engine"),
          running("cron", "Regular background program processing daemon"),
          running("ksmtuned", "Kernel Samepage Merging (KSM) Tuning Daemon"),
          running("lxcfs", "FUSE filesystem for LXC"),
          new NodeService(
              "postfix",
              "postfix@-",
              "Postfix Mail Transport Agent (instance -)",
              "active",
              "running",
              "enabled-runtime"),
          running("proxmox-firewall", "Proxmox nftables firewall"),
          running("pve-cluster", "The Proxmox VE cluster filesystem"),
          running("pve-firewall", "Proxmox VE firewall"),
          running("pve-ha-crm", "PVE Cluster HA Resource Manager Daemon"),
          running("pve-ha-lrm", "PVE Local HA Resource Manager Daemon"),
          running("pve-lxc-syscalld", "Proxmox VE LXC Syscall Daemon"),
          running("pvedaemon", "PVE API Daemon"),
          running("pvefw-logger", "Proxmox VE firewall logger"),
          running("pveproxy", "PVE API Proxy Server"),
          running("pvescheduler", "Proxmox VE scheduler"),
          running("pvestatd", "PVE Status Daemon"),
          running("qmeventd", "PVE Qemu Event Daemon"),
          running("spiceproxy", "PVE SPICE Proxy Server"),
          new NodeService(
              "sshd", "ssh", "OpenBSD Secure Shell server", "active", "running", "enabled"),
          new NodeService("syslog", "rsyslog", "rsyslog.service", "inactive", "dead", "not-found"),
          new NodeService(
              "systemd-journald",
              "systemd-journald",
              "Journal Service",
              "active",
              "running",
              "static"),
          new NodeService(
              "systemd-timesyncd",
              "systemd-timesyncd",
              "systemd-timesyncd.service",
              "inactive",
              "dead",
              "not-found"));

  private static final List<NodeService> OF_GUEST =
      List.of(
          running("cron", "Regular background program processing daemon"),
          running("dbus", "D-Bus System Message Bus"),
          new NodeService(
              "sshd", "ssh", "OpenBSD Secure Shell server", "active", "running", "enabled"),
          new NodeService(
              "systemd-journald",
              "systemd-journald",
              "Journal Service",
              "active",
              "running",
              "static"));

  private static final List<NodeService> OF_DOCKER =
      List.of(
          running("containerd", "containerd container runtime"),
          running("docker", "Docker Application Container Engine"),
          running("qemu-guest-agent", "QEMU Guest Agent"));

  private final Map<String, Map<String, NodeService>> changed = new HashMap<>();
  private final Map<String, Instant> since = new HashMap<>();
  private final Supplier<Instant> now;
  private final Predicate<String> runsDocker;

  ServiceTable(Supplier<Instant> now, Predicate<String> runsDocker) {
    this.now = now;
    this.runsDocker = runsDocker;
  }

  private static NodeService running(String id, String description) {
    return new NodeService(id, id, description, "active", "running", "enabled");
  }

  /** Of a node, or of a guest by {@code guest/} and its number. */
  List<NodeService> of(String host) {
    Map<String, NodeService> differing = changed.getOrDefault(host, Map.of());
    List<NodeService> usual = new ArrayList<>(host.startsWith("guest/") ? OF_GUEST : USUAL);
    if (host.startsWith("guest/") && runsDocker.test(host)) {
      usual.addAll(OF_DOCKER);
    }
    usual.replaceAll(service -> differing.getOrDefault(service.id(), service));
    return usual;
  }

  /** When a service last changed, where it did since the host booted. */
  Optional<Instant> since(String host, String id) {
    return Optional.ofNullable(since.get(host + " " + id));
  }

  Optional<NodeService> find(String node, String id) {
    return of(node).stream().filter(service -> service.id().equals(id)).findFirst();
  }

  void put(String node, NodeService service) {
    changed.computeIfAbsent(node, name -> new HashMap<>()).put(service.id(), service);
    since.put(node + " " + service.id(), now.get());
  }

  /** Everything as usual again, as after a boot. */
  void reset(String node) {
    changed.remove(node);
    since.keySet().removeIf(key -> key.startsWith(node + " "));
  }
}
