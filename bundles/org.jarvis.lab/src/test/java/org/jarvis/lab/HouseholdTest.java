package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jarvis.lab.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoints tell of one household fits together, and there is something to find in it. */
class HouseholdTest {

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

  @Test
  void everyGuestIsInABackupJobAndHasABackup() throws IOException {
    Map<String, JsonNode> uncovered = rows("/cluster/backup-info/not-backed-up", "vmid");
    Set<String> withBackup = new TreeSet<>(newestBackups("pbs").keySet());

    assertThat(uncovered).isEmpty();
    assertThat(withBackup).isEqualTo(rows("/cluster/resources?type=vm", "vmid").keySet());
    JsonNode job = ask("/cluster/backup").data().get(0);
    assertThat(job.has("exclude")).isFalse();
    assertThat(job.get("next-run").asLong()).isGreaterThan(now().getEpochSecond());
  }

  @Test
  void theNewestBackupsAreOfLastNightAndWentWell() throws IOException {
    newestBackups("pbs")
        .forEach(
            (vmid, at) ->
                assertThat(Duration.between(at, now())).as(vmid).isLessThan(Duration.ofHours(30)));
    for (String node : List.of("titan", "rhea", "mimas", "dione")) {
      assertThat(ask("/nodes/" + node + "/tasks?errors=1").data()).as(node).isEmpty();
    }
    for (JsonNode guest : rows("/cluster/resources?type=vm", "vmid").values()) {
      assertThat(guest.has("lock")).as("%s", guest).isFalse();
    }
  }

  @Test
  void backupsWereMadeWhileATaskMadeThem() throws IOException {
    for (Map.Entry<String, JsonNode> guest :
        rows("/cluster/resources?type=vm", "vmid").entrySet()) {
      Instant at = newestBackups("pbs").get(guest.getKey());
      if (at == null) {
        continue;
      }
      String node = guest.getValue().get("node").asText();
      assertThat(ask("/nodes/" + node + "/tasks?typefilter=vzdump").data())
          .as("a task on %s at %s", node, at)
          .anySatisfy(
              task ->
                  assertThat(at.getEpochSecond())
                      .isBetween(task.get("starttime").asLong(), task.get("endtime").asLong()));
    }
  }

  @Test
  void theDisksAreWell() throws IOException {
    for (String node : List.of("titan", "rhea", "mimas", "dione")) {
      for (JsonNode disk : ask("/nodes/" + node + "/disks/list").data()) {
        JsonNode own =
            ask("/nodes/" + node + "/disks/smart?disk=" + disk.get("devpath").asText()).data();
        assertThat(own.get("health")).isEqualTo(disk.get("health"));
        assertThat(disk.get("health").asText()).isEqualTo("PASSED");
        assertThat(disk.path("wearout").asInt(100)).isGreaterThan(50);
        assertThat(own.toString()).contains("Temperature");
      }
    }
  }

  @Test
  void theCertificatesAreTheOnesThatAreServedAndHoldForLong() throws IOException {
    Map<String, JsonNode> nodes = rows("/nodes", "node");
    for (String node : nodes.keySet()) {
      JsonNode own = rows("/nodes/" + node + "/certificates/info", "filename").get("pve-ssl.pem");
      assertThat(own.get("fingerprint")).isEqualTo(nodes.get(node).get("ssl_fingerprint"));
      assertThat(own.get("fingerprint").asText()).isEqualTo(lab.fingerprint(node));
      Duration left = Duration.between(now(), Instant.ofEpochSecond(own.get("notafter").asLong()));
      assertThat(left).isGreaterThan(Duration.ofDays(300));
    }
  }

