package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jspecify.annotations.Nullable;

/** The table of which parser reads which recorded reply. */
final class RecordedParsers {
  private static final ClusterId HOME = new ClusterId("home");
  private static final Observation SEEN =
      new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  private static final TaskId TASK = new TaskId(new NodeName("pve1"), "UPID:odd");

  /** What kind of reply it is. */
  enum Kind {
    RESOURCES,
    CLUSTER_STATUS,
    VERSION,
    TASKS,
    TASK_STATUS,
    TASK_LOG,
    CLUSTER_LOG,
    BACKUP_JOBS,
    UNCOVERED,
    HIGH_AVAILABILITY,
    PRIVILEGES,
    NODE_STATUS,
    SERVICES,
    DISKS,
    SMART,
    UPDATES,
    CERTIFICATES,
    REPLICATION,
    CONTENT,
    RUNTIME,
    CONFIGURATION,
    PENDING,
    SNAPSHOTS,
    COURSE,
    SYSLOG,
    /** A write that began a task: its data is the task's id. */
    BEGUN,
    /** A write that was done at once: its data is nothing. */
    DONE,
    /** Its body is packed; read from the wire. */
    PACKED,
    /** An error; read from the wire. */
    ERROR,
    /** Jarvis never asks for it; it has the form of every reply all the same. */
    UNUSED
  }

  private record Entry(Pattern name, Kind kind) {}

  /** The first that fits counts. */
  private static final List<Entry> TABLE =
      List.of(
          entry("(?:400|401|403|500|501|595)-.*", Kind.ERROR),
          entry("nq-(?:start|write)", Kind.ERROR),
          entry("get-nosuch|get-nodes_nosuch_status|delete-running", Kind.ERROR),
          entry("get-cluster_ceph_(?:metadata|status)|get-nodes_pve1_ceph_status", Kind.ERROR),
          entry("get-cluster_config_join|get-cluster_ha_groups", Kind.ERROR),
          entry("get-nodes_pve1_disks_(?:zfs|smart_disk__dev_nosuch)", Kind.ERROR),
          entry("get-nodes_pve1_lxc_300_status_current", Kind.ERROR),
          entry("get-nodes_pve1_qemu_[0-9]+_agent_[a-z-]+", Kind.ERROR),
          entry("get-nodes_pve1_qemu_201_migrate", Kind.ERROR),
          entry("get-nodes_pve1_rrddata_timeframe_bogus", Kind.ERROR),
          entry("get-nodes_pve1_services_nosuch_state", Kind.ERROR),
          entry("get-nodes_pve1_storage_(?:local_prunebackups|nosuch_status)", Kind.ERROR),
          entry(
              "post-(?:agent-noagent|clone|migrate-self|migrate-unknown|pool-exists)", Kind.ERROR),
          entry("post-(?:qemu-badid|qemu-badname|qemu-exists|repl|service-badname)", Kind.ERROR),
          entry("post-(?:snapshot-badname|wol)|put-config-(?:bad|deleteunknown)", Kind.ERROR),
          entry("(?:get-cluster|nq|cl|200-ro)[-_]resources", Kind.RESOURCES),
          entry("get-cluster_status|nq-cluster-status", Kind.CLUSTER_STATUS),
          entry("get-(?:nodes_pve1_)?version", Kind.VERSION),
          entry("get-cluster_tasks|cl-tasks|get-nodes_pve1_tasks.*|run-tasks.*", Kind.TASKS),
          entry("task-.*-status", Kind.TASK_STATUS),
          entry("task-.*-log", Kind.TASK_LOG),
          entry("get-cluster_log.*", Kind.CLUSTER_LOG),
          entry("get-cluster_backup", Kind.BACKUP_JOBS),
          entry("get-cluster_backup-info_not-backed-up", Kind.UNCOVERED),
          entry("get-cluster_ha_status_current", Kind.HIGH_AVAILABILITY),
          entry("get-access_permissions", Kind.PRIVILEGES),
          entry("get-nodes_pve1_status", Kind.NODE_STATUS),
          entry("get-nodes_pve1_services", Kind.SERVICES),
          entry("get-nodes_pve1_disks_list", Kind.DISKS),
          entry("get-nodes_pve1_disks_smart_disk__dev_vda", Kind.SMART),
          entry("get-nodes_pve1_apt_update", Kind.UPDATES),
          entry("get-nodes_pve1_certificates_info", Kind.CERTIFICATES),
          entry("get-nodes_pve1_replication", Kind.REPLICATION),
          entry("get-nodes_pve1_storage_local_content", Kind.CONTENT),
          entry("get-nodes_pve1_qemu_[0-9]+_status_current", Kind.RUNTIME),
          entry("(?:run2?|paused)-status-current", Kind.RUNTIME),
          entry("get-nodes_pve1_qemu_[0-9]+_config", Kind.CONFIGURATION),
          entry("get-nodes_pve1_qemu_[0-9]+_pending|put-config-pending", Kind.PENDING),
          entry("get-nodes_pve1_qemu_[0-9]+_snapshot|cl-snapshots", Kind.SNAPSHOTS),
          entry(".*rrddata.*", Kind.COURSE),
          entry("get-nodes_pve1_syslog_limit_5", Kind.SYSLOG),
          entry("get-nodes_pve1_journal_lastentries_5", Kind.PACKED),
          entry("cl-(?:migrate|snapshot|start-remote|vzdump)|delete-running-locked", Kind.BEGUN),
          entry("post-(?:clone-running|qemu-create|reset|resize-nodisk|resume)", Kind.BEGUN),
          entry(
              "post-(?:rollback-missing|shutdown-timeout|snapshot|start|start-again)", Kind.BEGUN),
          entry("post-(?:stop|stop-again|suspend|vzdump)", Kind.BEGUN),
          entry("post-(?:ha-add|pool)|put-config-(?:null|tags)", Kind.DONE),
          entry("200-login|post-token|cl-migrate-precond|nq-nodes", Kind.UNUSED),
          entry("get-access_(?:acl|domains|roles|users)", Kind.UNUSED),
          entry("get-cluster_(?:config_nodes|firewall_.*|ha_resources|ha_rules)", Kind.UNUSED),
          entry("get-cluster_(?:ha_status_manager_status|mapping_pci|metrics_server)", Kind.UNUSED),
          entry("get-cluster_(?:nextid|options|replication|sdn_zones)", Kind.UNUSED),
          entry("get-nodes|get-nodes_pve1|get-pools.*|get-storage", Kind.UNUSED),
          entry("get-nodes_pve1_(?:config|disks_(?:directory|lvm|lvmthin)|dns)", Kind.UNUSED),
          entry("get-nodes_pve1_(?:firewall_rules|hardware_pci|lxc|netstat|qemu)", Kind.UNUSED),
          entry("get-nodes_pve1_qemu_201_(?:feature_feature_snapshot|firewall_rules)", Kind.UNUSED),
          entry("get-nodes_pve1_(?:services_pveproxy_state|storage)", Kind.UNUSED),
          entry("get-nodes_pve1_(?:storage_local_status|vzdump_defaults)", Kind.UNUSED));

