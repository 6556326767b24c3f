package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.ClusterLog;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.Privileges;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/** What the calls below {@code /cluster} and {@code /access} tell beyond the lists. */
public final class ClusterAspects {
  private static final int HIGH_AVAILABILITY_LIMIT = 10_000;
  private static final int GUESTS_WITHOUT_BACKUP_LIMIT = 50_000;
  private static final int BACKUP_JOBS_LIMIT = 1000;
  private static final int CLUSTER_LOG_LIMIT = 500;
  private static final int CHECKS_LIMIT = 100;
  private static final int PRIVILEGES_LIMIT = 200;
  private static final int PATHS_LIMIT = 20_000;

  /** The paths of which Proxmox VE tells what is held on them, if anything is. */
  private static final List<String> TOP_LEVEL =
      List.of("/access", "/nodes", "/pool", "/sdn", "/storage", "/vms");

  private ClusterAspects() {}

  /** Reads {@code /cluster/log}; it is newest first. */
  public static ClusterLog log(JsonNode data, Oddities oddities) {
    List<ClusterLog.Line> lines = new ArrayList<>();
    for (Row row : Row.list(data, "cluster log", CLUSTER_LOG_LIMIT, oddities)) {
      Instant at = row.moment("time");
      String message = row.text("msg");
      if (at == null || message == null) {
        oddities.add("cluster log: a line without time or message was left out");
        continue;
      }
      lines.add(
          new ClusterLog.Line(
              at,
              row.text("node"),
              row.text("user"),
              row.text("tag"),
              row.smallCount("pri"),
              message));
    }
    return new ClusterLog(lines);
  }

  /**
   * Reads {@code /cluster/backup}.
   *
   * @param uncovered the data of {@code /cluster/backup-info/not-backed-up}, {@code null} when it
   *     could not be read
   */
  public static BackupJobs backupJobs(
      JsonNode data, @Nullable JsonNode uncovered, Oddities oddities) {
    List<BackupJobs.Job> jobs = new ArrayList<>();
    for (Row row : Row.list(data, "backup jobs", BACKUP_JOBS_LIMIT, oddities)) {
      String id = row.text("id");
      if (id == null) {
        oddities.add("backup jobs: a job without an id was left out");
        continue;
      }
      jobs.add(
          new BackupJobs.Job(
              id,
              // Left out where it is the default.
              !Boolean.FALSE.equals(row.flag("enabled")),
              schedule(row),
              row.text("storage"),
              row.text("mode"),
              Boolean.TRUE.equals(row.flag("all")),
              guests(row.text("vmid")),
              guests(row.text("exclude")),
              row.text("pool"),
              row.text("node"),
              row.moment("next-run"),
              row.text("comment")));
    }
    return new BackupJobs(jobs, uncovered == null ? null : uncovered(uncovered, oddities));
  }

  /** Jobs from before version 7 have a day of the week and a time instead of a schedule. */
  private static @Nullable String schedule(Row row) {
    String schedule = row.text("schedule");
    String time = row.text("starttime");
    if (schedule != null || time == null) {
      return schedule;
    }
    String days = row.text("dow");
    return days == null ? time : days + " " + time;
  }

  private static List<GuestId> guests(@Nullable String list) {
    return list == null
        ? List.of()
        : Arrays.stream(list.split("[,;\\s]+"))
            .map(Identifiers::guest)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
  }

  private static List<GuestId> uncovered(JsonNode data, Oddities oddities) {
    Set<GuestId> guests = new LinkedHashSet<>();
    for (Row row : Row.list(data, "guests without backup", GUESTS_WITHOUT_BACKUP_LIMIT, oddities)) {
      GuestId guest = Identifiers.guest(row.identifier("vmid"));
      if (guest == null) {
        oddities.add("guests without backup: an entry without a usable number was left out");
      } else {
        guests.add(guest);
      }
    }
    return guests.stream().sorted().toList();
  }

  /** Reads {@code /cluster/ha/status/current}. */
  public static HighAvailability highAvailability(JsonNode data, Oddities oddities) {
    Boolean quorate = null;
    String manager = null;
    List<HighAvailability.Service> services = new ArrayList<>();
    for (Row row : Row.list(data, "high availability", HIGH_AVAILABILITY_LIMIT, oddities)) {
      String type = row.identifier("type");
      if (type == null) {
        oddities.add("high availability: an entry without a type was left out");
        continue;
      }
      switch (type) {
        case "quorum" -> quorate = row.flag("quorate");
        case "master" -> manager = row.text("node");
        case "service" -> readService(row, services, oddities);
        // How each node's local manager does; nothing that Jarvis shows.
        case "lrm", "fencing" -> {}
        default ->
            oddities.add(
                "high availability: entries of the unknown type " + type + " were left out");
      }
    }
    return new HighAvailability(quorate, manager, services);
  }

