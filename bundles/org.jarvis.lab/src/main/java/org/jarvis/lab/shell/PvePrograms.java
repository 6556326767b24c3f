package org.jarvis.lab.shell;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.HighAvailability;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.StorageSpec;

/** Smaller tools of Proxmox VE. */
final class PvePrograms {

  private static final int FAILED = 255;

  private PvePrograms() {}

  static int pveversion(Call call) throws IOException {
    Machine machine = call.machine();
    String manager = machine.world().release().manager();
    if (call.arguments().contains("-v") || call.arguments().contains("--verbose")) {
      String version = manager.split("/", -1)[1];
      call.out()
          .println(
              "proxmox-ve: "
                  + machine.world().release().word()
                  + ".1.0 (running kernel: "
                  + machine.kernel()
                  + ")");
      call.out()
          .println(
              "pve-manager: "
                  + version
                  + " (running version: "
                  + manager.substring("pve-manager/".length())
                  + ")");
      call.out()
          .println(
              "corosync: 3.1.9-pve2\nlxc-pve: 6.0.5-1\npve-cluster: 9.0.6\npve-qemu-kvm: 10.1.2-3\nqemu-server: 9.1.2\nsmartmontools: 7.4-pve1\nzfsutils-linux: 2.3.4-pve1");
      return 0;
    }
    call.out().println(manager + " (running kernel: " + machine.kernel() + ")");
    return 0;
  }

  static int pvecm(Call call) throws IOException {
    if (PveAnswers.refused(call)) {
      return FAILED;
    }
    ClusterSnapshot snapshot = call.machine().cluster().snapshot();
    String verb = call.arguments().isEmpty() ? "" : call.arguments().get(0);
    List<Node> seen = snapshot.nodes().stream().filter(Node::online).toList();
    if (verb.equals("nodes")) {
      call.out().println("\nMembership information\n----------------------");
      call.out().println("    Nodeid      Votes Name");
      for (Node node : seen) {
        call.out()
            .println(
                "%10d %10d %s%s"
                    .formatted(
                        node.spec().id(),
                        1,
                        node.name(),
                        node.name().equals(call.machine().name()) ? " (local)" : ""));
      }
      return 0;
    }
    if (verb.equals("updatecerts")) {
      if (call.arguments().contains("--force")) {
        call.machine().cluster().works().nodes().renewCertificate(call.machine().name());
      }
      call.out().println("(re)generate node files");
      if (call.arguments().contains("--force")) {
        call.out().println("generate new node certificate");
      }
      call.out().println("merge authorized SSH keys and known hosts");
      return 0;
    }
    if (!verb.equals("status")) {
      call.err().println("ERROR: unknown command 'pvecm " + verb + "'");
      return FAILED;
    }
    int all = snapshot.nodes().size();
    int quorum = all / 2 + 1;
    Output out = call.out();
    out.println("Cluster information\n-------------------");
    out.println("Name:             " + call.machine().cluster().inventory().clusterName());
    out.println("Config Version:   " + all);
    out.println("Transport:        knet\nSecure auth:      on\n");
    out.println("Quorum information\n------------------");
    out.println(
        "Date:             "
            + java.time.format.DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                .format(snapshot.moment().atZone(call.machine().zone())));
    out.println("Quorum provider:  corosync_votequorum");
    out.println("Nodes:            " + seen.size());
    out.println("Node ID:          0x%08x".formatted(((NodeMachine) call.machine()).spec().id()));
    out.println("Ring ID:          1.%x".formatted(0x1f4 + all - seen.size()));
    out.println("Quorate:          " + (snapshot.quorate() ? "Yes" : "No") + "\n");
    out.println("Votequorum information\n----------------------");
    out.println("Expected votes:   " + all);
    out.println("Highest expected: " + all);
    out.println("Total votes:      " + seen.size());
    out.println("Quorum:           " + quorum + (snapshot.quorate() ? "  " : " Activity blocked"));
    out.println("Flags:            " + (snapshot.quorate() ? "Quorate " : "") + "\n");
    out.println("Membership information\n----------------------");
    out.println("    Nodeid      Votes Name");
    for (Node node : seen) {
      out.println(
          "0x%08x          1 192.168.20.%d%s"
              .formatted(
                  node.spec().id(),
                  10 + node.spec().id() % 200,
                  node.name().equals(call.machine().name()) ? " (local)" : ""));
    }
    return 0;
  }

  static int pvesm(Call call) throws IOException {
    if (PveAnswers.refused(call)) {
      return FAILED;
    }
    String verb = call.arguments().isEmpty() ? "" : call.arguments().get(0);
    if (!verb.equals("status")) {
      call.err().println("ERROR: unknown command 'pvesm " + verb + "'");
      return FAILED;
    }
    call.out()
        .println(
            "Name             Type     Status     Total (KiB)      Used (KiB) Available (KiB)        %");
    for (StorageSpec storage : call.machine().cluster().inventory().storages()) {
      if (storage.nodes().contains(call.machine().name())) {
        long used =
            call.machine()
                .cluster()
                .figures()
                .storageUsed(storage, call.machine().name(), call.machine().now());
        call.out()
            .printf(
                "%-13s %7s %10s %15d %15d %15d %7.2f%%\n",
                storage.id(),
                storage.plugin(),
                call.machine().cluster().isUsable(storage, call.machine().name())
                    ? "active"
                    : "inactive",
                storage.total() >> 10,
                used >> 10,
                (storage.total() - used) >> 10,
                100.0 * used / storage.total());
      }
    }
    return 0;
  }

  /** {@code apt-get}, as far as it cleans up. */
  static int aptGet(Call call) throws IOException {
    if (!call.arguments().equals(List.of("clean"))) {
      return call.fail(100, "E: Invalid operation " + String.join(" ", call.arguments()));
    }
    if (!call.login().isRoot()) {
      return call.fail(
          100,
          "E: Could not open lock file /var/cache/apt/archives/lock - open (13: Permission denied)");
    }
    call.machine().cluster().works().nodes().cleaned(call.machine().name());
    return 0;
  }

  static int haManager(Call call) throws IOException {
    if (PveAnswers.refused(call)) {
      return FAILED;
    }
    String verb = call.arguments().isEmpty() ? "" : call.arguments().get(0);
    if (!verb.equals("status")) {
      call.err().println("ERROR: unknown command 'ha-manager " + verb + "'");
      return FAILED;
    }
    ClusterSnapshot snapshot = call.machine().cluster().snapshot();
    HighAvailability high = call.machine().cluster().highAvailability();
    call.out()
        .println(
            "quorum "
                + (snapshot.quorate()
                    ? "OK"
                    : "No quorum on node '" + call.machine().name() + "'!"));
    if (high.manager() != null) {
      call.out().println("master " + high.manager() + " (active)");
    }
    for (HighAvailability.Service service : high.services()) {
      String kind =
          service.guest().spec().kind() == org.jarvis.lab.sim.GuestKind.QEMU ? "vm" : "ct";
      call.out()
          .println(
              "service "
                  + kind
                  + ":"
                  + service.guest().vmid()
                  + " ("
                  + service.guest().node()
                  + ", "
                  + service.state()
                  + ")");
    }
    return 0;
  }
}
