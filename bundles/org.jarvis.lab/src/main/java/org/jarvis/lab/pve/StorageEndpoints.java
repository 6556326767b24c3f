package org.jarvis.lab.pve;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.lab.sim.Backup;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSpec;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.StorageSpec;
import org.jspecify.annotations.Nullable;

/** What lies on storages, what would be pruned of it, and how full they were. */
final class StorageEndpoints {

  private static final List<String> AUDIT = List.of("Datastore.Audit", "Datastore.AllocateSpace");
  private static final String STORAGE = "/storage/{storage}";
  private static final String ONE = "/nodes/{node}/storage/{storage}";
  private static final int KEPT = 3;
  private static final DateTimeFormatter ARCHIVE_TIME =
      DateTimeFormatter.ofPattern("yyyy_MM_dd-HH_mm_ss").withZone(ZoneOffset.UTC);

  private static final List<Image> LOCAL =
      List.of(
          new Image("iso/debian-13.1.0-amd64-netinst.iso", "iso", "iso", 783_286_272L, 61),
          new Image("iso/virtio-win-0.1.285.iso", "iso", "iso", 790_495_232L, 48),
          new Image(
              "vztmpl/debian-13-standard_13.1-2_amd64.tar.zst",
              "vztmpl",
              "tzst",
              129_710_398L,
              44));
  private static final List<Image> NAS =
      List.of(
          new Image("iso/OPNsense-25.7-dvd-amd64.iso", "iso", "iso", 2_310_471_680L, 97),
          new Image(
              "iso/Win11_25H2_EnglishInternational_x64.iso", "iso", "iso", 7_736_125_440L, 30),
          new Image("iso/TrueNAS-SCALE-25.10.0.iso", "iso", "iso", 1_934_622_720L, 27));

  private final SimulatedCluster cluster;

  private record Image(String name, String content, String format, long size, int daysOld) {}

  StorageEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(ONE + "/content", (arguments, caller) -> content(arguments, caller))
            .takes(Parameter.text("content"), Parameter.guestNumber("vmid", false))
            .byWorker()
            .needsAny(AUDIT, STORAGE),
        Endpoint.get(ONE + "/prunebackups", (arguments, caller) -> prune(arguments))
            .takes(
                Parameter.text("prune-backups"),
                Parameter.oneOf("type", false, "qemu", "lxc"),
                Parameter.guestNumber("vmid", false))
            .byWorker()
            .needsAny(AUDIT, STORAGE),
        Endpoint.get(ONE + "/rrddata", (arguments, caller) -> history(arguments))
            .takes(
                Parameter.oneOf("timeframe", true, "hour", "day", "week", "month", "year"),
                Parameter.oneOf("cf", false, "AVERAGE", "MAX"))
            .byWorker()
            .needsAny(AUDIT, STORAGE));
  }

  private List<Map<String, Object>> content(Arguments arguments, Caller caller) throws PveError {
    StorageSpec storage = existing(arguments);
    String node = arguments.required("node");
    if (!cluster.isUsable(storage, node)) {
      throw PveError.internal("storage '" + storage.id() + "' is not online");
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> row : volumes(storage, node)) {
      boolean wanted =
          arguments.text("content").map(content -> content.equals(row.get("content"))).orElse(true)
              && arguments
                  .text("vmid")
                  .map(vmid -> vmid.equals(String.valueOf(row.get("vmid"))))
                  .orElse(true);
      if (wanted && sees(caller, storage, row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** What {@code PVE::Storage::check_volume_access} refuses is left out without a word. */
  private static boolean sees(Caller caller, StorageSpec storage, Map<String, Object> row) {
    String path = "/storage/" + storage.id();
    String guest = "/vms/" + row.get("vmid");
    return caller.may("Datastore.Allocate", path)
        || switch (String.valueOf(row.get("content"))) {
          case "backup" ->
              caller.may("Datastore.AllocateSpace", path) && caller.may("VM.Backup", guest);
          case "images", "rootdir" ->
              caller.may("Datastore.Audit", path) && caller.may("VM.Config.Disk", guest);
          default -> true;
        };
  }

  private List<Map<String, Object>> volumes(StorageSpec storage, String node) {
    Instant now = cluster.snapshot().moment();
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<String> content = Set.of(storage.content().split(","));
    for (Image image : images(storage)) {
      Instant made = now.minus(Duration.ofDays(image.daysOld())).truncatedTo(ChronoUnit.DAYS);
      rows.add(
          new Row()
              .put("volid", storage.id() + ":" + image.name())
              .put("content", image.content())
              .put("format", image.format())
              .put("size", image.size())
              .put("ctime", made.getEpochSecond())
              .fields());
    }
    if (content.contains("images") || content.contains("rootdir")) {
      for (Guest guest : cluster.snapshot().guestsOn(node)) {
        if (guest.spec().storage().equals(storage.id())) {
          rows.add(disk(storage, guest.spec(), now));
        }
      }
    }
    if (content.contains("backup")) {
      cluster.backups(storage.id()).forEach(backup -> rows.add(backup(storage, backup)));
    }
    return rows;
  }

  private static List<Image> images(StorageSpec storage) {
    return switch (storage.id()) {
      case "local" -> LOCAL;
      case "nas" -> NAS;
      default -> List.of();
    };
  }

  private static Map<String, Object> disk(StorageSpec storage, GuestSpec spec, Instant now) {
    boolean container = spec.kind() == GuestKind.LXC;
    boolean zfs = storage.plugin().equals("zfspool");
    Row row =
        new Row()
            .put("volid", storage.id() + ":" + GuestConfigs.volume(spec, zfs))
            .put("content", container ? "rootdir" : "images")
            .put("format", container && zfs ? "subvol" : "raw")
            .put("size", spec.disk())
            .put("vmid", spec.vmid())
            .put("parent", null);
    return row.putIf(
            !zfs,
            "ctime",
            now.minus(Duration.ofDays(200 + spec.vmid() % 400)).getEpochSecond() / 86_400 * 86_400)
        .fields();
  }

  private static Map<String, Object> backup(StorageSpec storage, Backup backup) {
    boolean server = storage.plugin().equals("pbs");
    boolean machine = backup.kind() == GuestKind.QEMU;
    return new Row()
        .put("volid", volumeOf(storage, backup))
        .put("content", "backup")
        .put("format", server ? (machine ? "pbs-vm" : "pbs-ct") : machine ? "vma.zst" : "tar.zst")
        .put("subtype", backup.kind().type())
        .put("ctime", backup.at().getEpochSecond())
        .put("size", backup.size())
        .put("vmid", backup.vmid())
        .put("notes", backup.notes())
        .putIf(backup.kept(), "protected", 1)
        .putIf(
            backup.verification() != null,
            "verification",
            new Row()
                .put("state", backup.verification())
                .put(
                    "upid",
                    "UPID:pbs:000002F1:000009D4:0000%04X:%08X:verificationjob:main\\x3av-9f3c:root@pam:"
                        .formatted(backup.vmid() & 0xFFFF, backup.at().getEpochSecond() + 21_600))
                .fields())
        .fields();
  }

  static String volumeOf(StorageSpec storage, Backup backup) {
    boolean machine = backup.kind() == GuestKind.QEMU;
    return storage.plugin().equals("pbs")
        ? "%s:backup/%s/%d/%s"
            .formatted(storage.id(), machine ? "vm" : "ct", backup.vmid(), backup.at())
        : "%s:backup/vzdump-%s-%d-%s.%s"
            .formatted(
                storage.id(),
                backup.kind().type(),
                backup.vmid(),
                ARCHIVE_TIME.format(backup.at()),
                machine ? "vma.zst" : "tar.zst");
  }

  /** The newest few of each guest stay; only a storage with such a rule knows. */
  private List<Map<String, Object>> prune(Arguments arguments) throws PveError {
    StorageSpec storage = existing(arguments);
    @Nullable String rule = arguments.text("prune-backups").orElse(null);
    if (rule == null && !storage.plugin().equals("nfs")) {
      throw PveError.internal(
          "no prune-backups options configured for storage '" + storage.id() + "'");
    }
    Map<Integer, Integer> newer = new HashMap<>();
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Backup> backups = new ArrayList<>(cluster.backups(storage.id()));
    Collections.reverse(backups);
    for (Backup backup : backups) {
      int rank = newer.merge(backup.vmid(), 1, Integer::sum);
      boolean wanted =
          arguments.text("vmid").map(String.valueOf(backup.vmid())::equals).orElse(true)
              && arguments.text("type").map(backup.kind().type()::equals).orElse(true);
      if (wanted) {
        String mark = rank <= KEPT ? "keep" : "remove";
        rows.add(
            new Row()
                .put("volid", volumeOf(storage, backup))
                .put("ctime", backup.at().getEpochSecond())
                .put("type", backup.kind().type())
                .put("vmid", backup.vmid())
                .put("mark", backup.kept() ? "protected" : mark)
                .fields());
      }
    }
    return rows;
  }

  private List<Map<String, Object>> history(Arguments arguments) throws PveError {
    StorageSpec storage = existing(arguments);
    String node = arguments.required("node");
    Instant now = cluster.snapshot().moment();
    return HistoryEndpoints.moments(arguments.required("timeframe"), now).stream()
        .map(
            moment ->
                new Row()
                    .put("time", moment.getEpochSecond())
                    .put("total", storage.total())
                    .put("used", cluster.figures().storageUsed(storage, node, moment))
                    .fields())
        .toList();
  }

  private StorageSpec existing(Arguments arguments) throws PveError {
    return NodeEndpoints.storage(cluster, arguments);
  }
}
