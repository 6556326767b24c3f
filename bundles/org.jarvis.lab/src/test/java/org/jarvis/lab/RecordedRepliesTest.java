package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jarvis.lab.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the lab's replies, over the wire, to the ones recorded from a real Proxmox VE 9.2. */
class RecordedRepliesTest {

  private final ManualClock clock = ManualClock.atNoon();
  private Lab lab;

  @BeforeEach
  void start() throws IOException {
    lab = new Lab(LabOptions.defaults().by(clock));
    lab.start();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/nodes/titan/qemu/999/status/current|500-no-vm",
        "GET|/nodes/titan/lxc/300/status/current|get-nodes_pve1_lxc_300_status_current",
        "GET|/nodes/nonode/status|500-nonode",
        "GET|/nosuch|501-nosuch",
        "GET|/nodes/titan/qemu/abc/status/current|400-badint",
        "GET|/nodes/titan/rrddata|400-missing",
        "GET|/version?foo=bar|400-unknown-param",
        "GET|/nodes/titan/tasks/nonsense/status|400-bad-upid",
        "GET|/nodes/titan/rrddata?timeframe=bogus|get-nodes_pve1_rrddata_timeframe_bogus",
        "GET|/nodes/titan/storage/nosuch/status|get-nodes_pve1_storage_nosuch_status",
      })
  void sameMistakeSameError(String method, String path, String recording) throws IOException {
    Recorded real = Recorded.named(recording);
    Recorded ours = WireClient.ask(lab, lab.operatorToken(), method, path);

    assertThat(ours.statusLine()).isEqualTo(real.statusLine().replace("pve1", "titan"));
    assertThat(ours.headerNames()).isEqualTo(real.headerNames());
    assertThat(ours.header("Connection")).isEqualTo(real.header("Connection"));
    assertThat(ours.json().get("message").asText())
        .isEqualTo(real.json().get("message").asText().replace("pve1", "titan"));
    assertThat(ours.data().isNull()).isTrue();
    assertThat(ours.json().get("errors")).isEqualTo(real.json().get("errors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|401-no-ticket",
        "PVEAPIToken=jarvis@pve!operator=wrong|401-bad-token",
        "PVEAPIToken=nobody@pve!x=wrong|401-bad-token",
        "PVEAPIToken=malformed|401-malformed-token",
      })
  void refusesTokensInTheStatusLineAlone(String authorization, String recording)
      throws IOException {
    Recorded real = Recorded.named(recording);
    Recorded ours = WireClient.ask(lab, authorization, "GET", "/version");

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.headerNames()).isEqualTo(real.headerNames());
    assertThat(ours.body()).isEmpty();
  }

  @Test
  void readOnlyTokenMayNotStart() throws IOException {
    Recorded real = Recorded.named("403-ro-start");
    Recorded ours =
        WireClient.ask(lab, lab.auditorToken(), "POST", "/nodes/titan/qemu/100/status/start");

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.json()).isEqualTo(real.json());
    assertThat(lab.cluster().tasks("titan", 1).get(0).upid().type())
        .as("no task was made")
        .isEqualTo("vzdump");
  }

  @Test
  void deadNodeIsAnsweredForBy595() throws IOException {
    lab.faults().on(new Fault.NodeOffline("rhea"));
    Recorded real = Recorded.named("595-offline-node");
    Recorded ours = WireClient.ask(lab, lab.operatorToken(), "GET", "/nodes/rhea/status");

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.headerNames()).isEqualTo(real.headerNames());
    assertThat(ours.body()).isEmpty();
  }

  @Test
  void withoutQuorumStartIsRefusedAtOnce() throws IOException {
    lab.faults().on(new Fault.QuorumLost());
    Recorded real = Recorded.named("nq-start");
    Recorded ours =
        WireClient.ask(lab, lab.operatorToken(), "POST", "/nodes/titan/qemu/100/status/start");

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.json()).isEqualTo(real.json());
    JsonNode cluster = ask("/cluster/status").data().get(0);
    assertThat(cluster.get("quorate").asInt()).isZero();
    assertThat(shape(cluster)).isEqualTo(shape(Recorded.named("nq-cluster-status").data().get(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/version|get-version",
        "/nodes/titan/version|get-nodes_pve1_version",
        "/nodes/titan/storage/local/status|get-nodes_pve1_storage_local_status",
        "/cluster/nextid|get-cluster_nextid",
        "/nodes/titan/status|get-nodes_pve1_status",
      })
  void sameObjectsHaveTheSameFieldsAndTypes(String path, String recording) throws IOException {
    Recorded real = Recorded.named(recording);
    Recorded ours = ask(path);

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.headerNames().stream().distinct())
        .isEqualTo(real.headerNames().stream().distinct().toList());
    assertThat(shape(ours.data())).isEqualTo(shape(real.data()));
  }

  @Test
  void recordedObjectsOfNodesMatchInside() throws IOException {
    JsonNode real = Recorded.named("get-nodes_pve1_status").data();
    JsonNode ours = ask("/nodes/titan/status").data();

    for (String part : List.of("memory", "swap", "rootfs", "cpuinfo", "current-kernel", "ksm")) {
      assertThat(shape(ours.get(part)).keySet())
          .as(part)
          .containsAll(shape(real.get(part)).keySet());
    }
    assertThat(ours.get("loadavg").get(0).isTextual()).isTrue();
    assertThat(ours.get("loadavg")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"qemu", "node", "storage", "network", "pool"})
  void rowsOfResourcesHaveTheRecordedFieldsAndTypes(String type) throws IOException {
    JsonNode real = row(Recorded.named("get-cluster_resources").data(), type);
    JsonNode ours = row(ask("/cluster/resources").data(), type);

    Map<String, String> expected = shape(real);
    // What a guest has only where somebody set it.
    Set.of("hastate", "lock", "pool", "tags")
        .forEach(optional -> expected.remove(type.equals("pool") ? "" : optional));
    assertThat(shape(ours)).containsAllEntriesOf(expected);
  }

  @Test
  void offlineNodeKeepsOnlyItsIdentityAndSize() throws IOException {
    lab.faults().on(new Fault.NodeOffline("rhea"));
    JsonNode real = named(Recorded.named("nq-resources").data(), "node/pve3");
    JsonNode rows = ask("/cluster/resources").data();
    JsonNode ours = named(rows, "node/rhea");

    assertThat(shape(ours)).isEqualTo(shape(real));
    assertThat(ours.get("status").asText()).isEqualTo("offline");
    assertThat(shape(named(ask("/nodes").data(), "node/rhea")))
        .isEqualTo(shape(named(Recorded.named("nq-nodes").data(), "node/pve3")));
    assertThat(shape(named(rows, "qemu/101")).keySet())
        .containsExactlyInAnyOrder("id", "type", "vmid", "node", "status");
    assertThat(named(rows, "qemu/101").get("status").asText()).isEqualTo("unknown");
    assertThat(named(rows, "storage/rhea/local").has("maxdisk")).isFalse();
  }

  @Test
  void filterOfResourcesLeavesOnlyWhatWasAsked() throws IOException {
    assertThat(types("vm")).containsExactlyInAnyOrder("qemu", "lxc");
    assertThat(types("node")).containsExactly("node");
    assertThat(types("storage")).containsExactly("storage");
    assertThat(types("sdn")).containsExactly("network");
  }

  @Test
  void guestsHaveTheRecordedFieldsAndTypes() throws IOException {
    JsonNode running = Recorded.named("run2-status-current").data();
    JsonNode stopped = Recorded.named("get-nodes_pve1_qemu_100_status_current").data();

    assertThat(shape(ask("/nodes/rhea/qemu/101/status/current").data()))
        .containsAllEntriesOf(shape(running));
    Map<String, String> expected = shape(stopped);
    expected.remove("lock");
    JsonNode ours = ask("/nodes/rhea/qemu/104/status/current").data();
    assertThat(shape(ours)).containsAllEntriesOf(expected);
    for (String zero :
        List.of(
            "cpu",
            "mem",
            "memhost",
            "disk",
            "netin",
            "netout",
            "diskread",
            "diskwrite",
            "uptime")) {
      assertThat(ours.get(zero).asText()).as(zero).isEqualTo("0");
    }
    assertThat(ours.has("pid")).isFalse();
    assertThat(ask("/nodes/rhea/qemu/104/config").data().get("memory").isTextual()).isTrue();
  }

  @Test
  void tasksHaveTheRecordedFieldsTypesAndLogs() throws IOException {
    String upid = post("/nodes/rhea/qemu/101/status/start").data().asText();
    assertThat(upid)
        .matches(
            "UPID:rhea:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:qmstart:101:jarvis@pve!operator:");

    JsonNode real = Recorded.named("task-000038CE-qmstart-201-status").data();
    JsonNode ours = ask("/nodes/rhea/tasks/" + upid + "/status").data();
    assertThat(shape(ours)).isEqualTo(shape(real));
    assertThat(ours.get("exitstatus").asText()).isEqualTo("VM 101 already running");
    assertThat(ours.get("user").asText()).isEqualTo("jarvis@pve");
    assertThat(ours.get("tokenid").asText()).isEqualTo("operator");

    JsonNode log = ask("/nodes/rhea/tasks/" + upid + "/log").json();
    assertThat(shape(log.get("data").get(0)))
        .isEqualTo(shape(Recorded.named("task-000038CE-qmstart-201-log").data().get(0)));
    assertThat(log.get("total").asInt()).isOne();

    JsonNode listed = ask("/nodes/rhea/tasks?limit=1").json();
    assertThat(shape(listed.get("data").get(0)))
        .isEqualTo(shape(Recorded.named("get-nodes_pve1_tasks_limit_20").data().get(0)));
    assertThat(listed.get("total").asInt()).isGreaterThan(1);

    JsonNode broadcast =
        StreamSupport.stream(ask("/cluster/tasks").data().spliterator(), false)
            .filter(row -> row.get("upid").asText().equals(upid))
            .findFirst()
            .orElseThrow();
    assertThat(shape(broadcast)).isEqualTo(shape(Recorded.named("cl-tasks").data().get(0)));
  }

  @Test
  void runningTaskHasNoExitStatusAndNoEnd() throws IOException {
    String upid = post("/nodes/rhea/qemu/104/status/start").data().asText();

    JsonNode running = ask("/nodes/rhea/tasks/" + upid + "/status").data();
    assertThat(running.get("status").asText()).isEqualTo("running");
    assertThat(running.has("exitstatus")).isFalse();
    JsonNode active = ask("/nodes/rhea/tasks?source=active").data().get(0);
    assertThat(active.get("status").asText()).isEqualTo("RUNNING");
    assertThat(active.has("endtime")).isFalse();
    assertThat(ask("/nodes/rhea/tasks?limit=1").data().get(0).get("upid").asText())
        .isNotEqualTo(upid);

    clock.advance(Duration.ofSeconds(5));

    JsonNode ended = ask("/nodes/rhea/tasks/" + upid + "/status").data();
    assertThat(ended.get("status").asText()).isEqualTo("stopped");
    assertThat(ended.get("exitstatus").asText()).isEqualTo("OK");
    JsonNode guest = ask("/nodes/rhea/qemu/104/status/current").data();
    assertThat(guest.get("status").asText()).isEqualTo("running");
    assertThat(guest.get("pid").asInt()).isPositive();
  }

  @Test
  void historyHasTheRecordedFields() throws IOException {
    JsonNode real = last(Recorded.named("get-rrddata-hour").data());
    JsonNode ours = last(ask("/nodes/titan/rrddata?timeframe=hour").data());
    assertThat(shape(ours).keySet()).isEqualTo(shape(real).keySet());

    JsonNode stopped = last(Recorded.named("get-vm-rrddata").data());
    assertThat(shape(last(ask("/nodes/rhea/qemu/104/rrddata?timeframe=hour").data())))
        .isEqualTo(shape(stopped));
    assertThat(last(ask("/nodes/titan/lxc/200/rrddata?timeframe=day").data()).get("cpu").isNumber())
        .isTrue();
  }

  private Recorded ask(String path) throws IOException {
    Recorded reply = WireClient.ask(lab, lab.operatorToken(), "GET", path);
    assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    return reply;
  }

  private Recorded post(String path) throws IOException {
    return WireClient.ask(lab, lab.operatorToken(), "POST", path);
  }

  private Set<String> types(String filter) throws IOException {
    return Set.copyOf(ask("/cluster/resources?type=" + filter).data().findValuesAsText("type"));
  }

  private static JsonNode row(JsonNode rows, String type) {
    return find(rows, "type", type);
  }

  private static JsonNode named(JsonNode rows, String id) {
    return find(rows, "id", id);
  }

  private static JsonNode find(JsonNode rows, String field, String value) {
    for (JsonNode row : rows) {
      if (row.path(field).asText().equals(value)) {
        return row;
      }
    }
    throw new AssertionError("no row has " + field + " " + value);
  }

  private static JsonNode last(JsonNode rows) {
    return rows.get(rows.size() - 1);
  }

  /**
   * The names of an object's fields, each with its JSON type; an integer and a fraction are both
   * numbers.
   */
  private static Map<String, String> shape(JsonNode row) {
    Map<String, String> shape = new TreeMap<>();
    if (!row.isObject()) {
      shape.put("", row.getNodeType().name());
    }
    row.properties()
        .forEach(field -> shape.put(field.getKey(), field.getValue().getNodeType().name()));
    return shape;
  }
}
