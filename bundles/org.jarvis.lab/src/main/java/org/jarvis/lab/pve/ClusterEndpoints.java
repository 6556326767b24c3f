package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.NodeFigures;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.StorageSpec;
import org.jarvis.lab.sim.Troubles;

/** What every member answers about the cluster as a whole. */
final class ClusterEndpoints {

  private static final List<String> PERMISSION_PATHS =
      List.of("/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms");
  private static final int CONFIG_VERSION = 7;

  private final SimulatedCluster cluster;
  private final MemberCertificates certificates;
  private final Release release;

  ClusterEndpoints(SimulatedCluster cluster, MemberCertificates certificates, Release release) {
    this.cluster = cluster;
    this.certificates = certificates;
    this.release = release;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/version", (arguments, caller) -> release.fields()),
        Endpoint.get("/cluster/status", (arguments, caller) -> status(caller))
            .byWorker()
            .needs("Sys.Audit", "/"),
        Endpoint.get("/cluster/resources", this::resources)
            .takes(Parameter.oneOf("type", false, "vm", "storage", "node", "sdn")),
        Endpoint.get("/cluster/nextid", (arguments, caller) -> nextId(arguments))
            .takes(Parameter.guestNumber("vmid", false)),
        Endpoint.get("/nodes", (arguments, caller) -> nodes(caller)),
        Endpoint.get("/access/permissions", this::permissions)
            .takes(Parameter.text("path"), Parameter.text("userid")));
  }

  private List<Map<String, Object>> status(Caller caller) throws PveError {
    if (!cluster.troubles().subjects(Troubles.Kind.NODE_UNTOLD).isEmpty()) {
      throw PveError.internal("unable to parse cluster status");
    }
    ClusterSnapshot snapshot = cluster.snapshot();
    boolean standalone = snapshot.nodes().size() == 1;
    List<Map<String, Object>> rows = new ArrayList<>();
    if (!standalone) {
      rows.add(
          new Row()
              .put("id", "cluster")
              .put("type", "cluster")
              .put("name", cluster.inventory().clusterName())
              .put("nodes", snapshot.nodes().size())
              .put("quorate", Row.flag(snapshot.quorate()))
              .put("version", CONFIG_VERSION)
              .fields());
    }
    String local = caller.member().orElse(snapshot.local().name());
    for (Node node : snapshot.nodes()) {
      rows.add(
          new Row()
              .put("id", "node/" + node.name())
              .put("type", "node")
              .put("name", node.name())
              .put("nodeid", standalone ? 0 : node.spec().id())
              .put("ip", node.spec().address())
              .put("level", "")
              .put("local", Row.flag(node.name().equals(local)))
              .put("online", Row.flag(node.online()))
              .fields());
    }
    return rows;
  }

  private List<Map<String, Object>> nodes(Caller caller) {
    ClusterSnapshot snapshot = cluster.snapshot();
    Map<String, List<Guest>> guests = byNode(snapshot);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Node node : snapshot.nodes()) {
      String shown = Fingerprints.of(certificates.of(node.name()));
      rows.add(nodeRow(node, guests, snapshot, caller).put("ssl_fingerprint", shown).fields());
    }
    return rows;
  }

  private List<Map<String, Object>> resources(Arguments arguments, Caller caller) {
    ClusterSnapshot snapshot = cluster.snapshot();
    String type = arguments.text("type").orElse("");
    Map<String, List<Guest>> guests = byNode(snapshot);
    Set<String> online =
        snapshot.nodes().stream()
            .filter(Node::online)
            .map(Node::name)
            .filter(node -> !cluster.isGrey(node))
            .collect(Collectors.toSet());
    List<Map<String, Object>> rows = new ArrayList<>();
    if (type.isEmpty()) {
      rows.addAll(pools(snapshot, caller));
    }
    if (type.isEmpty() || type.equals("vm")) {
      for (Guest guest : snapshot.guests()) {
        if (!caller.may("VM.Audit", "/vms/" + guest.vmid())) {
          continue;
        }
        GuestFigures figures = cluster.figures().guest(guest, snapshot.moment());
        rows.add(
            GuestRows.resource(guest, figures, snapshot.moment(), online.contains(guest.node())));
      }
    }
    if (type.isEmpty() || type.equals("node")) {
      for (Node node : snapshot.nodes()) {
        boolean audits = audits(caller, node);
        rows.add(nodeRow(node, guests, snapshot, caller).putIf(audits, "cgroup-mode", 2).fields());
      }
    }
    if (type.isEmpty() || type.equals("storage")) {
      rows.addAll(storages(snapshot, online, caller));
    }
    if (type.isEmpty() || type.equals("sdn")) {
      if (caller.may("SDN.Audit", "/sdn/zones/localnetwork")) {
        snapshot.nodes().forEach(node -> rows.add(network(node)));
      }
    }
    return rows;
  }

  /** A node's row; who may not audit the node learns no more than that it is there. */
  private Row nodeRow(
      Node node, Map<String, List<Guest>> guests, ClusterSnapshot snapshot, Caller caller) {
    if (cluster.troubles().on(Troubles.Kind.NODE_UNTOLD, node.name())) {
      return new Row().put("id", "node/").put("type", "node").put("status", "unknown");
    }
    Row row =
        new Row()
            .put("id", "node/" + node.name())
            .put("type", "node")
            .put("node", node.name())
            .put("level", "");
    if (!audits(caller, node)) {
      return row.put("status", node.online() ? "online" : "offline");
    }
    row.put("maxcpu", node.spec().cores())
        .put("maxmem", node.spec().memory())
        .put("maxdisk", node.spec().rootDisk());
    if (!node.online()) {
      return row.put("status", "offline");
    }
    if (cluster.isGrey(node.name())) {
      return row.put("status", "unknown");
    }
    List<Guest> here = guests.getOrDefault(node.name(), List.of());
    NodeFigures figures = cluster.figures().node(node.spec(), here, snapshot.moment());
    return row.put("status", "online")
        .put("uptime", NodeEndpoints.uptime(node, snapshot.moment()))
        .put("cpu", figures.cpu())
        .put("mem", figures.memory())
        .put("disk", figures.rootDisk());
  }

  private static boolean audits(Caller caller, Node node) {
    return caller.may("Sys.Audit", "/nodes/" + node.name());
  }

  private List<Map<String, Object>> storages(
      ClusterSnapshot snapshot, Set<String> online, Caller caller) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (StorageSpec storage : cluster.inventory().storages()) {
      if (!caller.may("Datastore.Audit", "/storage/" + storage.id())) {
        continue;
      }
      for (String node : storage.nodes()) {
        boolean known = online.contains(node) && cluster.isUsable(storage, node);
        rows.add(
            new Row()
                .put("id", "storage/" + node + "/" + storage.id())
                .put("type", "storage")
                .put("storage", storage.id())
                .put("node", node)
                .put("plugintype", storage.plugin())
                .put("content", storage.content())
                .put("shared", Row.flag(storage.shared()))
                .put("status", known ? "available" : "unknown")
                .putIf(known, "maxdisk", storage.total())
                .putIf(
                    known, "disk", cluster.figures().storageUsed(storage, node, snapshot.moment()))
                .fields());
      }
    }
    return rows;
  }

  private static Map<String, Object> network(Node node) {
    return new Row()
        .put("id", "network/" + node.name() + "/zone/localnetwork")
        .put("type", "network")
        .put("network", "localnetwork")
        .put("network-type", "zone")
        .put("node", node.name())
        .put("status", node.online() ? "ok" : "unknown")
        .fields();
  }

  private List<Map<String, Object>> pools(ClusterSnapshot snapshot, Caller caller) {
    Map<String, List<Guest>> members = new LinkedHashMap<>();
    for (Guest guest : snapshot.guests()) {
      String pool = guest.spec().pool();
      if (pool != null && caller.may("Pool.Audit", "/pool/" + pool)) {
        members.computeIfAbsent(pool, name -> new ArrayList<>()).add(guest);
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    members.forEach((name, guests) -> rows.add(pool(name, guests, snapshot)));
    return rows;
  }

  private Map<String, Object> pool(String name, List<Guest> members, ClusterSnapshot snapshot) {
    double cpu = 0;
    long memory = 0;
    long maxMemory = 0;
    int cores = 0;
    long uptime = 0;
    for (Guest guest : members) {
      GuestFigures figures = cluster.figures().guest(guest, snapshot.moment());
      cpu += figures.cpu() * guest.spec().cores();
      memory += figures.memory();
      maxMemory += guest.spec().memory();
      cores += guest.spec().cores();
      uptime = Math.max(uptime, guest.uptime(snapshot.moment()).toSeconds());
    }
    return new Row()
        .put("id", "/pool/" + name)
        .put("type", "pool")
        .put("pool", name)
        .put("cpu", cpu / cores)
        .put("maxcpu", cores)
        .put("mem", memory)
        .put("maxmem", maxMemory)
        .put("uptime", uptime)
        .fields();
  }

  /** The lowest free number, as a string; or whether the given one is free. */
  private String nextId(Arguments arguments) throws PveError {
    Set<Integer> taken =
        cluster.snapshot().guests().stream().map(Guest::vmid).collect(Collectors.toSet());
    if (arguments.text("vmid").isPresent()) {
      int asked = arguments.vmid();
      if (taken.contains(asked)) {
        throw PveError.parameters(Map.of("vmid", "VM " + asked + " already exists"));
      }
      return String.valueOf(asked);
    }
    int free = 100;
    while (taken.contains(free)) {
      free++;
    }
    return String.valueOf(free);
  }

  private Map<String, Object> permissions(Arguments arguments, Caller caller) {
    Map<String, Object> paths = new LinkedHashMap<>();
    List<String> asked =
        arguments
            .text("path")
            .map(List::of)
            .orElseGet(
                () ->
                    Stream.concat(
                            PERMISSION_PATHS.stream(),
                            caller.token().role().grants().keySet().stream())
                        .distinct()
                        .toList());
    for (String path : asked) {
      Map<String, Object> privileges = new LinkedHashMap<>();
      caller.token().role().on(path).stream()
          .filter(release::knows)
          .forEach(privilege -> privileges.put(privilege, 1));
      // The real one lists no path on which there is nothing to say, unless it was asked for.
      if (!privileges.isEmpty() || arguments.text("path").isPresent()) {
        paths.put(path, privileges);
      }
    }
    return paths;
  }

  private static Map<String, List<Guest>> byNode(ClusterSnapshot snapshot) {
    Map<String, List<Guest>> guests = new HashMap<>();
    for (Guest guest : snapshot.guests()) {
      guests.computeIfAbsent(guest.node(), node -> new ArrayList<>()).add(guest);
    }
    return guests;
  }
}
