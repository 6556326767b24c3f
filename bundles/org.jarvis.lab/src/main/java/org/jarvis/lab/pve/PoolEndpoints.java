package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Troubles;

/** Pools, the cluster's options, and Ceph where there is any. */
final class PoolEndpoints {

  private static final long TIB = 1L << 40;

  private final SimulatedCluster cluster;

  PoolEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/pools", this::pools)
            .takes(
                Parameter.text("poolid"), Parameter.oneOf("type", false, "qemu", "lxc", "storage")),
        Endpoint.get("/pools/{poolid}", (arguments, caller) -> pool(arguments))
            .takes(Parameter.oneOf("type", false, "qemu", "lxc", "storage"))
            .needs("Pool.Audit", "/pool/{poolid}"),
        Endpoint.get("/cluster/options", (arguments, caller) -> options(caller)),
        Endpoint.get("/cluster/ceph/status", (arguments, caller) -> ceph())
            .byWorker()
            .needsAny(List.of("Sys.Audit", "Datastore.Audit"), "/"));
  }

  private Map<String, List<Guest>> members(ClusterSnapshot snapshot) {
    Map<String, List<Guest>> members = new LinkedHashMap<>();
    for (Guest guest : snapshot.guests()) {
      String pool = guest.spec().pool();
      if (pool != null) {
        members.computeIfAbsent(pool, name -> new ArrayList<>()).add(guest);
      }
    }
    return members;
  }

  private List<Map<String, Object>> pools(Arguments arguments, Caller caller) throws PveError {
    Optional<String> one = arguments.text("poolid");
    if (one.isPresent()) {
      caller.mustHave("Pool.Audit", "/pool/" + one.get());
      return List.of(
          new Row()
              .put("poolid", one.get())
              .put("members", pool(arguments).get("members"))
              .fields());
    }
    return members(cluster.snapshot()).keySet().stream()
        .filter(pool -> caller.may("Pool.Audit", "/pool/" + pool))
        .map(pool -> new Row().put("poolid", pool).fields())
        .toList();
  }

  private Map<String, Object> pool(Arguments arguments) throws PveError {
    String name = arguments.required("poolid");
    ClusterSnapshot snapshot = cluster.snapshot();
    List<Guest> guests = members(snapshot).get(name);
    if (guests == null) {
      throw PveError.internal("no such pool '" + name + "'");
    }
    List<Map<String, Object>> members =
        guests.stream()
            .filter(
                guest ->
                    arguments.text("type").map(guest.spec().kind().type()::equals).orElse(true))
            .map(
                guest ->
                    GuestRows.resource(
                        guest,
                        cluster.figures().guest(guest, snapshot.moment()),
                        snapshot.moment(),
                        true))
            .toList();
    return Map.of("members", members);
  }

  /** Who may not audit the cluster learns only what its own forms need. */
  private static Map<String, Object> options(Caller caller) {
    List<String> tags = List.of("jarvis-protected");
    if (!caller.may("Sys.Audit", "/")) {
      return Map.of("allowed-tags", tags);
    }
    return new Row()
        .put("mac_prefix", "BC:24:11")
        .put("keyboard", "en-us")
        .put("description", "")
        .put("allowed-tags", tags)
        .fields();
  }

  private Map<String, Object> ceph() throws PveError {
    List<String> health = cluster.troubles().subjects(Troubles.Kind.CEPH);
    if (health.isEmpty()) {
      throw PveError.internal("binary not installed: /usr/bin/ceph-mon");
    }
    boolean well = health.get(0).equals("HEALTH_OK");
    int nodes = cluster.inventory().nodes().size();
    int osds = 2 * nodes;
    Map<String, Object> checks =
        well
            ? Map.of()
            : Map.of(
                "OSD_DOWN",
                new Row()
                    .put("severity", health.get(0))
                    .put("summary", Map.of("message", "1 osds down", "count", 1))
                    .put("muted", false)
                    .fields());
    List<String> monitors =
        cluster.inventory().nodes().stream().limit(3).map(node -> node.name()).toList();
    return new Row()
        .put("fsid", "5c2a9f3e-8d41-4b7f-9c30-6f0e7b1d2a94")
        .put(
            "health",
            new Row()
                .put("status", health.get(0))
                .put("checks", checks)
                .put("mutes", List.of())
                .fields())
        .put("election_epoch", 42)
        .put("quorum_names", monitors)
        .put("monmap", new Row().put("epoch", 3).put("num_mons", monitors.size()).fields())
        .put(
            "osdmap",
            new Row()
                .put("epoch", 512)
                .put("num_osds", osds)
                .put("num_up_osds", well ? osds : osds - 1)
                .put("num_in_osds", osds)
                .put("num_remapped_pgs", 0)
                .fields())
        .put(
            "pgmap",
            new Row()
                .put("num_pgs", 129)
                .put("num_pools", 3)
                .put("bytes_used", 3 * TIB)
                .put("bytes_avail", osds * TIB - 3 * TIB)
                .put("bytes_total", osds * TIB)
                .fields())
        .fields();
  }
}
