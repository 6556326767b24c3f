package org.jarvis.lab.pve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.NodeFigures;
import org.jarvis.lab.sim.NodeSpec;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.StorageSpec;

/** What a node answers about itself and its storages. */
final class NodeEndpoints {

  private static final String CPU_FLAGS =
      "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx"
          + " rdtscp lm constant_tsc nopl cpuid pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe popcnt aes xsave avx"
          + " f16c rdrand lahf_lm abm bmi1 avx2 smep bmi2 erms rdseed adx smap clflushopt sha_ni";

  private final SimulatedCluster cluster;
  private final Release release;

  NodeEndpoints(SimulatedCluster cluster, Release release) {
    this.cluster = cluster;
    this.release = release;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/nodes/{node}/version", (arguments, caller) -> release.fields()),
        Endpoint.get("/nodes/{node}/status", (arguments, caller) -> status(arguments))
            .needs("Sys.Audit", "/nodes/{node}"),
        Endpoint.get("/nodes/{node}/storage", this::storages)
            .takes(
                Parameter.text("content"),
                Parameter.flag("enabled"),
                Parameter.flag("format"),
                Parameter.text("storage"),
                Parameter.text("target"))
            .byWorker(),
        Endpoint.get(
                "/nodes/{node}/storage/{storage}/status", (arguments, caller) -> storage(arguments))
            .byWorker()
            .needsAny(List.of("Datastore.Audit", "Datastore.AllocateSpace"), "/storage/{storage}"));
  }

  static long uptime(Node node, Instant now) {
    return Duration.between(node.bootedAt(), now).toSeconds();
  }

  /** The node of a path, which the API has checked before. */
  static Node existing(ClusterSnapshot snapshot, String name) throws PveError {
    return snapshot.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> PveError.unknownNode(name));
  }

  private Map<String, Object> status(Arguments arguments) throws PveError {
    ClusterSnapshot snapshot = cluster.snapshot();
    Node node = existing(snapshot, arguments.required("node"));
    NodeSpec spec = node.spec();
    NodeFigures figures =
        cluster.figures().node(spec, snapshot.guestsOn(node.name()), snapshot.moment());
    return new Row()
        .put("uptime", uptime(node, snapshot.moment()))
        .put("cpu", figures.cpu())
        .put("wait", figures.ioWait())
        .put("idle", 0)
        .put("loadavg", loadAverages(figures, spec, snapshot))
        .put("memory", memory(figures, spec))
        .put("swap", space(figures.swap(), spec.swap()).fields())
        .put("rootfs", rootFileSystem(figures, spec))
        .put("ksm", Map.of("shared", 0))
        .put("cpuinfo", cpu(spec))
        .put("kversion", "Linux " + release.kernel() + " " + release.kernelBuild())
        .put("current-kernel", kernel())
        .put("boot-info", new Row().put("mode", "efi").put("secureboot", 0).fields())
        .put("pveversion", release.manager())
        .fields();
  }

  /** Strings with two decimals, as {@code /proc/loadavg} has them. */
  private List<String> loadAverages(NodeFigures figures, NodeSpec spec, ClusterSnapshot snapshot) {
    List<String> averages = new ArrayList<>();
    averages.add(decimal(figures.loadAverage()));
    for (int minutes : new int[] {5, 15}) {
      Instant middle = snapshot.moment().minus(Duration.ofMinutes(minutes).dividedBy(2));
      averages.add(
          decimal(
              cluster.figures().node(spec, snapshot.guestsOn(spec.name()), middle).loadAverage()));
    }
    return averages;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static Map<String, Object> memory(NodeFigures figures, NodeSpec spec) {
    long available = spec.memory() - figures.memory();
    return space(figures.memory(), spec.memory())
        .put("free", Math.round(available * 0.72))
        .put("available", available)
        .fields();
  }

  private static Map<String, Object> rootFileSystem(NodeFigures figures, NodeSpec spec) {
    long free = spec.rootDisk() - figures.rootDisk();
    return space(figures.rootDisk(), spec.rootDisk())
        .put("avail", Math.round(free * 0.95))
        .fields();
  }

  private static Row space(long used, long total) {
    return new Row().put("used", used).put("total", total).put("free", total - used);
  }

  private static Map<String, Object> cpu(NodeSpec spec) {
    return new Row()
        .put("model", spec.cpuModel())
        .put("vendor", spec.cpuModel().startsWith("AMD") ? "AuthenticAMD" : "GenuineIntel")
        .put("family", spec.cpuModel().startsWith("AMD") ? "25" : "6")
        .put("sockets", spec.sockets())
        .put("cores", Math.max(1, spec.cores() / 2))
        .put("cpus", spec.cores())
        .put("mhz", String.format(Locale.ROOT, "%.3f", spec.megahertz()))
        .put("hvm", "1")
        .put("user_hz", 100)
        .put("flags", CPU_FLAGS)
        .fields();
  }

  private Map<String, Object> kernel() {
    return new Row()
        .put("sysname", "Linux")
        .put("release", release.kernel())
        .put("version", release.kernelBuild())
        .put("machine", "x86_64")
        .fields();
  }

  private List<Map<String, Object>> storages(Arguments arguments, Caller caller) {
    String node = arguments.required("node");
    Instant now = cluster.snapshot().moment();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (StorageSpec storage : cluster.inventory().storages()) {
      boolean wanted =
          storage.nodes().contains(node)
              && (caller.may("Datastore.Audit", "/storage/" + storage.id())
                  || caller.may("Datastore.AllocateSpace", "/storage/" + storage.id()))
              && arguments.text("storage").map(storage.id()::equals).orElse(true)
              && arguments.text("content").map(content -> holds(storage, content)).orElse(true);
      if (wanted) {
        boolean usable = cluster.isUsable(storage, node);
        long used = cluster.figures().storageUsed(storage, node, now);
        Row row = usable ? space(storage, used) : unusable(storage);
        rows.add(
            row.put("storage", storage.id())
                .put("used_fraction", usable ? (double) used / storage.total() : 0.0)
                .fields());
      }
    }
    return rows;
  }

  private static boolean holds(StorageSpec storage, String wanted) {
    List<String> content = List.of(storage.content().split(","));
    return List.of(wanted.split("[,; ]")).stream().anyMatch(content::contains);
  }

  private Map<String, Object> storage(Arguments arguments) throws PveError {
    StorageSpec storage = storage(cluster, arguments);
    Instant now = cluster.snapshot().moment();
    String node = arguments.required("node");
    long used = cluster.figures().storageUsed(storage, node, now);
    return (cluster.isUsable(storage, node) ? space(storage, used) : unusable(storage)).fields();
  }

  private static Row unusable(StorageSpec storage) {
    return space(storage, 0).put("active", 0).put("total", 0).put("avail", 0);
  }

  /** The storage of a path, or the error that there is none of that name on the node. */
  static StorageSpec storage(SimulatedCluster cluster, Arguments arguments) throws PveError {
    String node = arguments.required("node");
    return cluster.inventory().storages().stream()
        .filter(storage -> storage.id().equals(arguments.required("storage")))
        .filter(storage -> storage.nodes().contains(node))
        .findFirst()
        .orElseThrow(() -> PveError.parameters(Map.of("storage", "No such storage.")));
  }

  private static Row space(StorageSpec storage, long used) {
    return new Row()
        .put("type", storage.plugin())
        .put("content", storage.content())
        .put("shared", Row.flag(storage.shared()))
        .put("active", 1)
        .put("enabled", 1)
        .put("total", storage.total())
        .put("used", used)
        .put("avail", storage.total() - used);
  }
}
