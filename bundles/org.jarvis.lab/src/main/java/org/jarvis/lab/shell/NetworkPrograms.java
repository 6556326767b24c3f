package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.NodeService;

/** Programs that tell of the network. */
final class NetworkPrograms {

  private NetworkPrograms() {}

  /** The network card. */
  static String device(Machine machine) {
    if (machine instanceof NodeMachine node) {
      return node.spec().cpuModel().startsWith("AMD") ? "enp2s0f0" : "eno1";
    }
    return machine instanceof GuestMachine guest && guest.isContainer() ? "eth0" : "ens18";
  }

  private record Link(
      String name, String flags, String state, String master, String mac, String address) {}

  private static List<Link> links(Machine machine) {
    String mac =
        "bc:24:11:%02x:%02x:01"
            .formatted(machine.number("mac", 0, 255), machine.number("mac2", 0, 255));
    String device = device(machine);
    List<Link> links = new ArrayList<>();
    links.add(
        new Link("lo", "LOOPBACK,UP,LOWER_UP", "UNKNOWN", "", "00:00:00:00:00:00", "127.0.0.1/8"));
    if (!(machine instanceof NodeMachine)) {
      links.add(
          new Link(
              device, "BROADCAST,MULTICAST,UP,LOWER_UP", "UP", "", mac, machine.address() + "/24"));
      return links;
    }
    links.add(new Link(device, "BROADCAST,MULTICAST,UP,LOWER_UP", "UP", "vmbr0", mac, ""));
    links.add(
        new Link(
            "vmbr0", "BROADCAST,MULTICAST,UP,LOWER_UP", "UP", "", mac, machine.address() + "/24"));
    for (Guest guest : machine.cluster().snapshot().guestsOn(machine.name())) {
      if (guest.running()) {
        String name =
            (guest.spec().kind() == GuestKind.QEMU ? "tap" : "veth") + guest.vmid() + "i0";
        links.add(
            new Link(
                name,
                "BROADCAST,MULTICAST,UP,LOWER_UP",
                "UP",
                "vmbr0",
                "fe:24:11:%02x:00:01".formatted(guest.vmid() % 256),
                ""));
      }
    }
    return links;
  }

  static int ip(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    boolean brief = words.removeIf(word -> word.equals("-br") || word.equals("-brief"));
    boolean json = words.removeIf(word -> word.equals("-j") || word.equals("-json"));
    words.removeIf(word -> word.matches("-(4|6|c|color.*|o|s|d|details|stats|p)"));
    String object = words.isEmpty() ? "" : words.get(0);
    List<Link> links = new ArrayList<>(links(call.machine()));
    int dev = words.indexOf("dev");
    String wanted = dev >= 0 && dev + 1 < words.size() ? words.get(dev + 1) : "";
    if (!wanted.isEmpty()) {
      links.removeIf(link -> !link.name().equals(wanted));
      if (links.isEmpty()) {
        call.err().println("Device \"" + wanted + "\" does not exist.");
        return 1;
      }
    }
    if (object.isEmpty()) {
      call.err().println("Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }");
      return 255;
    }
    if ("address".startsWith(object)) {
      links(call, links, brief, json, true);
    } else if ("link".startsWith(object)) {
      links(call, links, brief, json, false);
    } else if ("route".startsWith(object)) {
      String out = call.machine() instanceof NodeMachine ? "vmbr0" : device(call.machine());
      call.out().println("default via 192.168.20.1 dev " + out + " proto kernel onlink ");
      call.out()
          .println(
              "192.168.20.0/24 dev "
                  + out
                  + " proto kernel scope link src "
                  + call.machine().address()
                  + " ");
    } else if ("neighbour".startsWith(object)) {
      call.out().println("192.168.20.1 dev vmbr0 lladdr bc:24:11:00:01:01 REACHABLE ");
    } else {
      call.err().println("Object \"" + object + "\" is unknown, try \"ip help\".");
      return 1;
    }
    return 0;
  }

