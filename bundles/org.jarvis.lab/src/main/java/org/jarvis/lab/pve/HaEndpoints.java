package org.jarvis.lab.pve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.HighAvailability;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.NodeSpec;
import org.jarvis.lab.sim.ReplicationJob;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jspecify.annotations.Nullable;

/** High availability and replication. */
final class HaEndpoints {

  private static final DateTimeFormatter STATUS_TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String RULE = "prefer-zfs";

  private final SimulatedCluster cluster;
  private final Release release;

  HaEndpoints(SimulatedCluster cluster, Release release) {
    this.cluster = cluster;
    this.release = release;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/cluster/ha/status/current", (arguments, caller) -> current())
            .needs("Sys.Audit", "/"),
        Endpoint.get("/cluster/ha/status/manager_status", (arguments, caller) -> managerStatus())
            .needs("Sys.Audit", "/"),
        Endpoint.get("/cluster/ha/resources", (arguments, caller) -> resources(arguments))
            .takes(Parameter.oneOf("type", false, "ct", "vm"))
            .needs("Sys.Audit", "/"),
        Endpoint.put("/cluster/ha/resources/{sid}", (arguments, caller) -> request(arguments))
            .takes(
                Parameter.text("comment"),
                Parameter.text("delete"),
                Parameter.text("digest"),
                Parameter.flag("auto-rebalance"),
                Parameter.flag("failback"),
                Parameter.text("group"),
                Parameter.whole("max_relocate"),
                Parameter.whole("max_restart"),
                Parameter.oneOf(
                    "state", false, "started", "stopped", "enabled", "disabled", "ignored"))
            .byAnyMember()
            .needs("Sys.Console", "/"),
        Endpoint.post(
            "/nodes/{node}/replication/{id}/schedule_now",
            (arguments, caller) -> replicate(arguments, caller)),
        Endpoint.get("/cluster/ha/groups", (arguments, caller) -> groups()).needs("Sys.Audit", "/"),
        Endpoint.get("/cluster/ha/rules", (arguments, caller) -> rules(arguments))
            .takes(
                Parameter.text("resource"),
                Parameter.oneOf("type", false, "node-affinity", "resource-affinity"))
            .needs("Sys.Audit", "/"),
        Endpoint.get("/cluster/replication", (arguments, caller) -> replicationJobs(caller)),
        Endpoint.get(
                "/nodes/{node}/replication",
                (arguments, caller) -> replicationStates(arguments, caller))
            .takes(Parameter.guestNumber("guest", false))
            .byWorker());
  }

  private List<Map<String, Object>> current() {
    ClusterSnapshot snapshot = cluster.snapshot();
    HighAvailability ha = cluster.highAvailability();
    String local = snapshot.local().name();
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(
        new Row()
            .put("id", "quorum")
            .put("type", "quorum")
            .put("node", local)
            .put("status", snapshot.quorate() ? "OK" : "No quorum on node '" + local + "'!")
            .put("quorate", Row.flag(snapshot.quorate()))
            .fields());
    String manager = ha.manager();
    if (manager == null) {
      return rows;
    }
    Instant heard = Instant.ofEpochSecond(snapshot.moment().getEpochSecond() / 10 * 10);
    rows.add(
        new Row()
            .put("id", "master")
            .put("type", "master")
            .put("node", manager)
            .put("status", manager + " (active, " + STATUS_TIME.format(heard) + ")")
            .put("timestamp", heard.getEpochSecond())
            .fields());
    rows.add(
        new Row()
            .put("id", "fencing")
            .put("type", "fencing")
            .put("node", manager)
            .put("status", "armed (CRM watchdog active)")
            .put("armed-state", "armed")
            .fields());
    for (Node node : snapshot.nodes()) {
      boolean works =
          ha.services().stream().anyMatch(service -> service.guest().node().equals(node.name()));
      String state = node.online() ? (works ? "active" : "idle") : "old timestamp - dead?";
      rows.add(
          new Row()
              .put("id", "lrm:" + node.name())
              .put("type", "lrm")
              .put("node", node.name())
              .put("status", node.name() + " (" + state + ", " + STATUS_TIME.format(heard) + ")")
              .put("timestamp", heard.getEpochSecond())
              .fields());
    }
    ha.services().forEach(service -> rows.add(service(service)));
    return rows;
  }

  private static Map<String, Object> service(HighAvailability.Service service) {
    Guest guest = service.guest();
    String sid = HighAvailability.serviceId(guest);
    return new Row()
        .put("id", "service:" + sid)
        .put("type", "service")
        .put("sid", sid)
        .put("node", guest.node())
        .put("status", sid + " (" + guest.node() + ", " + service.state() + ")")
        .put("state", service.state())
        .put("crm_state", service.state())
        .put("request_state", wanted(service))
        .put("max_restart", 1)
        .put("max_relocate", 1)
        .put("failback", 1)
        .fields();
  }

  private static String wanted(HighAvailability.Service service) {
    return service.wanted();
  }

  private @Nullable Object request(Arguments arguments) throws PveError {
    String sid = arguments.required("sid");
    String state = arguments.text("state").orElse("");
    Guest guest =
        cluster.highAvailability().services().stream()
            .map(HighAvailability.Service::guest)
            .filter(
                one ->
                    sid.equals(HighAvailability.serviceId(one))
                        || sid.equals(String.valueOf(one.vmid())))
            .findFirst()
            .orElseThrow(() -> PveError.internal("no such resource '" + sid + "'"));
    if (!state.isEmpty()) {
      cluster.request(guest.vmid(), state.equals("enabled") ? "started" : state);
    }
    return null;
  }

  /** Runs it at once; that the caller may is checked by the real handler itself. */
  private @Nullable Object replicate(Arguments arguments, Caller caller) throws PveError {
    String id = arguments.required("id");
    String guest = "/vms/" + id.substring(0, Math.max(0, id.indexOf('-')));
    boolean may =
        release == Release.NINE
            ? caller.may("VM.Replicate", guest)
            : caller.may("Datastore.Allocate", "/storage");
    if (!may) {
      throw release == Release.NINE
          ? PveError.forbidden(guest, "VM.Replicate")
          : PveError.forbidden("/storage", "Datastore.Allocate");
    }
    boolean here =
        cluster.replication().stream()
            .anyMatch(
                job ->
                    job.id().equals(id) && job.guest().node().equals(arguments.required("node")));
    if (!here || !cluster.replicate(id)) {
      throw PveError.internal("no such job '" + id + "'");
    }
    return null;
  }

  private Map<String, Object> managerStatus() {
    ClusterSnapshot snapshot = cluster.snapshot();
    HighAvailability ha = cluster.highAvailability();
    Map<String, Object> nodes = new LinkedHashMap<>();
    Map<String, Object> services = new LinkedHashMap<>();
    String manager = ha.manager();
    if (manager != null) {
      snapshot
          .nodes()
          .forEach(node -> nodes.put(node.name(), node.online() ? "online" : "unknown"));
      for (HighAvailability.Service service : ha.services()) {
        services.put(
            HighAvailability.serviceId(service.guest()),
            new Row()
                .put("node", service.guest().node())
                .put("state", service.state())
                .put("uid", GuestConfigs.digest(service.guest().vmid() + "ha").substring(0, 22))
                .putIf(service.state().equals("started"), "running", 1)
                .fields());
      }
    }
    Row status = new Row().put("node_status", nodes);
    if (manager != null) {
      status
          .put("master_node", manager)
          .put("service_status", services)
          .put("timestamp", snapshot.moment().getEpochSecond() / 10 * 10);
    }
    return new Row()
        .put("manager_status", status.fields())
        .put(
            "quorum",
            new Row()
                .put("node", snapshot.local().name())
                .put("quorate", String.valueOf(Row.flag(snapshot.quorate())))
                .fields())
        .fields();
  }

  private List<Map<String, Object>> resources(Arguments arguments) {
    List<HighAvailability.Service> services = cluster.highAvailability().services();
    String digest = GuestConfigs.digest(services.stream().map(HaEndpoints::wanted).toList() + "");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (HighAvailability.Service service : services) {
      String sid = HighAvailability.serviceId(service.guest());
      String type = sid.substring(0, 2);
      if (arguments.text("type").map(type::equals).orElse(true)) {
        rows.add(
            new Row()
                .put("sid", sid)
                .put("type", type)
                .put("state", wanted(service))
                .put("digest", digest)
                .fields());
      }
    }
    return rows;
  }

  /** What became rules in version 9. */
  private List<Map<String, Object>> groups() throws PveError {
    if (release == Release.NINE) {
      throw PveError.internal("cannot index groups: ha groups have been migrated to rules");
    }
    String nodes = zfsNodes();
    return nodes.isEmpty()
        ? List.of()
        : List.of(
            new Row()
                .put("group", RULE)
                .put("type", "group")
                .put("nodes", nodes)
                .put("nofailback", 0)
                .put("restricted", 0)
                .put("digest", GuestConfigs.digest(nodes))
                .fields());
  }

  private String zfsNodes() {
    return cluster.inventory().nodes().stream()
        .filter(NodeSpec::zfs)
        .map(NodeSpec::name)
        .collect(Collectors.joining(","));
  }

  private List<Map<String, Object>> rules(Arguments arguments) {
    List<String> managed =
        cluster.highAvailability().services().stream()
            .map(service -> HighAvailability.serviceId(service.guest()))
            .toList();
    String nodes = zfsNodes();
    boolean wanted =
        arguments.text("resource").map(managed::contains).orElse(true)
            && arguments.text("type").map("node-affinity"::equals).orElse(true);
    if (managed.isEmpty() || nodes.isEmpty() || !wanted) {
      return List.of();
    }
    String resources = String.join(",", managed);
    return List.of(
        new Row()
            .put("rule", RULE)
            .put("type", "node-affinity")
            .put("resources", resources)
            .put("nodes", nodes)
            .put("order", 1)
            .put("digest", GuestConfigs.digest(resources + nodes))
            .fields());
  }

  private List<Map<String, Object>> replicationJobs(Caller caller) {
    return cluster.replication().stream()
        .filter(job -> caller.may("VM.Audit", "/vms/" + job.guest().vmid()))
        .map(job -> job(job).put("source", job.guest().node()).fields())
        .toList();
  }

  private List<Map<String, Object>> replicationStates(Arguments arguments, Caller caller) {
    Optional<String> guest = arguments.text("guest");
    String node = arguments.required("node");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ReplicationJob job : cluster.replication()) {
      String vmid = String.valueOf(job.guest().vmid());
      boolean wanted = job.guest().node().equals(node) && guest.map(vmid::equals).orElse(true);
      if (wanted && caller.may("VM.Audit", "/vms/" + vmid)) {
        rows.add(
            job(job)
                .put("vmtype", job.guest().spec().kind().type())
                .put("last_try", job.lastTry().getEpochSecond())
                .put("last_sync", job.lastSync().getEpochSecond())
                .put("next_sync", job.next().getEpochSecond())
                .put("duration", job.took().toMillis() / 1000.0)
                .put("fail_count", job.failures())
                .putIf(job.error() != null, "error", job.error())
                .fields());
      }
    }
    return rows;
  }

  private static Row job(ReplicationJob job) {
    return new Row()
        .put("id", job.id())
        .put("guest", job.guest().vmid())
        .put("jobnum", 0)
        .put("type", "local")
        .put("target", job.target())
        .put("schedule", ReplicationJob.SCHEDULE);
  }
}
