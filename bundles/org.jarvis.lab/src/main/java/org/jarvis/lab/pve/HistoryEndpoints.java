package org.jarvis.lab.pve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSpec;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.NodeFigures;
import org.jarvis.lab.sim.NodeSpec;
import org.jarvis.lab.sim.SimulatedCluster;

/**
 * What was, in the time frames that Proxmox VE keeps; drawn from the same functions as the present.
 */
final class HistoryEndpoints {

  private final SimulatedCluster cluster;

  HistoryEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** How far back a time frame reaches, and in what steps. */
  private record TimeFrame(long stepSeconds, int rows) {

    static TimeFrame named(String name) {
      return switch (name) {
        case "hour" -> new TimeFrame(60, 60);
        case "day" -> new TimeFrame(60, 1440);
        case "week" -> new TimeFrame(1800, 336);
        case "month" -> new TimeFrame(1800, 1461);
        case "year" -> new TimeFrame(21_600, 1461);
        case "decade" -> new TimeFrame(604_800, 521);
        default ->
            throw new IllegalArgumentException(
                "time frame " + name + " passed the check of its parameter");
      };
    }

    List<Instant> moments(Instant now) {
      long last = now.getEpochSecond() / stepSeconds * stepSeconds;
      List<Instant> moments = new ArrayList<>();
      for (int i = rows - 1; i >= 0; i--) {
        moments.add(Instant.ofEpochSecond(last - i * stepSeconds));
      }
      return moments;
    }
  }

  /** The moments of a time frame, oldest first. */
  static List<Instant> moments(String timeframe, Instant now) {
    return TimeFrame.named(timeframe).moments(now);
  }

  List<Endpoint> all() {
    Parameter consolidation = Parameter.oneOf("cf", false, "AVERAGE", "MAX");
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(
        Endpoint.get("/nodes/{node}/rrddata", (arguments, caller) -> ofNode(arguments))
            .takes(
                Parameter.oneOf(
                    "timeframe", true, "hour", "day", "week", "month", "year", "decade"),
                consolidation)
            .byWorker()
            .byAnyMember()
            .needs("Sys.Audit", "/nodes/{node}"));
    for (GuestKind kind : GuestKind.values()) {
      endpoints.add(
          Endpoint.get(
                  "/nodes/{node}/" + kind.type() + "/{vmid}/rrddata",
                  (arguments, caller) -> ofGuest(kind, arguments))
              .takes(
                  Parameter.oneOf("timeframe", true, "hour", "day", "week", "month", "year"),
                  consolidation)
              .byWorker()
              .byAnyMember()
              .needs("VM.Audit", "/vms/{vmid}"));
    }
    return endpoints;
  }

  private List<Map<String, Object>> ofNode(Arguments arguments) throws PveError {
    ClusterSnapshot snapshot = cluster.snapshot();
    Node node = NodeEndpoints.existing(snapshot, arguments.required("node"));
    List<Guest> guests = snapshot.guestsOn(node.name());
    return TimeFrame.named(arguments.required("timeframe")).moments(snapshot.moment()).stream()
        .map(moment -> nodeRow(node, guests, moment))
        .toList();
  }

  private Map<String, Object> nodeRow(Node node, List<Guest> guests, Instant moment) {
    Row row = new Row().put("time", moment.getEpochSecond());
    if (moment.isBefore(node.bootedAt()) || !node.online()) {
      return row.fields();
    }
    NodeSpec spec = node.spec();
    NodeFigures figures = cluster.figures().node(spec, guests, moment);
    return row.put("cpu", figures.cpu())
        .put("maxcpu", spec.cores())
        .put("iowait", figures.ioWait())
        .put("loadavg", figures.loadAverage())
        .put("memused", figures.memory())
        .put("memtotal", spec.memory())
        .put("memavailable", spec.memory() - figures.memory())
        .put("arcsize", figures.arc())
        .put("swapused", figures.swap())
        .put("swaptotal", spec.swap())
        .put("rootused", figures.rootDisk())
        .put("roottotal", spec.rootDisk())
        .put("netin", figures.netInRate())
        .put("netout", figures.netOutRate())
        .put("pressurecpusome", 20 * figures.cpu() * figures.cpu())
        .put("pressureiosome", 30 * figures.ioWait())
        .put("pressureiofull", 25 * figures.ioWait())
        .put("pressurememorysome", 0)
        .put("pressurememoryfull", 0)
        .fields();
  }

  private List<Map<String, Object>> ofGuest(GuestKind kind, Arguments arguments) throws PveError {
    Guest guest = GuestEndpoints.existing(cluster, kind, arguments);
    Instant now = cluster.snapshot().moment();
    return TimeFrame.named(arguments.required("timeframe")).moments(now).stream()
        .map(moment -> guestRow(guest, moment))
        .toList();
  }

  private Map<String, Object> guestRow(Guest guest, Instant moment) {
    GuestSpec spec = guest.spec();
    GuestFigures figures = cluster.figures().guest(guest, moment);
    Row row =
        new Row()
            .put("time", moment.getEpochSecond())
            .put("maxcpu", spec.cores())
            .put("maxmem", spec.memory())
            .put("maxdisk", spec.disk())
            .put("disk", figures.disk());
    if (guest.runAt(moment).isEmpty()) {
      return row.fields();
    }
    row.put("cpu", figures.cpu())
        .put("mem", figures.memory())
        .put("memhost", figures.hostMemory())
        .put("netin", figures.netInRate())
        .put("netout", figures.netOutRate())
        .put("diskread", figures.diskReadRate())
        .put("diskwrite", figures.diskWriteRate());
    GuestRows.pressures(figures, spec.kind()).forEach(row::put);
    return row.fields();
  }
}