  private static void readService(
      Row row, List<HighAvailability.Service> services, Oddities oddities) {
    String id = row.text("sid");
    if (id == null) {
      String whole = row.text("id");
      id = whole != null && whole.startsWith("service:") ? whole.substring(8) : null;
    }
    if (id == null) {
      oddities.add("high availability: a service without an id was left out");
      return;
    }
    String number = id.substring(id.indexOf(':') + 1);
    String state = row.text("state");
    services.add(
        new HighAvailability.Service(
            id,
            Identifiers.guest(number),
            Identifiers.node(row.identifier("node")),
            state == null ? row.text("crm_state") : state,
            row.text("request_state"),
            row.text("status")));
  }

  /** Reads {@code /cluster/ceph/status}, which is that of {@code ceph status} itself. */
  public static CephStatus ceph(JsonNode data) {
    Row row = new Row(data);
    Row health = row.child("health");
    Row checks = health.child("checks");
    List<String> said = new ArrayList<>();
    for (String name : checks.fields().stream().limit(CHECKS_LIMIT).toList()) {
      String message = checks.child(name).child("summary").text("message");
      said.add(message == null ? InertText.marked(name, 100) : message);
    }
    // Before Ceph 16 the map lies one level deeper.
    Row outer = row.child("osdmap");
    Row disks = outer.has("osdmap") ? outer.child("osdmap") : outer;
    Row placement = row.child("pgmap");
    List<String> monitors = row.texts("quorum_names");
    return new CephStatus(
        health.text("status"),
        said,
        disks.smallCount("num_osds"),
        disks.smallCount("num_up_osds"),
        disks.smallCount("num_in_osds"),
        row.has("quorum_names") ? Integer.valueOf(monitors.size()) : null,
        placement.bytes("bytes_used"),
        placement.bytes("bytes_total"));
  }

  /**
   * Reads {@code /access/permissions}: by path each privilege, and whether it holds below, too.
   * Paths without any privilege are not listed.
   */
  public static Privileges privileges(JsonNode data, Oddities oddities) {
    Map<String, Set<String>> byPath = new LinkedHashMap<>();
    if (!data.isObject()) {
      oddities.add("permissions: the reply is no object");
    }
    for (Map.Entry<String, JsonNode> entry : data.properties()) {
      String path = InertText.marked(entry.getKey(), 200);
      if (!path.startsWith("/") || !entry.getValue().isObject() || byPath.size() >= PATHS_LIMIT) {
        oddities.add("permissions: what is said of " + path + " was left out");
        continue;
      }
      byPath.put(path, granted(path, new Row(entry.getValue())));
    }
    narrow(data.path("/"), byPath);
    return new Privileges(byPath);
  }

  /**
   * What is held on the root alone, and not on what lies below, would be taken to hold there, too:
   * Proxmox VE leaves out the paths on which nothing is held.
   */
  private static void narrow(JsonNode root, Map<String, Set<String>> byPath) {
    Set<String> all = byPath.getOrDefault("/", Set.of());
    Row row = new Row(root);
    Set<String> inherited = new LinkedHashSet<>(all);
    inherited.removeIf(name -> Boolean.FALSE.equals(row.flag(name)));
    if (inherited.size() < all.size()) {
      TOP_LEVEL.forEach(path -> byPath.putIfAbsent(path, Set.copyOf(inherited)));
    }
  }

  private static Set<String> granted(String path, Row row) {
    // "/vms" stands for all guests, so what holds for the path itself alone says nothing there.
    boolean container = path.indexOf('/', 1) < 0 && path.length() > 1;
    Set<String> privileges = new LinkedHashSet<>();
    for (String name : row.fields()) {
      boolean holds = !container || !Boolean.FALSE.equals(row.flag(name));
      if (holds && row.flag(name) != null && privileges.size() < PRIVILEGES_LIMIT) {
        privileges.add(InertText.marked(name, 100));
      }
    }
    return Set.copyOf(privileges);
  }
}