  private RecordedParsers() {}

  private static Entry entry(String name, Kind kind) {
    return new Entry(Pattern.compile(name), kind);
  }

  /** The kind of a recorded reply; {@code null} where the table does not know it. */
  static @Nullable Kind kind(String name) {
    for (Entry entry : TABLE) {
      if (entry.name().matcher(name).matches()) {
        return entry.kind();
      }
    }
    return null;
  }

  /** What a parser understood, one element per row, or one for a reply that is no list. */
  static Collection<?> read(Kind kind, JsonNode data, Oddities oddities) {
    return switch (kind) {
      case RESOURCES -> names(Resources.read(data, Map.of(), HOME, SEEN, oddities));
      case CLUSTER_STATUS -> ClusterStatus.read(data, oddities).online().keySet();
      case VERSION -> List.of(String.valueOf(new Row(data).text("version")));
      case TASKS -> Tasks.list(data, oddities);
      case TASK_STATUS -> List.of(Tasks.status(TASK, data));
      case TASK_LOG -> LogLines.read(data, 1).lines();
      case CLUSTER_LOG -> ClusterAspects.log(data, oddities).lines();
      case BACKUP_JOBS -> ClusterAspects.backupJobs(data, null, oddities).jobs();
      case UNCOVERED -> {
        var guests = ClusterAspects.backupJobs(data, data, new Oddities()).uncovered();
        yield guests == null ? List.of() : guests;
      }
      case HIGH_AVAILABILITY -> {
        var ha = ClusterAspects.highAvailability(data, oddities);
        yield ha.services();
      }
      case PRIVILEGES -> ClusterAspects.privileges(data, oddities).byPath().entrySet();
      case NODE_STATUS -> List.of(NodeStatus.read(data));
      case SERVICES -> NodeAspects.services(data, oddities).services();
      case DISKS -> NodeAspects.disks(data, oddities).disks();
      case SMART -> List.of(NodeAspects.smart(data, oddities));
      case UPDATES -> NodeAspects.updates(data, oddities).packages();
      case CERTIFICATES -> NodeAspects.certificates(data, oddities).certificates();
      case REPLICATION -> NodeAspects.replication(data, oddities).jobs();
      case CONTENT -> StorageAspects.content(data, oddities).volumes();
      case RUNTIME -> List.of(GuestAspects.runtime(GuestType.QEMU, data));
      case CONFIGURATION -> List.of(GuestAspects.configuration(GuestType.QEMU, data));
      case PENDING -> GuestAspects.pending(GuestType.QEMU, data, oddities).values().entrySet();
      case SNAPSHOTS -> {
        var snapshots = GuestAspects.snapshots(data, oddities);
        // The entry for the present counts as understood, too.
        List<Object> rows = new ArrayList<>(snapshots.snapshots());
        rows.add("present");
        yield rows;
      }
      case COURSE -> Courses.read(data, oddities);
      // That there are no entries is said in a line, and is no line.
      case SYSLOG -> {
        List<String> lines = new ArrayList<>(JournalLines.syslog(data));
        lines.add("-- No entries --");
        yield lines;
      }
      case BEGUN -> Upid.parse(data.asText("")).stream().toList();
      case DONE ->
          data.isNull() || Upid.parse(data.asText("")).isPresent() ? List.of() : List.of(1);
      case UNUSED -> List.of(data);
      case PACKED, ERROR -> throw new IllegalArgumentException(kind + " is read from the wire.");
    };
  }

  private static List<String> names(Resources resources) {
    List<String> names = new ArrayList<>();
    resources.nodes().forEach(node -> names.add("node/" + node.name()));
    resources.guests().forEach(guest -> names.add(guest.type().path() + "/" + guest.id()));
    resources
        .storages()
        .forEach(storage -> names.add("storage/" + storage.node() + "/" + storage.name()));
    return names;
  }
}
