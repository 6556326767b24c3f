package org.jarvis.lab.pve;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.Disk;
import org.jarvis.lab.sim.NodeSpec;
import org.jarvis.lab.sim.PoolWork;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.StorageSpec;
import org.jarvis.lab.sim.Troubles;

/** Disks with their health, and ZFS pools. */
final class DiskEndpoints {

  private static final String POOL = "rpool";
  private static final DateTimeFormatter SCRUB_TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final SimulatedCluster cluster;

  DiskEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/nodes/{node}/disks/list", (arguments, caller) -> list(arguments))
            .takes(
                Parameter.flag("include-partitions"),
                Parameter.flag("skipsmart"),
                Parameter.oneOf("type", false, "unused", "journal_disks"))
            .byWorker()
            .needsOnAny("Sys.Audit", List.of("/", "/nodes/{node}")),
        Endpoint.get("/nodes/{node}/disks/smart", (arguments, caller) -> smart(arguments))
            .takes(
                new Parameter("disk", true, new Parameter.Form.Text()),
                Parameter.flag("healthonly"))
            .byWorker()
            .needs("Sys.Audit", "/"),
        Endpoint.get("/nodes/{node}/disks/zfs", (arguments, caller) -> pools(arguments))
            .byWorker()
            .needs("Sys.Audit", "/"),
        Endpoint.get("/nodes/{node}/disks/zfs/{name}", (arguments, caller) -> pool(arguments))
            .byWorker()
            .needs("Sys.Audit", "/"));
  }

  private NodeSpec node(Arguments arguments) throws PveError {
    return NodeEndpoints.existing(cluster.snapshot(), arguments.required("node")).spec();
  }

  private List<Map<String, Object>> list(Arguments arguments) throws PveError {
    NodeSpec node = node(arguments);
    boolean unusedOnly = arguments.text("type").isPresent();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Disk disk : Disk.of(node, cluster.figures())) {
      if (unusedOnly && !disk.used().isEmpty()) {
        continue;
      }
      boolean asked = !arguments.flag("skipsmart");
      rows.add(
          new Row()
              .put("devpath", disk.device())
              .put("by_id_link", disk.byId())
              .put("type", disk.type())
              .put("vendor", disk.vendor())
              .put("model", disk.model())
              .put("serial", disk.serial())
              .put(
                  "wwn",
                  (disk.nvme() ? "eui." : "0x5")
                      + GuestConfigs.digest(disk.serial()).substring(0, disk.nvme() ? 16 : 15))
              .put("size", disk.size())
              .put("rpm", disk.rotations())
              .put("gpt", Row.flag(!disk.used().isEmpty()))
              .put("mounted", 0)
              .put("osdid", -1)
              .put("osdid-list", null)
              .putIf(!disk.used().isEmpty(), "used", disk.used())
              .put("health", asked ? health(node, disk) : "UNKNOWN")
              .put(
                  "wearout",
                  asked && disk.rotations() == 0 ? Integer.valueOf(disk.lifeLeft()) : "N/A")
              .fields());
    }
    return rows;
  }

  private boolean fails(NodeSpec node, Disk disk) {
    return cluster.troubles().on(Troubles.Kind.DISK_FAILING, node.name() + disk.device());
  }

  private String health(NodeSpec node, Disk disk) {
    return fails(node, disk) ? "FAILED" : "PASSED";
  }

  private Map<String, Object> smart(Arguments arguments) throws PveError {
    NodeSpec node = node(arguments);
    String device = arguments.required("disk");
    Disk disk =
        Disk.of(node, cluster.figures()).stream()
            .filter(candidate -> candidate.device().equals(device))
            .findFirst()
            .orElseThrow(() -> PveError.internal("not a valid block device"));
    Row row = new Row().put("health", health(node, disk));
    if (arguments.flag("healthonly")) {
      return row.fields();
    }
    Instant now = cluster.snapshot().moment();
    int degrees = disk.degrees(node, cluster.figures(), cluster.troubles(), now);
    if (disk.nvme()) {
      return row.put("type", "text")
          .put("text", nvmeText(disk, degrees, fails(node, disk)))
          .put("wearout", disk.lifeLeft())
          .fields();
    }
    row.put("type", "ata").put("attributes", attributes(node, disk, degrees));
    return row.putIf(disk.rotations() == 0, "wearout", disk.lifeLeft()).fields();
  }

  private static String nvmeText(Disk disk, int degrees, boolean fails) {
    return """

        SMART/Health Information (NVMe Log 0x02)
        Critical Warning:                   %s
        Temperature:                        %d Celsius
        Available Spare:                    %d%%
        Available Spare Threshold:          10%%
        Percentage Used:                    %d%%
        Data Units Read:                    48,201,334 [24.6 TB]
        Data Units Written:                 61,930,215 [31.7 TB]
        Host Read Commands:                 712,480,112
        Host Write Commands:                1,498,223,871
        Controller Busy Time:               4,021
        Power Cycles:                       61
        Power On Hours:                     14,208
        Unsafe Shutdowns:                   12
        Media and Data Integrity Errors:    %d
        Error Information Log Entries:      %d
        Warning  Comp. Temperature Time:    0
        Critical Comp. Temperature Time:    0
        Temperature Sensor 1:               %d Celsius
        """
        .formatted(
            fails ? "0x05" : "0x00",
            degrees,
            fails ? 4 : 100,
            100 - disk.lifeLeft(),
            fails ? 71 : 0,
            fails ? 94 : 0,
            degrees);
  }

  private List<Map<String, Object>> attributes(NodeSpec node, Disk disk, int degrees) {
    boolean fails = fails(node, disk);
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(
        attribute(5, "Reallocated_Sector_Ct", "PO--CK", fails ? 3 : 100, 10, fails ? 1432 : 0));
    rows.add(attribute(9, "Power_On_Hours", "-O--CK", 79, 0, 18_412));
    rows.add(attribute(12, "Power_Cycle_Count", "-O--CK", 100, 0, 74));
    if (disk.rotations() == 0) {
      rows.add(
          attribute(
              202, "Percent_Lifetime_Remain", "----CK", disk.lifeLeft(), 1, 100 - disk.lifeLeft()));
    }
    rows.add(attribute(194, "Temperature_Celsius", "-O---K", 100 - degrees, 0, degrees));
    rows.add(
        attribute(197, "Current_Pending_Sector", "-O--CK", fails ? 91 : 100, 0, fails ? 96 : 0));
    rows.add(
        attribute(198, "Offline_Uncorrectable", "----CK", fails ? 94 : 100, 0, fails ? 41 : 0));
    rows.add(attribute(199, "UDMA_CRC_Error_Count", "-O--CK", 100, 0, 0));
    return rows;
  }

  private static Map<String, Object> attribute(
      int id, String name, String flags, int value, int threshold, long raw) {
    return new Row()
        .put("id", "%3d".formatted(id))
        .put("name", name)
        .put("flags", flags)
        .put("value", "%03d".formatted(value))
        .put("normalized", value)
        .put("worst", "%03d".formatted(value))
        .put("threshold", "%03d".formatted(threshold))
        .put("fail", value < threshold ? "NOW" : "-")
        .put("raw", String.valueOf(raw))
        .fields();
  }

  private List<Map<String, Object>> pools(Arguments arguments) throws PveError {
    NodeSpec node = node(arguments);
    if (!node.zfs()) {
      return List.of();
    }
    StorageSpec storage = zfsStorage();
    // What the storage sees is the pool without what ZFS keeps for itself.
    long size = Math.round(storage.total() * 1.033);
    long used = cluster.figures().storageUsed(storage, node.name(), cluster.snapshot().moment());
    return List.of(
        new Row()
            .put("name", POOL)
            .put("size", size)
            .put("alloc", used)
            .put("free", size - used)
            .put("frag", 11 + (int) (cluster.figures().constant(node.name() + POOL) * 20))
            .put("dedup", 1)
            .put("health", degraded(node) ? "DEGRADED" : "ONLINE")
            .fields());
  }

  private StorageSpec zfsStorage() {
    return cluster.inventory().storages().stream()
        .filter(storage -> storage.plugin().equals("zfspool"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a node with ZFS has no storage on it"));
  }

  private boolean degraded(NodeSpec node) {
    return cluster.troubles().on(Troubles.Kind.POOL_DEGRADED, node.name());
  }

  private Map<String, Object> pool(Arguments arguments) throws PveError {
    NodeSpec node = node(arguments);
    String name = arguments.required("name");
    if (!node.zfs() || !name.equals(POOL)) {
      throw PveError.internal("command '/sbin/zpool status -P " + name + "' failed: exit code 1");
    }
    boolean degraded = degraded(node);
    boolean misread = cluster.troubles().on(Troubles.Kind.POOL_ERRORS, node.name());
    String state = degraded ? "DEGRADED" : "ONLINE";
    List<Map<String, Object>> members = new ArrayList<>();
    for (Disk disk : Disk.of(node, cluster.figures())) {
      if (disk.used().equals("ZFS")) {
        boolean gone = degraded && !members.isEmpty();
        Row member =
            device(disk.byId() + "-part3", gone ? "UNAVAIL" : "ONLINE", gone ? "cannot open" : "")
                .put("leaf", 1);
        members.add(
            (misread && members.isEmpty() ? member.put("cksum", PoolWork.MISREAD) : member)
                .fields());
      }
    }
    Map<String, Object> mirror =
        device("mirror-0", state, "").put("leaf", 0).put("children", members).fields();
    Map<String, Object> root =
        device(POOL, state, "").put("leaf", 0).put("children", List.of(mirror)).fields();
    Instant scrubbed = lastScrub(cluster.snapshot().moment());
    Row row = new Row().put("name", POOL).put("state", state);
    if (degraded) {
      row.put(
              "status",
              "One or more devices could not be used because the label is missing or invalid.  Sufficient replicas exist for the pool to continue functioning in a degraded state.")
          .put("action", "Replace the device using 'zpool replace'.");
    } else if (misread) {
      row.put(
              "status",
              "One or more devices has experienced an unrecoverable error.  An attempt was made to correct the error.  Applications are unaffected.")
          .put(
              "action",
              "Determine if the device needs to be replaced, and clear the errors using 'zpool clear' or replace the device with 'zpool replace'.");
    }
    return row.put("scan", scan(node, scrubbed))
        .put("children", List.of(root))
        .put("errors", "No known data errors")
        .fields();
  }

  /** What somebody asked for last, or what the schedule did. */
  private String scan(NodeSpec node, Instant scrubbed) {
    Instant now = cluster.snapshot().moment();
    Optional<PoolWork.Scrub> asked = cluster.works().pools().scrub(node.name());
    Optional<Instant> overdue = cluster.works().pools().overdueSince(node.name());
    if (overdue.isPresent()) {
      return "scrub repaired 0B in 00:14:52 with 0 errors on " + SCRUB_TIME.format(overdue.get());
    }
    if (asked.isPresent() && asked.get().ended().isAfter(now)) {
      return "scrub in progress since " + SCRUB_TIME.format(asked.get().begun());
    }
    if (asked.isPresent() && asked.get().stopped()) {
      return "scrub canceled on " + SCRUB_TIME.format(asked.get().ended());
    }
    return "scrub repaired 0B in 00:14:52 with 0 errors on "
        + SCRUB_TIME.format(asked.map(PoolWork.Scrub::ended).orElse(scrubbed));
  }

  private static Row device(String name, String state, String message) {
    return new Row()
        .put("name", name)
        .put("state", state)
        .put("read", 0)
        .put("write", 0)
        .put("cksum", 0)
        .put("msg", message);
  }

  /** Debian scrubs on the second Sunday of a month, at 00:24. */
  private static Instant lastScrub(Instant now) {
    LocalDate today = now.minus(Duration.ofHours(1)).atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate second = secondSunday(today);
    LocalDate last = second.isAfter(today) ? secondSunday(today.minusMonths(1)) : second;
    return last.atTime(0, 38, 54).toInstant(ZoneOffset.UTC);
  }

  private static LocalDate secondSunday(LocalDate month) {
    return month.with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.SUNDAY));
  }
}
