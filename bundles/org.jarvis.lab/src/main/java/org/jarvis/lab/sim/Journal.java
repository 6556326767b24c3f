package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the nodes wrote into their journals about what happened, bounded per node. The lines of
 * every day are not kept, see {@link Routine}. Confined to the cluster's lock.
 */
final class Journal {

  private static final int KEPT_PER_NODE = 4000;
  private static final int SYSTEMD = 1;
  private static final int QMEVENTD = 1127;
  private static final int HA_CRM = 1489;

  /** Why a guest dies from one moment to the next. */
  enum Death {
    OUT_OF_MEMORY,
    SEGFAULT,
    /** It switched itself off. */
    FROM_INSIDE
  }

  private final Map<String, Deque<JournalEntry>> byNode = new HashMap<>();

  List<JournalEntry> of(String node) {
    return new ArrayList<>(byNode.getOrDefault(node, new ArrayDeque<>()));
  }

  void note(String node, Instant at, String identifier, int pid, String message) {
    Deque<JournalEntry> entries = byNode.computeIfAbsent(node, name -> new ArrayDeque<>());
    entries.addLast(new JournalEntry(at, identifier, pid, message));
    if (entries.size() > KEPT_PER_NODE) {
      entries.removeFirst();
    }
  }

  void started(Guest guest, Instant at) {
    int vmid = guest.vmid();
    if (guest.spec().kind() == GuestKind.QEMU) {
      note(guest.node(), at, "systemd", SYSTEMD, "Started " + vmid + ".scope.");
      note(guest.node(), at, "kernel", 0, "tap" + vmid + "i0: entered promiscuous mode");
    } else {
      note(
          guest.node(),
          at,
          "systemd",
          SYSTEMD,
          "Started pve-container@" + vmid + ".service - PVE LXC Container: " + vmid + ".");
    }
  }

  /** What systemd and Proxmox VE's own daemons write when a guest's process is gone. */
  void stopped(Guest guest, Instant at, Death death) {
    if (guest.spec().kind() == GuestKind.QEMU) {
      machineStopped(guest, at, death);
    } else {
      containerStopped(guest, at, death);
    }
  }

  private void machineStopped(Guest guest, Instant at, Death death) {
    String node = guest.node();
    int vmid = guest.vmid();
    String unit = vmid + ".scope";
    long kib = guest.spec().memory() >> 10;
    switch (death) {
      case OUT_OF_MEMORY -> {
        note(
            node,
            at,
            "kernel",
            0,
            "CPU 0/KVM invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO|__GFP_COMP), order=0, oom_score_adj=0");
        note(
            node,
            at,
            "kernel",
            0,
            "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=qemu.slice,mems_allowed=0,global_oom,task_memcg=/qemu.slice/%s,task=kvm,pid=%d,uid=0"
                .formatted(unit, guest.processId()));
        note(
            node,
            at,
            "kernel",
            0,
            "Out of memory: Killed process %d (kvm) total-vm:%dkB, anon-rss:%dkB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:%dkB oom_score_adj:0"
                .formatted(guest.processId(), kib + 1_204_224, kib, kib / 480));
        note(
            node,
            at,
            "systemd",
            SYSTEMD,
            unit + ": A process of this unit has been killed by the OOM killer.");
        note(node, at, "systemd", SYSTEMD, unit + ": Failed with result 'oom-kill'.");
      }
      case SEGFAULT -> {
        note(
            node,
            at,
            "kernel",
            0,
            "kvm[%d]: segfault at 10 ip 00005d0b6e2a41c4 sp 00007ffc6b1f3a90 error 4 in qemu-system-x86_64[5a41c4,5d0b6de12000+6f1000] likely on CPU 3 (core 1, socket 0)"
                .formatted(guest.processId()));
        note(node, at, "systemd", SYSTEMD, unit + ": Deactivated successfully.");
      }
      case FROM_INSIDE -> note(node, at, "systemd", SYSTEMD, unit + ": Deactivated successfully.");
    }
    note(node, at, "systemd", SYSTEMD, unit + ": Consumed " + processorTime(guest, at) + ".");
    note(node, at, "qmeventd", QMEVENTD, "Starting cleanup for " + vmid);
    note(node, at, "qmeventd", QMEVENTD, "Finished cleanup for " + vmid);
  }

