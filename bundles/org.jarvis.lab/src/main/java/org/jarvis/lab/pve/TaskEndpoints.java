package org.jarvis.lab.pve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Task;
import org.jarvis.lab.sim.Upid;
import org.jspecify.annotations.Nullable;

/** Lists, states, logs and the end of tasks. */
final class TaskEndpoints {

  private static final int CLUSTER_TASKS_PER_NODE = 25;

  private final SimulatedCluster cluster;

  TaskEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/cluster/tasks", (arguments, caller) -> ofCluster(caller)),
        Endpoint.get("/nodes/{node}/tasks", this::ofNode)
            .takes(
                Parameter.flag("errors"),
                Parameter.whole("limit"),
                Parameter.whole("since"),
                Parameter.oneOf("source", false, "archive", "active", "all"),
                Parameter.whole("start"),
                Parameter.text("statusfilter"),
                Parameter.text("typefilter"),
                Parameter.whole("until"),
                Parameter.text("userfilter"),
                Parameter.guestNumber("vmid", false)),
        Endpoint.get("/nodes/{node}/tasks/{upid}/status", this::status).byWorker(),
        Endpoint.get("/nodes/{node}/tasks/{upid}/log", this::log)
            .takes(Parameter.flag("download"), Parameter.whole("limit"), Parameter.whole("start"))
            .byWorker(),
        Endpoint.delete("/nodes/{node}/tasks/{upid}", this::stop));
  }

  /**
   * The recent tasks that the members tell each other about: those of one node after those of
   * another.
   */
  private List<Map<String, Object>> ofCluster(Caller caller) {
    ClusterSnapshot snapshot = cluster.snapshot();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Node node : snapshot.nodes()) {
      if (node.online()) {
        cluster.tasks(node.name(), CLUSTER_TASKS_PER_NODE).stream()
            .filter(task -> sees(caller, task.upid(), "/"))
            .map(TaskEndpoints::clusterRow)
            .forEach(rows::add);
      }
    }
    return rows;
  }

  /** Everybody sees their own tasks; those of others only with a privilege. */
  private static boolean sees(Caller caller, Upid upid, String path) {
    String tokenId = upid.tokenId();
    boolean own = tokenId != null && caller.owns(upid.user(), tokenId);
    return own || caller.may("Sys.Audit", path);
  }

  private static Map<String, Object> clusterRow(Task task) {
    Row row = identity(task.upid()).put("saved", task.running() ? "0" : "1");
    ended(row, task);
    return row.putIf(task.running(), "pid", task.upid().pid()).fields();
  }

  private Endpoint.WithTotal ofNode(Arguments arguments, Caller caller) {
    String source = arguments.text("source").orElse("archive");
    long start = arguments.whole("start", 0);
    long limit = arguments.text("limit").isPresent() ? arguments.whole("limit", 0) : 50;
    List<Task> matching =
        cluster.tasks(arguments.required("node"), Integer.MAX_VALUE).stream()
            .filter(task -> source.equals("all") || task.running() == source.equals("active"))
            .filter(task -> fits(task, arguments))
            .filter(task -> sees(caller, task.upid(), "/nodes/" + task.upid().node()))
            .toList();
    List<Map<String, Object>> rows =
        matching.stream()
            .skip(start)
            .limit(limit == 0 ? 50 : limit)
            .map(TaskEndpoints::nodeRow)
            .toList();
    return new Endpoint.WithTotal(rows, matching.size());
  }

  private static boolean fits(Task task, Arguments arguments) {
    Upid upid = task.upid();
    boolean failed = task.exitStatus() != null && !task.exitStatus().equals("OK");
    return (!arguments.flag("errors") || failed)
        && arguments.text("vmid").map(upid.id()::equals).orElse(true)
        && arguments.text("typefilter").map(upid.type()::equals).orElse(true)
        && arguments.text("userfilter").map(upid.user()::contains).orElse(true)
        && arguments
            .text("statusfilter")
            .map(words -> List.of(words.split("[,; ]")).contains(outcome(task)))
            .orElse(true)
        && upid.startTime() >= arguments.whole("since", 0)
        && upid.startTime() <= arguments.whole("until", Long.MAX_VALUE);
  }

  private static String outcome(Task task) {
    String exit = task.exitStatus();
    if (exit == null) {
      return "unknown";
    }
    if (exit.equals("OK")) {
      return "ok";
    }
    return exit.startsWith("WARNINGS: ") ? "warning" : "error";
  }

  private static Map<String, Object> nodeRow(Task task) {
    Row row = process(task.upid());
    ended(row, task);
    return row.putIf(task.running(), "status", "RUNNING").fields();
  }

  private Map<String, Object> status(Arguments arguments, Caller caller) throws PveError {
    Task task = visible(arguments, caller, "Sys.Audit");
    return process(task.upid())
        .put("status", task.running() ? "running" : "stopped")
        .putIf(!task.running(), "exitstatus", task.exitStatus())
        .fields();
  }

  private Endpoint.WithTotal log(Arguments arguments, Caller caller) throws PveError {
    Task task = visible(arguments, caller, "Sys.Audit");
    int start = (int) Math.min(Integer.MAX_VALUE, arguments.whole("start", 0));
    long limit = arguments.whole("limit", 50);
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = start; i < task.log().size() && (limit == 0 || lines.size() < limit); i++) {
      lines.add(new Row().put("n", i + 1).put("t", task.log().get(i)).fields());
    }
    if (task.log().isEmpty()) {
      lines.add(new Row().put("n", 1).put("t", "no content").fields());
    }
    return new Endpoint.WithTotal(lines, Math.max(1, task.log().size()));
  }

  private @Nullable Object stop(Arguments arguments, Caller caller) throws PveError {
    cluster.stopTask(visible(arguments, caller, "Sys.Modify").upid());
    return null;
  }

  /** The task of a path: everybody sees their own, others' only with a privilege on the node. */
  private Task visible(Arguments arguments, Caller caller, String privilege) throws PveError {
    Upid upid =
        Upid.parse(arguments.required("upid"))
            .orElseThrow(() -> PveError.parameters(Map.of("upid", "unable to parse worker upid")));
    String tokenId = upid.tokenId();
    if (tokenId == null || !caller.owns(upid.user(), tokenId)) {
      caller.mustHave(privilege, "/nodes/" + arguments.required("node"));
    }
    Optional<Task> task = cluster.task(upid);
    return task.orElseThrow(() -> PveError.parameters(Map.of("upid", "no such task")));
  }

  private static Row identity(Upid upid) {
    return new Row()
        .put("upid", upid.toString())
        .put("node", upid.node())
        .put("type", upid.type())
        .put("id", upid.id())
        .put("user", upid.user())
        .putIf(upid.tokenId() != null, "tokenid", upid.tokenId())
        .put("starttime", upid.startTime());
  }

  private static Row process(Upid upid) {
    return identity(upid).put("pid", upid.pid()).put("pstart", upid.processStart());
  }

  private static void ended(Row row, Task task) {
    Instant end = task.end();
    if (end != null) {
      row.put("endtime", end.getEpochSecond()).put("status", task.exitStatus());
    }
  }
}
