package org.jarvis.lab.pve;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSpec;
import org.jarvis.lab.sim.HighAvailability;

/**
 * The forms in which a guest appears: in the cluster's resources, in its node's list and on its
 * own.
 */
final class GuestRows {

  private GuestRows() {}

  /**
   * A row of {@code /cluster/resources}; of a guest whose node is silent only its identity is
   * known.
   */
  static Map<String, Object> resource(
      Guest guest, GuestFigures figures, Instant now, boolean known) {
    GuestSpec spec = guest.spec();
    Row row =
        new Row()
            .put("id", spec.kind().type() + "/" + spec.vmid())
            .put("type", spec.kind().type())
            .put("vmid", spec.vmid())
            .put("node", guest.node());
    if (!known) {
      return row.put("status", "unknown").fields();
    }
    return row.put("status", status(guest))
        .put("name", spec.name())
        .put("uptime", guest.uptime(now).toSeconds())
        .put("template", Row.flag(spec.template()))
        .put("maxcpu", spec.cores())
        .put("cpu", figures.cpu())
        .put("maxmem", spec.memory())
        .put("mem", figures.memory())
        .put("memhost", figures.hostMemory())
        .put("maxdisk", spec.disk())
        .put("disk", figures.disk())
        .put("netin", figures.netIn())
        .put("netout", figures.netOut())
        .put("diskread", figures.diskRead())
        .put("diskwrite", figures.diskWrite())
        .putIf(!spec.tags().isEmpty(), "tags", String.join(";", spec.tags()))
        .putIf(spec.pool() != null, "pool", spec.pool())
        .putIf(guest.lock() != null, "lock", guest.lock())
        .putIf(HighAvailability.manages(spec), "hastate", wanted(guest))
        .fields();
  }

  /** A row of a node's list of virtual machines or containers. */
  static Map<String, Object> listed(Guest guest, GuestFigures figures, Instant now) {
    return state(guest, figures, now).fields();
  }

  /**
   * The reply of {@code status/current}.
   *
   * @param failed whether its disk failed, so that it stands still
   */
  static Map<String, Object> current(
      Guest guest, GuestFigures figures, Instant now, boolean failed) {
    Row row = state(guest, figures, now).put("ha", managed(guest));
    if (guest.spec().kind() == GuestKind.QEMU) {
      row.put("qmpstatus", failed ? "io-error" : guest.paused() ? "paused" : status(guest));
      row.putIf(guest.running(), "clipboard", null);
    }
    return row.fields();
  }

  private static Map<String, Object> managed(Guest guest) {
    boolean managed = HighAvailability.manages(guest.spec());
    return new Row()
        .put("managed", Row.flag(managed))
        .putIf(managed, "state", wanted(guest))
        .fields();
  }

  private static String wanted(Guest guest) {
    return guest.running() ? "started" : "stopped";
  }

  private static Row state(Guest guest, GuestFigures figures, Instant now) {
    GuestSpec spec = guest.spec();
    Row row =
        new Row()
            .put("vmid", spec.vmid())
            .put("name", spec.name())
            .put("status", status(guest))
            .put("uptime", guest.uptime(now).toSeconds())
            .put("cpus", spec.cores())
            .put("cpu", figures.cpu())
            .put("maxmem", spec.memory())
            .put("mem", figures.memory())
            .put("maxdisk", spec.disk())
            .put("disk", figures.disk())
            .put("netin", figures.netIn())
            .put("netout", figures.netOut())
            .put("diskread", figures.diskRead())
            .put("diskwrite", figures.diskWrite())
            .putIf(!spec.tags().isEmpty(), "tags", String.join(";", spec.tags()))
            .putIf(guest.lock() != null, "lock", guest.lock())
            .putIf(spec.template(), "template", 1);
    if (spec.kind() == GuestKind.QEMU) {
      row.put("memhost", figures.hostMemory());
    } else {
      row.put("type", "lxc").put("swap", 0).put("maxswap", GuestConfigs.SWAP_MIB << 20);
    }
    if (guest.running()) {
      row.put("pid", guest.processId());
      pressures(figures, spec.kind()).forEach(row::put);
    }
    return row;
  }

  /** How much of the time something waits for CPU, memory or disk, in percent. */
  static Map<String, Object> pressures(GuestFigures figures, GuestKind kind) {
    double waitsForCpu = hundredths(4 * figures.cpu() * figures.cpu());
    double waitsForDisk = hundredths((figures.diskReadRate() + figures.diskWriteRate()) / 4e6);
    Map<String, Object> pressures = new LinkedHashMap<>();
    pressures.put("pressurecpusome", waitsForCpu);
    if (kind == GuestKind.QEMU) {
      pressures.put("pressurecpufull", hundredths(waitsForCpu / 3));
    }
    pressures.put("pressureiosome", waitsForDisk);
    pressures.put("pressureiofull", hundredths(waitsForDisk * 0.8));
    pressures.put("pressurememorysome", 0);
    pressures.put("pressurememoryfull", 0);
    return pressures;
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String status(Guest guest) {
    return guest.running() ? "running" : "stopped";
  }
}