  private void containerStopped(Guest guest, Instant at, Death death) {
    String node = guest.node();
    String unit = "pve-container@" + guest.vmid() + ".service";
    long kib = guest.spec().memory() >> 10;
    switch (death) {
      case OUT_OF_MEMORY -> {
        note(
            node,
            at,
            "kernel",
            0,
            "Memory cgroup out of memory: Killed process %d (systemd) total-vm:%dkB, anon-rss:%dkB, file-rss:0kB, shmem-rss:0kB, UID:100000 pgtables:212kB oom_score_adj:0"
                .formatted(guest.processId(), kib + 168_000, kib));
        note(
            node,
            at,
            "systemd",
            SYSTEMD,
            unit + ": Main process exited, code=killed, status=9/KILL");
        note(node, at, "systemd", SYSTEMD, unit + ": Failed with result 'oom-kill'.");
      }
      case SEGFAULT -> {
        note(
            node,
            at,
            "kernel",
            0,
            "lxc-start[%d]: segfault at 0 ip 00007f0a1c2d41c4 sp 00007ffc6b1f3a90 error 4 in liblxc.so.1.8.0[2d41c4,7f0a1c200000+a1000] likely on CPU 1 (core 0, socket 0)"
                .formatted(guest.processId()));
        note(
            node,
            at,
            "systemd",
            SYSTEMD,
            unit + ": Main process exited, code=dumped, status=11/SEGV");
        note(node, at, "systemd", SYSTEMD, unit + ": Failed with result 'core-dump'.");
      }
      case FROM_INSIDE -> note(node, at, "systemd", SYSTEMD, unit + ": Deactivated successfully.");
    }
    note(node, at, "systemd", SYSTEMD, unit + ": Consumed " + processorTime(guest, at) + ".");
  }

  void booted(String node, Instant at, String kernel) {
    note(node, at, "kernel", 0, "Linux version " + kernel + " (build@proxmox)");
    note(node, at, "systemd", SYSTEMD, "Started pveproxy.service - PVE API Proxy Server.");
    note(node, at, "systemd", SYSTEMD, "Reached target multi-user.target - Multi-User System.");
  }

  /** What the managing node writes when it takes a dead node's guests over. */
  void fenced(String manager, String dead, Instant at) {
    crm(manager, at, "node '" + dead + "': state changed from 'online' => 'unknown'");
    crm(manager, at, "node '" + dead + "': state changed from 'unknown' => 'fence'");
    crm(manager, at, "fencing: acknowledged - got agent lock for node '" + dead + "'");
    crm(manager, at, "node '" + dead + "': state changed from 'fence' => 'unknown'");
  }

  void recovered(String manager, Guest guest, String dead, String target, Instant at) {
    String service = HighAvailability.serviceId(guest);
    crm(manager, at, "service '" + service + "': state changed from 'started' to 'fence'");
    crm(manager, at, "service '" + service + "': state changed from 'fence' to 'recovery'");
    crm(
        manager,
        at,
        "recover service '%s' from fenced node '%s' to node '%s'".formatted(service, dead, target));
    crm(
        manager,
        at,
        "service '%s': state changed from 'recovery' to 'started'  (node = %s)"
            .formatted(service, target));
  }

  void serviceFailed(String node, String service, Instant at) {
    String unit = service + ".service";
    note(
        node,
        at,
        "systemd",
        SYSTEMD,
        unit + ": Main process exited, code=exited, status=1/FAILURE");
    note(node, at, "systemd", SYSTEMD, unit + ": Failed with result 'exit-code'.");
  }

  void unitStops(String host, NodeService service, Instant at) {
    String unit = service.unit() + ".service";
    String name = unit + " - " + service.description();
    note(host, at, "systemd", SYSTEMD, "Stopping " + name + "...");
    note(host, at, "systemd", SYSTEMD, unit + ": Deactivated successfully.");
    note(host, at, "systemd", SYSTEMD, "Stopped " + name + ".");
  }

  void unitStarts(String host, NodeService service, Instant at) {
    String name = service.unit() + ".service - " + service.description();
    note(host, at, "systemd", SYSTEMD, "Starting " + name + "...");
    note(host, at, "systemd", SYSTEMD, "Started " + name + ".");
  }

  private void crm(String manager, Instant at, String message) {
    note(manager, at, "pve-ha-crm", HA_CRM, message);
  }

  private static String processorTime(Guest guest, Instant at) {
    Duration ran = guest.uptime(at).dividedBy(12);
    return "%dh %dmin %d.%03ds CPU time, %.1fG memory peak"
        .formatted(
            ran.toHours(),
            ran.toMinutesPart(),
            ran.toSecondsPart(),
            ran.toMillisPart(),
            guest.spec().memory() / (double) (1 << 30));
  }
}
