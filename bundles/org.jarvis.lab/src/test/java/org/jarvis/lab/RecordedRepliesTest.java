package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.sim.Troubles;
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
        "GET|/cluster/ceph/status|get-cluster_ceph_status",
        "GET|/cluster/ha/groups|get-cluster_ha_groups",
        "GET|/nodes/titan/disks/smart?disk=/dev/nosuch|get-nodes_pve1_disks_smart_disk__dev_nosuch",
        "GET|/nodes/titan/qemu/100/agent/get-osinfo|get-nodes_pve1_qemu_100_agent_get-osinfo",
        "GET|/nodes/titan/qemu/100/agent/network-get-interfaces|get-nodes_pve1_qemu_201_agent_network-get-interfaces",
        "GET|/nodes/titan/services/nosuch/state|get-nodes_pve1_services_nosuch_state",
        "GET|/nodes/titan/storage/local/prunebackups|get-nodes_pve1_storage_local_prunebackups",
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
  void tokensThatAreNoLongerGoodAreRefusedAsExpiredOnesAre() throws IOException {
    lab.faults().on(new Fault.TokensRevoked());
    Recorded real = Recorded.named("401-expired-token");
    Recorded ours = WireClient.ask(lab, lab.operatorToken(), "GET", "/version");

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
        "/cluster/ha/status/manager_status|get-cluster_ha_status_manager_status",
      })
  void sameObjectsHaveTheSameFieldsAndTypes(String path, String recording) throws IOException {
    Recorded real = Recorded.named(recording);
    Recorded ours = ask(path);

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.headerNames().stream().distinct())
        .isEqualTo(real.headerNames().stream().distinct().toList());
    assertThat(shape(ours.data())).isEqualTo(shape(real.data()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/cluster/options|get-cluster_options",
        "/nodes/titan/dns|get-nodes_pve1_dns",
        "/nodes/rhea/disks/smart?disk=/dev/sda|get-nodes_pve1_disks_smart_disk__dev_vda",
      })
  void objectsHaveAtLeastTheRecordedFieldsAndTypes(String path, String recording)
      throws IOException {
    Recorded real = Recorded.named(recording);
    Recorded ours = ask(path);

    assertThat(ours.headerNames().stream().distinct())
        .isEqualTo(real.headerNames().stream().distinct().toList());
    assertThat(shape(ours.data())).containsAllEntriesOf(shape(real.data()));
  }

  /** Each recorded row finds one of ours with the same fields and types. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/cluster/backup-info/not-backed-up|get-cluster_backup-info_not-backed-up",
        "/cluster/ha/resources|get-cluster_ha_resources",
        "/cluster/ha/status/current|get-cluster_ha_status_current",
        "/cluster/log?max=20|get-cluster_log",
        "/pools|get-pools",
        "/pools?poolid=media|get-pools_poolid_media",
        "/nodes/titan/apt/update|get-nodes_pve1_apt_update",
        "/nodes/titan/storage|get-nodes_pve1_storage",
        "/nodes/titan/certificates/info|get-nodes_pve1_certificates_info",
        "/nodes/rhea/qemu/104/pending|get-nodes_pve1_qemu_100_pending",
        "/nodes/rhea/qemu/104/snapshot|get-nodes_pve1_qemu_100_snapshot",
        "/nodes/titan/storage/local/rrddata?timeframe=hour|get-nodes_pve1_storage_local_rrddata_timeframe_hour",
        "/nodes/titan/syslog?limit=5|get-nodes_pve1_syslog_limit_5",
        "/nodes/titan/tasks?errors=1&source=all|get-nodes_pve1_tasks_errors_1",
      })
  void rowsHaveTheRecordedFieldsAndTypes(String path, String recording) throws IOException {
    // So that there is a row for each that was recorded.
    lab.cluster().misfortunes().begin(Troubles.Kind.NOT_IN_A_JOB, "104");
    post("/nodes/titan/qemu/100/status/start");
    Recorded real = Recorded.named(recording);
    Recorded ours = ask(path);

    assertThat(ours.headerNames().stream().distinct())
        .isEqualTo(real.headerNames().stream().distinct().toList());
    assertThat(ours.header("Connection")).isEqualTo(real.header("Connection"));
    assertThat(ours.json().has("total")).isEqualTo(real.json().has("total"));
    List<Map<String, String>> shapes =
        StreamSupport.stream(ours.data().spliterator(), false)
            .map(RecordedRepliesTest::shape)
            .toList();
    for (JsonNode row : real.data()) {
      assertThat(shapes)
          .as("a row like %s", row)
          .anySatisfy(shape -> assertThat(shape).containsAllEntriesOf(shape(row)));
    }
  }

  @Test
  void volumesHaveTheRecordedFieldsAndTypes() throws IOException {
    Map<String, String> expected =
        shape(Recorded.named("get-nodes_pve1_storage_local_content").data().get(0));
    // A thin volume does not tell how much of it is used, as an image in a directory does.
    expected.remove("used");
    JsonNode ours = ask("/nodes/titan/storage/local-lvm/content?vmid=100").data();
    assertThat(ours).hasSize(1);
    assertThat(shape(ours.get(0))).isEqualTo(expected);
  }

  @Test
  void snapshotsHaveTheRecordedFieldsAndTypesAndEndWithThePresent() throws IOException {
    JsonNode real = Recorded.named("get-nodes_pve1_qemu_201_snapshot").data();
    Map<String, String> expected = shape(real.get(0));
    // Only while it is being made.
    expected.remove("snapstate");
    JsonNode ours = ask("/nodes/titan/qemu/103/snapshot").data();

    assertThat(shape(ours.get(0))).isEqualTo(expected);
    assertThat(shape(ours.get(1))).containsAllEntriesOf(expected).containsKey("parent");
    assertThat(shape(last(ours))).containsAllEntriesOf(shape(last(real)));
    assertThat(last(ours).get("name").asText()).isEqualTo("current");
    assertThat(last(ours).get("parent").asText()).isEqualTo("compose-rewrite");
  }

  @Test
  void journalComesCompressedWhateverTheClientAccepts() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(lab.address() + "/api2/json/nodes/titan/journal?lastentries=5"))
            .header("Authorization", "PVEAPIToken=" + lab.operatorToken().credential())
            .build();
    HttpResponse<byte[]> reply =
        HttpClient.newBuilder()
            .sslContext(WireClient.trusting())
            .build()
            .send(request, HttpResponse.BodyHandlers.ofByteArray());

    Recorded real = Recorded.named("get-nodes_pve1_journal_lastentries_5");
    for (String header : List.of("Content-Encoding", "Content-Type")) {
      assertThat(reply.headers().allValues(header)).isEqualTo(real.header(header));
    }
    JsonNode lines;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
      lines = new ObjectMapper().readTree(in).get("data");
    }
    assertThat(lines).as("five lines between two cursors").hasSize(7);
    assertThat(lines.get(0).asText()).matches("s=[0-9a-f]+;t=[0-9a-f]+");
    assertThat(lines.get(5).asText())
        .matches("[A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d titan .*: .*");
  }

  @Test
  void managedGuestTellsItsState() throws IOException {
    JsonNode real = Recorded.named("get-nodes_pve1_qemu_201_status_current").data().get("ha");
    JsonNode ours = ask("/nodes/mimas/lxc/202/status/current").data().get("ha");

    assertThat(shape(ours).keySet()).isEqualTo(shape(real).keySet());
    assertThat(ours.get("managed").asInt()).isOne();
    assertThat(named(ask("/cluster/resources").data(), "lxc/202").get("hastate").asText())
        .isEqualTo("started");
  }

  @Test
  void privilegesAreListedAsRecordedAndOnlyWhereThereAreAny() throws IOException {
    JsonNode real = Recorded.named("get-access_permissions").data();
    JsonNode ours = ask("/access/permissions").data();

    assertThat(ours.get("/nodes").properties())
        .allSatisfy(
            privilege ->
                assertThat(real.get("/nodes").get(privilege.getKey()))
                    .isEqualTo(privilege.getValue()));
    assertThat(
            WireClient.ask(lab, lab.watcherToken(), "GET", "/access/permissions").data().toString())
        .isEqualTo("{\"/storage\":{\"Datastore.Audit\":1},\"/vms\":{\"VM.Audit\":1}}");
  }

  @ParameterizedTest
  @CsvSource({
    "auditor,/nodes/titan/apt/update,'/nodes/titan, Sys.Modify'",
    "auditor,/nodes/titan/journal,'/nodes/titan, Sys.Syslog'",
    "watcher,/nodes/titan/status,'/nodes/titan, Sys.Audit'",
    "watcher,/cluster/status,'/, Sys.Audit'",
    "watcher,/cluster/ceph/status,'/, Sys.Audit|Datastore.Audit'",
    "watcher,/nodes/rhea/qemu/101/agent/get-osinfo,'/vms/101, VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted'",
    "watcher,/pools/media,'/pool/media, Pool.Audit'",
  })
  void whatMayNotBeReadNamesPathAndPrivilege(String token, String path, String missing)
      throws IOException {
    Recorded reply =
        WireClient.ask(
            lab, token.equals("auditor") ? lab.auditorToken() : lab.watcherToken(), "GET", path);

    assertThat(reply.statusLine())
        .isEqualTo("HTTP/1.1 403 Permission check failed (" + missing + ")");
  }

  @Test
  void eitherOfTwoChecksWouldDoForDisks() throws IOException {
    assertThat(
            WireClient.ask(lab, lab.watcherToken(), "GET", "/nodes/titan/disks/list").statusLine())
        .isEqualTo("HTTP/1.1 403 Permission check failed");
  }

  @Test
  void listsLeaveOutWhatTheCallerMayNotSee() throws IOException {
    JsonNode rows = WireClient.ask(lab, lab.watcherToken(), "GET", "/cluster/resources").data();

    assertThat(Set.copyOf(rows.findValuesAsText("type")))
        .containsExactlyInAnyOrder("qemu", "lxc", "node", "storage");
    assertThat(shape(named(rows, "node/titan")).keySet())
        .containsExactlyInAnyOrder("id", "type", "node", "level", "status");
    assertThat(WireClient.ask(lab, lab.watcherToken(), "GET", "/cluster/tasks").data()).isEmpty();
    assertThat(WireClient.ask(lab, lab.watcherToken(), "GET", "/pools").data()).isEmpty();
  }

  @Test
  void readingAStorageShowsNeitherItsBackupsNorTheDisksOnIt() throws IOException {
    assertThat(kinds(lab.operatorToken(), "pbs")).containsExactly("backup");
    assertThat(kinds(lab.auditorToken(), "pbs")).isEmpty();
    assertThat(kinds(lab.operatorToken(), "local-lvm")).isNotEmpty();
    assertThat(kinds(lab.auditorToken(), "local-lvm")).isEmpty();
    assertThat(kinds(lab.auditorToken(), "local")).contains("iso", "vztmpl");
  }

  private Set<String> kinds(ApiToken token, String storage) throws IOException {
    return Set.copyOf(
        WireClient.ask(lab, token, "GET", "/nodes/titan/storage/" + storage + "/content")
            .data()
            .findValuesAsText("content"));
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