  @Test
  void replicaAndHighAvailabilityAgreeOnWhereTheGuestIs() throws IOException {
    String node = rows("/cluster/resources?type=vm", "vmid").get("202").get("node").asText();

    assertThat(rows("/cluster/ha/status/current", "id").get("service:ct:202").get("node").asText())
        .isEqualTo(node);
    assertThat(rows("/cluster/replication", "id").get("202-0").get("source").asText())
        .isEqualTo(node);
    JsonNode state = rows("/nodes/" + node + "/replication", "id").get("202-0");
    assertThat(state.get("fail_count").asInt()).isZero();
    assertThat(now().getEpochSecond() - state.get("last_sync").asLong()).isBetween(0L, 900L);
    assertThat(state.get("next_sync").asLong()).isGreaterThan(now().getEpochSecond());
  }

  @Test
  void guestsHaveAddressesOfTheirOwn() throws IOException {
    Map<String, String> owners = new TreeMap<>();
    for (JsonNode guest : ask("/cluster/resources?type=vm").data()) {
      String base = "/nodes/" + guest.get("node").asText() + "/" + guest.get("id").asText();
      boolean machine = guest.get("type").asText().equals("qemu");
      Recorded reply = raw(base + (machine ? "/agent/network-get-interfaces" : "/interfaces"));
      if (!reply.statusLine().endsWith("200 OK") || reply.data().isNull()) {
        continue;
      }
      JsonNode interfaces = machine ? reply.data().get("result") : reply.data();
      JsonNode device = interfaces.get(1);
      String hardware = device.get("hardware-address").asText();
      assertThat(raw(base + "/config").data().get("net0").asText().toLowerCase(Locale.ROOT))
          .contains(hardware);
      String address = device.get("ip-addresses").get(0).get("ip-address").asText();
      assertThat(owners.put(address, base)).as(address).isNull();
    }
    assertThat(owners).hasSizeGreaterThan(5);
  }

  @Test
  void poolsHoldWhatTheResourcesSay() throws IOException {
    for (String pool : rows("/pools", "poolid").keySet()) {
      Set<String> members = new TreeSet<>();
      ask("/pools/" + pool)
          .data()
          .get("members")
          .forEach(row -> members.add(row.get("id").asText()));
      Set<String> expected = new TreeSet<>();
      for (JsonNode row : ask("/cluster/resources?type=vm").data()) {
        if (row.path("pool").asText().equals(pool)) {
          expected.add(row.get("id").asText());
        }
      }
      assertThat(members).isEqualTo(expected).isNotEmpty();
    }
  }

  @Test
  void storagesHoldTheDisksOfTheConfigurations() throws IOException {
    for (JsonNode guest : ask("/cluster/resources?type=vm").data()) {
      String node = guest.get("node").asText();
      JsonNode config = ask("/nodes/" + node + "/" + guest.get("id").asText() + "/config").data();
      String disk =
          config.has("rootfs") ? config.get("rootfs").asText() : config.get("scsi0").asText();
      String volume = disk.substring(0, disk.indexOf(','));
      String storage = volume.substring(0, volume.indexOf(':'));
      assertThat(rows("/nodes/" + node + "/storage/" + storage + "/content", "volid"))
          .containsKey(volume);
    }
  }

