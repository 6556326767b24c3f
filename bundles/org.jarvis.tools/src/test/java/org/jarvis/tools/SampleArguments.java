package org.jarvis.tools;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.tool.Arguments;

/** For each tool, the least arguments that it can be used with. */
public final class SampleArguments {
  static final String TASK = "UPID:pve1:000038AB:0009A815:6B03403B:vzdump:101:jarvis@pve!jarvis:";

  private static final Map<String, Object> GUEST = Map.of("node", "pve1", "vmid", 101);
  private static final Map<String, Object> NODE = Map.of("node", "pve1");
  private static final Map<String, Object> SNAPSHOT = with(GUEST, Map.of("snapshot", "before"));
  private static final Map<String, Object> SERVICE = with(NODE, Map.of("service", "pveproxy"));
  private static final Map<String, Object> STORAGE = Map.of("node", "pve1", "storage", "local");
  private static final Map<String, Object> TASKS = with(NODE, Map.of("task", TASK));

  private static final Map<String, Map<String, Object>> SAMPLES = new HashMap<>();

  static {
    for (String tool :
        List.of(
            "get_cluster_status get_node_status get_vms get_containers get_storage"
                + " get_cluster_resources get_backups test_cluster get_recent_tasks"
                + " get_cluster_log get_backup_jobs get_ha_status get_ceph_status"
                + " get_cluster_connection get_cluster_privileges",
            "get_node_temperature get_node_syslog get_metrics_history get_node_system"
                + " get_node_services get_node_disks get_zfs_pools get_node_updates"
                + " get_node_certificates get_replication_jobs reboot_node shutdown_node wake_node",
            "get_guest_status get_vm_config get_container_config get_guest_agent"
                + " get_guest_snapshots start_vm start_container stop_vm stop_container restart_vm"
                + " restart_container suspend_vm resume_vm delete_vm delete_container unlock_vm"
                + " unlock_container")) {
      Map<String, Object> sample =
          tool.contains("get_vms") ? Map.of() : tool.contains("reboot_node") ? NODE : GUEST;
      for (String name : tool.split(" ", -1)) {
        SAMPLES.put(name, sample);
      }
    }
    for (String name : List.of("create_snapshot", "delete_snapshot", "rollback_snapshot")) {
      SAMPLES.put(name, SNAPSHOT);
    }
    for (String name : List.of("start_service", "stop_service", "restart_service")) {
      SAMPLES.put(name, SERVICE);
    }
    for (String type : List.of("vm", "container")) {
      SAMPLES.put("migrate_" + type, with(GUEST, Map.of("target", "pve2")));
      SAMPLES.put("backup_" + type, with(GUEST, Map.of("storage", "local")));
      SAMPLES.put("clone_" + type, with(GUEST, Map.of("newVmid", 900)));
      SAMPLES.put("set_" + type + "_config", with(GUEST, Map.of("set", Map.of("cores", 2))));
    }
    SAMPLES.put(
        "show_on_screen",
        Map.of(
            "show",
            "chart",
            "title",
            "Load",
            "series",
            List.of(Map.of("ref", "pve:home:node:pve1", "figure", "cpu"))));
    SAMPLES.put("clear_screen", Map.of());
    SAMPLES.put("get_problems", Map.of("severity", List.of("critical")));
    SAMPLES.put("get_storage_content", STORAGE);
    SAMPLES.put("get_task_log", TASKS);
    SAMPLES.put("stop_task", TASKS);
    SAMPLES.put("set_tags", with(GUEST, Map.of("tags", List.of("web"))));
    SAMPLES.put("resize_disk", with(GUEST, Map.of("disk", "scsi0", "growGiB", 1)));
    SAMPLES.put(
        "delete_backup",
        with(
            GUEST,
            Map.of(
                "storage",
                "local",
                "volume",
                "local:backup/vzdump-qemu-101-2026_05_01-02_00_00.vma.zst")));
    SAMPLES.put("run_replication", with(NODE, Map.of("job", "101-0")));
    SAMPLES.put("start_zfs_scrub", with(NODE, Map.of("pool", "rpool")));
    SAMPLES.put("renew_certificate", NODE);
    SAMPLES.put("clean_package_cache", NODE);
    SAMPLES.put("reset_ha_service", GUEST);
    SAMPLES.put("execute_ssh", with(NODE, Map.of("command", "uptime")));
    for (String name :
        List.of("get_journal", "get_disk_health", "get_zfs_status", "list_docker_containers")) {
      SAMPLES.put(name, NODE);
    }
    SAMPLES.put("get_service_status", SERVICE);
    SAMPLES.put("restart_docker_container", with(NODE, Map.of("container", "media")));
  }

  private SampleArguments() {}

  /** Those of a tool; an unknown one fails the test. */
  static Arguments of(String tool) {
    Map<String, Object> sample = SAMPLES.get(tool);
    if (sample == null) {
      throw new AssertionError("There is no sample for " + tool + ".");
    }
    return new Arguments(new LinkedHashMap<>(sample));
  }

  /** One set of arguments, and something more. */
  public static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }
}
