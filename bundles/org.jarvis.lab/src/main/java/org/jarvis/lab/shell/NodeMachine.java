package org.jarvis.lab.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.lab.sim.Chip;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Disk;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.NodeFigures;
import org.jarvis.lab.sim.NodeSpec;

/** A node of the cluster. */
final class NodeMachine extends Machine {

  private final NodeSpec spec;

  NodeMachine(World world, NodeSpec spec) {
    super(world, spec.name());
    this.spec = spec;
  }

  NodeSpec spec() {
    return spec;
  }

  Node node(ClusterSnapshot snapshot) {
    return snapshot.nodes().stream()
        .filter(node -> node.name().equals(name()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the cluster lost its node " + name()));
  }

  @Override
  public boolean runs() {
    return cluster().isReachable(name());
  }

  @Override
  String key() {
    return name();
  }

  List<Disk> disks() {
    return Disk.of(spec, cluster().figures());
  }

  List<Chip> chips() {
    return cluster().sensors().of(spec, vitals().cpu(), now());
  }

  NodeFigures figures(ClusterSnapshot snapshot, Instant moment) {
    return cluster().figures().node(spec, snapshot.guestsOn(name()), moment);
  }

  @Override
  Vitals vitals() {
    ClusterSnapshot snapshot = cluster().snapshot();
    NodeFigures now = figures(snapshot, snapshot.moment());
    List<Double> loads = new ArrayList<>();
    loads.add(now.loadAverage());
    for (int minutes : new int[] {5, 15}) {
      Instant middle = snapshot.moment().minus(Duration.ofMinutes(minutes).dividedBy(2));
      loads.add(figures(snapshot, middle).loadAverage());
    }
    return new Vitals(
        spec.cpuModel(),
        spec.cores(),
        now.cpu(),
        loads,
        spec.memory(),
        now.memory(),
        spec.swap(),
        now.swap(),
        spec.rootDisk(),
        now.rootDisk(),
        node(snapshot).bootedAt());
  }

  @Override
  FileTree files() {
    return NodeFiles.of(this);
  }

  @Override
  String kernel() {
    return world().release().kernel();
  }

  @Override
  String kernelBuild() {
    return world().release().kernelBuild();
  }

  @Override
  String system() {
    return "Debian GNU/Linux 13 (trixie)";
  }

  @Override
  String address() {
    return "192.168.20." + (10 + spec.id() % 200);
  }
}