  @Test
  void logAndJournalTellOfTheTasks() throws IOException {
    WireClient.ask(lab, lab.operatorToken(), "POST", "/nodes/titan/qemu/100/status/start");
    String upid = ask("/nodes/titan/tasks?limit=1").data().get(0).get("upid").asText();

    assertThat(ask("/cluster/log?max=2").data().findValuesAsText("msg"))
        .containsExactly("end task " + upid + ": VM 100 already running", "starting task " + upid);
    assertThat(ask("/nodes/titan/syslog?service=pvedaemon&limit=1000").data().findValuesAsText("t"))
        .anySatisfy(
            line -> assertThat(line).endsWith("<jarvis@pve!operator> starting task " + upid));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cluster/backup",
        "/cluster/log",
        "/nodes/mimas/disks/list",
        "/nodes/mimas/disks/smart?disk=/dev/sda",
        "/nodes/mimas/apt/update",
        "/nodes/mimas/replication",
        "/nodes/titan/storage/pbs/content",
        "/nodes/titan/qemu/103/snapshot",
        "/nodes/titan/qemu/103/agent/get-fsinfo",
        "/nodes/titan/syslog?limit=300",
      })
  void sameSeedTellsTheSame(String path) throws IOException {
    try (Lab twin = new Lab(LabOptions.defaults().by(clock))) {
      twin.start();
      assertThat(WireClient.ask(twin, twin.operatorToken(), "GET", path).data())
          .isEqualTo(ask(path).data());
    }
  }

  @Test
  void membersAnswerAtTheirOwnAddressesWithTheirOwnCertificates() throws IOException {
    Set<String> fingerprints = new TreeSet<>();
    for (JsonNode row : ask("/cluster/status").data()) {
      if (!row.get("type").asText().equals("node")) {
        continue;
      }
      String node = row.get("name").asText();
      try (WireClient client = new WireClient(row.get("ip").asText(), lab.port())) {
        assertThat(client.fingerprint()).isEqualTo(lab.fingerprint(node));
        fingerprints.add(client.fingerprint());
        JsonNode status = client.send(lab.operatorToken(), "GET", "/cluster/status", "").data();
        for (JsonNode own : status) {
          if (own.get("type").asText().equals("node")) {
            assertThat(own.get("local").asInt())
                .isEqualTo(own.get("name").asText().equals(node) ? 1 : 0);
          }
        }
      }
    }
    assertThat(fingerprints).hasSize(4);
  }

  @Test
  void oneMembersSilenceIsItsOwn() throws IOException {
    lab.faults().on(new Fault.Silence("rhea"));
    try (WireClient silent = new WireClient("127.0.10.12", lab.port());
        WireClient other = new WireClient("127.0.10.13", lab.port())) {
      silent.sendOnly(lab.operatorToken(), "/version");
      assertThat(other.send(lab.operatorToken(), "GET", "/version", "").statusLine())
          .endsWith("200 OK");
      assertThat(silent.hearsNothingFor(Duration.ofMillis(200))).isTrue();
    }
    assertThat(ask("/version").data()).isNotEmpty();
  }

  @Test
  void largeClusterAnswersEveryGuestsDetails() throws IOException {
    try (Lab large = new Lab(LabOptions.defaults().by(clock).sized(20, 20_000))) {
      large.start();
      Recorded content =
          WireClient.ask(large, large.operatorToken(), "GET", "/nodes/titan/storage/pbs/content");
      assertThat(content.data().size()).isGreaterThan(35_000);
      for (String path :
          List.of(
              "/cluster/ha/status/current",
              "/cluster/backup-info/not-backed-up",
              "/cluster/log",
              "/nodes/titan/journal?lastentries=100",
              "/nodes/titan/storage/local-lvm/content")) {
        assertThat(WireClient.ask(large, large.operatorToken(), "GET", path).statusLine())
            .as(path)
            .endsWith("200 OK");
      }
    }
  }

  private Instant now() {
    return clock.instant();
  }

  private Map<String, Instant> newestBackups(String storage) throws IOException {
    Map<String, Instant> newest = new TreeMap<>();
    for (JsonNode row : ask("/nodes/titan/storage/" + storage + "/content?content=backup").data()) {
      newest.merge(
          row.get("vmid").asText(),
          Instant.ofEpochSecond(row.get("ctime").asLong()),
          (one, other) -> one.isAfter(other) ? one : other);
    }
    return newest;
  }

  private Map<String, JsonNode> rows(String path, String key) throws IOException {
    Map<String, JsonNode> rows = new HashMap<>();
    ask(path).data().forEach(row -> rows.put(row.get(key).asText(), row));
    return rows;
  }

  private Recorded raw(String path) throws IOException {
    return WireClient.ask(lab, lab.operatorToken(), "GET", path);
  }

  private Recorded ask(String path) throws IOException {
    Recorded reply = raw(path);
    assertThat(reply.statusLine()).as(path).isEqualTo("HTTP/1.1 200 OK");
    return reply;
  }
}
