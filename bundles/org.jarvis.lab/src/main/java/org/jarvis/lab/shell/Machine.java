package org.jarvis.lab.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jarvis.lab.sim.NodeService;
import org.jarvis.lab.sim.SimulatedCluster;

/** A machine that somebody can log in to. Thread-safe: what it tells is made when it is asked. */
public abstract class Machine {

  private final World world;
  private final String name;

  Machine(World world, String name) {
    this.world = world;
    this.name = name;
  }

  /**
   * What it has and uses at one moment.
   *
   * @param cpuModel as {@code /proc/cpuinfo} says
   * @param threads processors as the system counts them
   * @param cpu share of all of them that is in use
   * @param loads averages over 1, 5 and 15 minutes
   * @param memory bytes
   * @param memoryUsed bytes
   * @param swap bytes
   * @param swapUsed bytes
   * @param rootDisk bytes
   * @param rootDiskUsed bytes
   * @param bootedAt when it booted
   */
  record Vitals(
      String cpuModel,
      int threads,
      double cpu,
      List<Double> loads,
      long memory,
      long memoryUsed,
      long swap,
      long swapUsed,
      long rootDisk,
      long rootDiskUsed,
      Instant bootedAt) {

    Vitals {
      loads = List.copyOf(loads);
    }
  }

  /** Its host name. */
  public String name() {
    return name;
  }

  /** Whether it can be reached and runs. */
  public abstract boolean runs();

  /** The key of its services and its journal. */
  abstract String key();

  abstract Vitals vitals();

  abstract FileTree files();

  abstract String kernel();

  abstract String kernelBuild();

  /** What it calls its system. */
  abstract String system();

  /** Its address in the household's network. */
  abstract String address();

  World world() {
    return world;
  }

  SimulatedCluster cluster() {
    return world.cluster();
  }

  Instant now() {
    return cluster().snapshot().moment();
  }

  ZoneId zone() {
    return cluster().zone();
  }

  List<NodeService> services() {
    return cluster().services(key());
  }

  Duration uptime() {
    Duration up = Duration.between(vitals().bootedAt(), now());
    return up.isNegative() ? Duration.ZERO : up;
  }

  /** A repeatable number of a name on this machine. */
  int number(String what, int least, int most) {
    return least + (int) (cluster().figures().constant(name + what) * (most - least));
  }

  /** Its identity, which never changes. */
  String machineId() {
    return String.format(
        Locale.ROOT,
        "%08x%08x%08x%08x",
        number("id1", 0, Integer.MAX_VALUE),
        number("id2", 0, Integer.MAX_VALUE),
        number("id3", 0, Integer.MAX_VALUE),
        number("id4", 0, Integer.MAX_VALUE));
  }
}