  private static void links(
      Call call, List<Link> links, boolean brief, boolean json, boolean addresses)
      throws IOException {
    if (json) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < links.size(); i++) {
        Link link = links.get(i);
        String info =
            link.address().isEmpty()
                ? ""
                : "{\"family\":\"inet\",\"local\":\"%s\",\"prefixlen\":%s,\"scope\":\"global\"}"
                    .formatted(link.address().split("/", -1)[0], link.address().split("/", -1)[1]);
        rows.add(
            "{\"ifindex\":%d,\"ifname\":\"%s\",\"mtu\":1500,\"operstate\":\"%s\",\"address\":\"%s\",\"addr_info\":[%s]}"
                .formatted(i + 1, link.name(), link.state(), link.mac(), info));
      }
      call.out().println("[" + String.join(",", rows) + "]");
      return;
    }
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (brief) {
        String rest = addresses ? link.address() + " " : link.mac() + " <" + link.flags() + "> ";
        call.out()
            .println(String.format(Locale.ROOT, "%-16s %-14s %s", link.name(), link.state(), rest));
        continue;
      }
      boolean loopback = link.name().equals("lo");
      call.out()
          .printf(
              "%d: %s: <%s> mtu %d qdisc %s%s state %s group default qlen 1000\n",
              i + 1,
              link.name(),
              link.flags(),
              loopback ? 65_536 : 1500,
              loopback ? "noqueue" : "fq_codel",
              link.master().isEmpty() ? "" : " master " + link.master(),
              link.state());
      call.out()
          .printf(
              "    link/%s %s brd %s\n",
              loopback ? "loopback" : "ether",
              link.mac(),
              loopback ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff");
      if (addresses && !link.address().isEmpty()) {
        call.out()
            .printf(
                "    inet %s scope %s %s\n",
                link.address(), loopback ? "host" : "global", link.name());
        call.out().println("       valid_lft forever preferred_lft forever");
      }
    }
  }

  private record Socket(int port, String program, int pid, String local) {}

  static int ss(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "tulnpaHes46",
              "tcp=t",
              "udp=u",
              "listening=l",
              "numeric=n",
              "processes=p",
              "no-header=H");
    } catch (Options.Unknown mistake) {
      return Filters.withOptions(call, mistake, 255);
    }
    List<Socket> sockets = new ArrayList<>();
    for (NodeService service : call.machine().services()) {
      if (service.running()) {
        int pid = ProcessPrograms.pid(call.machine(), service);
        switch (service.id()) {
          case "sshd" -> sockets.add(new Socket(22, "sshd", pid, "0.0.0.0"));
          case "pveproxy" -> sockets.add(new Socket(8006, "pveproxy", pid, "*"));
          case "pvedaemon" -> sockets.add(new Socket(85, "pvedaemon", pid, "127.0.0.1"));
          case "spiceproxy" -> sockets.add(new Socket(3128, "spiceproxy", pid, "*"));
          case "postfix" -> sockets.add(new Socket(25, "master", pid, "127.0.0.1"));
          default -> {}
        }
      }
    }
    boolean typed = options.has("u") || !options.has("t");
    if (!options.has("H")) {
      call.out()
          .println(
              (typed ? "Netid " : "")
                  + "State  Recv-Q Send-Q Local Address:Port  Peer Address:Port"
                  + (options.has("p") ? "Process" : ""));
    }
    if (options.has("u") && !options.has("t")) {
      return 0;
    }
    for (Socket socket : sockets) {
      String process =
          options.has("p")
              ? "users:((\"%s\",pid=%d,fd=6))".formatted(socket.program(), socket.pid())
              : "";
      call.out()
          .println(
              String.format(
                      Locale.ROOT,
                      "%sLISTEN 0      4096   %18s %17s%s",
                      typed ? "tcp   " : "",
                      socket.local() + ":" + socket.port(),
                      (socket.local().equals("*") ? "*" : "0.0.0.0") + ":*",
                      process)
                  .stripTrailing());
    }
    return 0;
  }

  static int ping(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    int count = words.indexOf("-c");
    int times =
        count >= 0 && count + 1 < words.size()
            ? Integer.parseInt(words.get(count + 1))
            : Integer.MAX_VALUE;
    String target = words.isEmpty() ? "" : words.get(words.size() - 1);
    boolean known =
        target.matches("127\\..*|192\\.168\\.20\\..*|localhost")
            || call.machine().cluster().inventory().nodes().stream()
                .anyMatch(node -> node.name().equals(target));
    if (!known) {
      call.err().println("ping: " + target + ": Temporary failure in name resolution");
      return 2;
    }
    call.out().println("PING " + target + " (" + target + ") 56(84) bytes of data.");
    for (int i = 1; i <= times; i++) {
      call.out()
          .printf(
              "64 bytes from %s: icmp_seq=%d ttl=64 time=0.%d ms\n", target, i, 200 + i * 37 % 90);
      call.out().flush();
      if (i < times) {
        call.job().pause(Duration.ofSeconds(1));
      }
    }
    call.out()
        .printf(
            "\n--- %s ping statistics ---\n%d packets transmitted, %d received, 0%% packet loss, time %dms\n",
            target, times, times, (times - 1) * 1000);
    return 0;
  }
}
