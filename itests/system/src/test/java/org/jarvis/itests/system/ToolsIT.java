package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every built-in tool against the lab, as a person uses it: by REST, with an approval where one is
 * needed. The last test holds what was run against the catalogue.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ToolsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 64 * 1024;

  private static final Set<String> RUN = new TreeSet<>();

  @TempDir static Path folder;

  private static RunningJarvis jarvis;
  private static JarvisClient person;

  @BeforeAll
  static void start() throws IOException {
    Path data = folder.resolve("data");
    Path etc = Files.createDirectories(data.resolve("etc"));
    // Deleting is nobody's by default.
    Files.writeString(etc.resolve("org.jarvis.safety.cfg"), "never.tools = \n");
    jarvis = RunningJarvis.demo(data, "--speed", "20");
    person = JarvisClient.firstPerson(jarvis);
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
  }

  @Test
  @Order(1)
  void readsWhatThereIsOfClusters() throws IOException {
    for (String tool :
        List.of(
            "get_cluster_status",
            "get_node_status",
            "get_vms",
            "get_containers",
            "get_storage",
            "get_cluster_resources",
            "get_backups",
            "get_recent_tasks",
            "get_cluster_log",
            "get_backup_jobs",
            "get_ha_status",
            "get_cluster_connection",
            "get_cluster_privileges",
            "test_cluster")) {
      assertThat(read(tool, object()).path("items")).as(tool).isNotEmpty();
    }
    // A healthy house has none, and what is not there has no age.
    RUN.add("get_problems");
    Reply problems = person.run("get_problems", object());
    assertThat(problems.state()).as("%s", problems).isEqualTo("SUCCEEDED");
    assertThat(problems.action().path("result").path("total").isInt()).isTrue();
    RUN.add("get_ceph_status");
    Reply ceph = person.run("get_ceph_status", object());
    assertThat(ceph.state()).isEqualTo("FAILED");
    assertThat(ceph.action().path("error").path("code").asText()).isEqualTo("not-present");
  }

  @Test
  @Order(1)
  void showsOnTheScreenAndClearsIt() throws IOException {
    RUN.add("show_on_screen");
    ObjectNode resource =
        object().put("show", "resource").put("title", "Titan").put("ref", "pve:demo:node:titan");
    assertThat(person.run("show_on_screen", resource).state()).isEqualTo("SUCCEEDED");
    JsonNode shown = person.get("/api/screen").body().path("screen");
    assertThat(shown.path("content")).isEqualTo(resource);
    assertThat(shown.path("origin").asText()).isEqualTo("browser");

    RUN.add("clear_screen");
    assertThat(person.run("clear_screen", object()).state()).isEqualTo("SUCCEEDED");
    assertThat(person.get("/api/screen").body().path("screen").path("content").isNull()).isTrue();

    Reply missing = person.run("show_on_screen", resource.put("ref", "pve:demo:node:nowhere"));
    assertThat(missing.action().path("error").path("code").asText()).isEqualTo("not-found");
  }

  @Test
  @Order(1)
  void readsPageByPage() throws IOException {
    JsonNode first = read("get_cluster_resources", object().put("limit", 10));
    JsonNode second =
        read("get_cluster_resources", object().put("after", first.path("next").asText()));

    assertThat(first.path("items")).hasSize(10);
    assertThat(first.path("total").asInt() - 10).isEqualTo(second.path("total").asInt());
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(
            read("get_cluster_resources", object().put("text", "jellyfin")).path("total").asInt())
        .isEqualTo(1);
  }

  @Test
  @Order(1)
  void readsWhatThereIsOfNodes() throws IOException {
    for (String tool :
        List.of(
            "get_node_services",
            "get_node_disks",
            "get_zfs_pools",
            "get_node_updates",
            "get_node_certificates",
            "get_replication_jobs")) {
      assertThat(read(tool, node("mimas")).path("total").isInt()).as(tool).isTrue();
    }
    assertThat(read("get_node_system", node("titan")).path("cpus").asInt()).isPositive();
    assertThat(read("get_node_syslog", node("titan").put("minutes", 600)).path("lines"))
        .isNotEmpty();
    assertThat(read("get_metrics_history", node("titan")).path("figures")).isNotEmpty();
    assertThat(read("get_metrics_history", guest("titan", 103)).path("figures")).isNotEmpty();
    assertThat(read("get_metrics_history", node("titan").put("storage", "local")).path("figures"))
        .isNotEmpty();
    JsonNode task =
        read("get_recent_tasks", object().put("node", "titan").put("state", "succeeded"))
            .path("items")
            .get(0);
    assertThat(
            read("get_task_log", node("titan").put("task", task.path("task").asText()))
                .path("lines")
                .toString())
        .contains("TASK OK");
  }

  @Test
  @Order(1)
  void readsWhatThereIsOfGuestsAndStorages() throws IOException {
    assertThat(read("get_vm_config", guest("titan", 103)).path("disks")).isNotEmpty();
    assertThat(read("get_container_config", guest("titan", 200)).path("disks")).isNotEmpty();
    assertThat(read("get_guest_status", guest("titan", 103)).path("state").asText())
        .isEqualTo("running");
    assertThat(read("get_guest_agent", guest("titan", 103)).path("interfaces")).isNotEmpty();
    assertThat(read("get_guest_snapshots", guest("titan", 103)).path("total").isInt()).isTrue();
    assertThat(
            read("get_storage_content", node("titan").put("storage", "pbs").put("vmid", 103))
                .path("items"))
        .isNotEmpty();
  }

  @Test
  @Order(2)
  void readsWhatHostsTell() throws IOException {
    person.awaitHosts();
    assertThat(read("get_node_temperature", node("titan")).path("celsius").asDouble())
        .isBetween(15.0, 100.0);
    assertThat(
            read("get_service_status", node("titan").put("service", "pveproxy"))
                .path("active")
                .asText())
        .isEqualTo("active");
    assertThat(read("get_journal", node("titan").put("lines", 5)).path("lines"))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(5);
    assertThat(read("get_disk_health", node("titan")).path("items")).isNotEmpty();
    assertThat(read("get_zfs_status", node("mimas")).path("status").isMissingNode()).isFalse();
    assertThat(read("list_docker_containers", node("docker-host")).path("items").toString())
        .contains("uptime-kuma");
    JsonNode uptime = read("execute_ssh", node("titan").put("command", "uptime | wc -l"));
    assertThat(uptime.path("exitStatus").asInt()).isZero();
    assertThat(uptime.path("output").asText().strip()).isEqualTo("1");
  }

  @Test
  @Order(3)
  void changesWhatHostsRun() throws IOException {
    done("restart_docker_container", node("docker-host").put("container", "uptime-kuma"), "RED");
    LabFaults faults = LabFaults.of(folder.resolve("data").resolve("lab"));
    unlocked(faults, "unlock_vm", 103);
    unlocked(faults, "unlock_container", 204);
    JsonNode failed =
        answered(
            "execute_ssh",
            asked("execute_ssh", node("titan").put("command", "systemctl restart no-such-thing")));
    assertThat(state(failed)).isEqualTo("FAILED");
    Reply never = person.run("execute_ssh", node("titan").put("command", "find / -delete"));
    assertThat(never.status()).isEqualTo(403);
    assertThat(never.body().path("detail").asText()).contains("-delete");
  }

  @Test
  @Order(3)
  void mendsWhatTheLabSuffers() throws IOException {
    LabFaults faults = LabFaults.of(folder.resolve("data").resolve("lab"));
    faults.on("scrub-overdue?node=mimas");
    done("start_zfs_scrub", node("mimas").put("pool", "rpool"), "YELLOW");

    faults.on("replication-failing?job=202-0");
    done("run_replication", node("mimas").put("job", "202-0"), "YELLOW");

    faults.on("node-root-full?node=titan");
    JsonNode cleaned = done("clean_package_cache", node("titan"), "RED");
    assertThat(cleaned.path("result").path("freedBytes").asLong()).isPositive();

    faults.on("ha-error?vmid=202");
    done("reset_ha_service", guest("mimas", 202), "RED");
    assertThat(status(202)).isEqualTo("running");

    // The demo pins the certificate of every member.
    RUN.add("renew_certificate");
    Reply pinned = person.run("renew_certificate", node("rhea"));
    assertThat(pinned.body().toString()).contains("pinned", "tls.fingerprint");
  }

  private static void unlocked(LabFaults faults, String tool, int vmid) throws IOException {
    faults.on("guest-locked?vmid=" + vmid);
    JsonNode guest =
        person.await(
            "/api/resources/pve:demo:guest:" + vmid, locked -> locked.path("lock").isTextual());
    done(tool, guest(guest.path("node").asText(), vmid), "RED");
    assertThat(resource(vmid).path("lock").isTextual()).isFalse();
    faults.off("guest-locked?vmid=" + vmid);
  }

  private static JsonNode asked(String tool, ObjectNode arguments) throws IOException {
    Reply reply = person.run(tool, arguments);
    assertThat(reply.state()).as("%s", reply.body()).isEqualTo("AWAITING_APPROVAL");
    return reply.action();
  }

  @Test
  @Order(3)
  void switchesAMachine() throws IOException {
    done("start_vm", guest("rhea", 104), "YELLOW");
    assertThat(status(104)).isEqualTo("running");
    done("restart_vm", guest("rhea", 104), "RED");
    assertThat(status(104)).isEqualTo("running");
    done("suspend_vm", guest("rhea", 104), "RED");
    assertThat(status(104)).isEqualTo("paused");
    done("resume_vm", guest("rhea", 104), "YELLOW");
    assertThat(status(104)).isEqualTo("running");
    done("restart_vm", guest("rhea", 104).put("hard", true), "RED");
    done("stop_vm", guest("rhea", 104).put("hard", true), "RED");
    assertThat(status(104)).isEqualTo("stopped");
  }

  @Test
  @Order(3)
  void switchesAContainer() throws IOException {
    done("start_container", guest("dione", 205), "YELLOW");
    done("restart_container", guest("dione", 205), "RED");
    assertThat(status(205)).isEqualTo("running");
    done("stop_container", guest("dione", 205), "RED");
    assertThat(status(205)).isEqualTo("stopped");
  }

  @Test
  @Order(3)
  void takesASnapshotGoesBackToItAndDeletesIt() throws IOException {
    ObjectNode snapshot = guest("dione", 203).put("snapshot", "before-update");
    done("create_snapshot", snapshot.deepCopy().put("description", "as it was"), "YELLOW");
    assertThat(read("get_guest_snapshots", guest("dione", 203)).toString())
        .contains("before-update", "as it was");
    Reply again = person.run("create_snapshot", snapshot);
    assertThat(again.action().path("error").path("code").asText()).isEqualTo("conflict");

    done("rollback_snapshot", snapshot.deepCopy().put("start", true), "RED");
    assertThat(status(203)).isEqualTo("running");
    done("delete_snapshot", snapshot, "RED");
    assertThat(read("get_guest_snapshots", guest("dione", 203)).toString())
        .doesNotContain("before-update");
    Reply gone = person.run("delete_snapshot", snapshot);
    assertThat(gone.action().path("error").path("code").asText()).isEqualTo("not-found");
  }

  @Test
  @Order(3)
  void makesABackupAndDeletesIt() throws IOException {
    JsonNode backup =
        done(
            "backup_vm",
            guest("rhea", 101).put("storage", "nas").put("notes", "by hand"),
            "YELLOW");
    String volume = backup.path("result").path("volume").asText();
    assertThat(volume).startsWith("nas:backup/vzdump-qemu-101-");
    assertThat(read("get_backups", object().put("storage", "nas").put("vmid", 101)).toString())
        .contains(volume, "by hand");

    done("delete_backup", guest("rhea", 101).put("storage", "nas").put("volume", volume), "RED");
    assertThat(read("get_backups", object().put("storage", "nas").put("vmid", 101)).toString())
        .doesNotContain(volume);
    done("backup_container", guest("rhea", 201).put("storage", "pbs"), "RED");
  }

  @Test
  @Order(3)
  void endsNoTaskThatHasEnded() throws IOException {
    JsonNode task =
        read("get_recent_tasks", object().put("node", "titan").put("state", "succeeded"))
            .path("items")
            .get(0);
    RUN.add("stop_task");
    Reply asked = person.run("stop_task", node("titan").put("task", task.path("task").asText()));

    assertThat(asked.state()).isEqualTo("AWAITING_APPROVAL");
    JsonNode ended = answered("stop_task", asked.action());
    assertThat(state(ended)).isEqualTo("FAILED");
    assertThat(ended.path("error").path("code").asText()).isEqualTo("not-running");
  }

  @Test
  @Order(3)
  void setsTagsAndPutsThemBack() throws IOException {
    ObjectNode arguments = guest("titan", 103);
    arguments.putArray("tags").add("docker").add("web");
    JsonNode set = done("set_tags", arguments, "YELLOW");
    assertThat(tags(103)).isEqualTo("[\"docker\",\"web\"]");

    undo(set);
    assertThat(tags(103)).isEqualTo("[\"docker\"]");

    ObjectNode protect = guest("titan", 103);
    protect.putArray("tags").add("docker").add("jarvis-protected");
    Reply asked = person.run("set_tags", protect);
    assertThat(asked.state()).isEqualTo("AWAITING_APPROVAL");
    assertThat(asked.action().path("impact").toString()).contains("No tool takes that back");
    person.answer(asked.action(), "reject");
  }

  @Test
  @Order(3)
  void changesConfigurationsAndPutsThemBack() throws IOException {
    ObjectNode notes = guest("titan", 103);
    notes.putObject("set").put("description", "Compose files: /srv/new");
    JsonNode changed = done("set_vm_config", notes, "YELLOW");
    assertThat(read("get_vm_config", guest("titan", 103)).path("notes").asText())
        .isEqualTo("Compose files: /srv/new");
    undo(changed);
    assertThat(read("get_vm_config", guest("titan", 103)).path("notes").asText())
        .isEqualTo("Compose files: /srv/compose");

    ObjectNode cores = guest("dione", 205);
    cores.putObject("set").put("cores", 3).put("onboot", true);
    JsonNode more = done("set_container_config", cores, "RED");
    assertThat(read("get_container_config", guest("dione", 205)).path("cores").asInt())
        .isEqualTo(3);
    undo(more);
    assertThat(read("get_container_config", guest("dione", 205)).path("cores").asInt())
        .isEqualTo(4);

    ObjectNode forbidden = guest("dione", 205);
    forbidden.putObject("set").put("hookscript", "local:snippets/x.sh");
    assertThat(person.run("set_container_config", forbidden).status()).isEqualTo(422);
  }

  @Test
  @Order(3)
  void enlargesADisk() throws IOException {
    JsonNode done =
        done("resize_disk", guest("rhea", 104).put("disk", "scsi0").put("growGiB", 2), "RED");

    assertThat(done.path("result").path("sizeBytes").asLong()).isEqualTo(130L << 30);
  }

  @Test
  @Order(3)
  void clonesAndDeletes() throws IOException {
    done("clone_vm", guest("mimas", 9000).put("newVmid", 900).put("name", "copy"), "YELLOW");
    assertThat(status(900)).isEqualTo("stopped");
    done("delete_vm", guest("mimas", 900), "RED");
    assertThat(person.get("/api/resources/pve:demo:guest:900").status()).isEqualTo(404);

    done("clone_container", guest("dione", 205).put("newVmid", 901).put("complete", true), "RED");
    done("delete_container", guest("dione", 901).put("purge", true), "RED");
    assertThat(person.get("/api/resources/pve:demo:guest:901").status()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void migratesAndMovesBack() throws IOException {
    JsonNode moved = done("migrate_vm", guest("rhea", 104).put("target", "titan"), "RED");
    assertThat(node(104)).isEqualTo("titan");
    undo(moved);
    assertThat(node(104)).isEqualTo("rhea");
    done("migrate_container", guest("dione", 205).put("target", "mimas"), "RED");
    assertThat(node(205)).isEqualTo("mimas");
  }

  @Test
  @Order(4)
  void switchesServices() throws IOException {
    done("restart_service", node("mimas").put("service", "pvestatd"), "YELLOW");
    done("restart_service", node("mimas").put("service", "sshd"), "RED");
    JsonNode stopped = done("stop_service", node("mimas").put("service", "cron"), "RED");
    undo(stopped);
    RUN.add("start_service");
    Reply running = person.run("start_service", node("mimas").put("service", "cron"));
    assertThat(running.action().path("error").path("code").asText()).isEqualTo("already-running");
  }

  @Test
  @Order(5)
  void switchesNodes() throws IOException {
    done("reboot_node", node("dione"), "RED");
    assertThat(nodeStatus("dione")).isEqualTo("online");
    done("shutdown_node", node("mimas"), "RED");
    assertThat(nodeStatus("mimas")).isEqualTo("offline");
    done("wake_node", node("mimas"), "YELLOW");
    assertThat(nodeStatus("mimas")).isEqualTo("online");
  }

  @Test
  @Order(6)
  void wasRunWithEveryToolOfTheCatalogue() throws IOException {
    Set<String> all = new TreeSet<>();
    person
        .get("/api/tools")
        .body()
        .path("items")
        .forEach(tool -> all.add(tool.path("name").asText()));

    assertThat(RUN).containsExactlyInAnyOrderElementsOf(all);
  }

  /** Runs what only reads, and hands its result over. */
  private static JsonNode read(String tool, ObjectNode arguments) throws IOException {
    RUN.add(tool);
    Reply reply = person.run(tool, arguments);
    assertThat(reply.state()).as("%s: %s", tool, reply.body()).isEqualTo("SUCCEEDED");
    assertThat(reply.action().path("tier").asText()).isEqualTo("GREEN");
    JsonNode data = reply.action().path("result");
    assertThat(JSON.writeValueAsBytes(data)).as(tool).hasSizeLessThan(MOST_BYTES);
    assertThat(data.toString()).as(tool).contains("\"observedAt\"", "\"source\"");
    return data;
  }

  /** Runs what changes something, with a person's approval where it is needed, to a good end. */
  private static JsonNode done(String tool, ObjectNode arguments, String tier) throws IOException {
    RUN.add(tool);
    Reply reply = person.run(tool, arguments);
    assertThat(reply.action().path("tier").asText())
        .as("%s: %s", tool, reply.body())
        .isEqualTo(tier);
    assertThat(reply.state())
        .as("%s: %s", tool, reply.body())
        .isEqualTo(tier.equals("RED") ? "AWAITING_APPROVAL" : "SUCCEEDED");
    return tier.equals("RED") ? approved(tool, reply.action()) : reply.action();
  }

  private static JsonNode approved(String what, JsonNode action) throws IOException {
    JsonNode ended = answered(what, action);
    assertThat(state(ended)).as("%s: %s", what, ended).isEqualTo("SUCCEEDED");
    return ended;
  }

  /** Approves as a person does who was shown what it means, and waits for the end. */
  private static JsonNode answered(String what, JsonNode action) throws IOException {
    assertThat(action.path("impact").path("effects")).as("%s", what).isNotEmpty();
    ObjectNode answer = object().put("decision", "approve");
    if (action.path("approval").has("typedName")) {
      answer.put("typed", action.path("approval").path("typedName").asText());
    }
    Reply reply =
        person.post("/api/approvals/" + action.path("approval").path("id").asText(), answer);
    assertThat(reply.status()).as("%s: %s", what, reply.body()).isEqualTo(200);
    JsonNode ended =
        person.await(
            "/api/actions/" + action.path("id").asText(),
            now -> !Set.of("RUNNING", "AWAITING_APPROVAL", "").contains(state(now)));
    return ended.has("action") ? ended.path("action") : ended;
  }

  private static String state(JsonNode reply) {
    return (reply.has("action") ? reply.path("action") : reply).path("state").asText();
  }

  private static void undo(JsonNode action) throws IOException {
    Reply undo =
        person.post("/api/actions/" + action.path("id").asText() + "/undo?wait=40s", object());
    if (undo.state().equals("AWAITING_APPROVAL")) {
      approved("undo", undo.action());
    } else {
      assertThat(undo.state()).as("%s", undo.body()).isEqualTo("SUCCEEDED");
    }
  }

  private static ObjectNode node(String name) {
    return object().put("node", name);
  }

  private static ObjectNode guest(String node, int vmid) {
    return node(node).put("vmid", vmid);
  }

  private static JsonNode resource(int vmid) throws IOException {
    return person.get("/api/resources/pve:demo:guest:" + vmid).body();
  }

  private static String status(int vmid) throws IOException {
    return resource(vmid).path("status").asText();
  }

  private static String tags(int vmid) throws IOException {
    return resource(vmid).path("tags").toString();
  }

  private static String node(int vmid) throws IOException {
    return resource(vmid).path("node").asText();
  }

  private static String nodeStatus(String name) throws IOException {
    return person.get("/api/resources/pve:demo:node:" + name).body().path("status").asText();
  }
}
