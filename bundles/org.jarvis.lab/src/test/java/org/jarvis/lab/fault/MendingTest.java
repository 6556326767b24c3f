package org.jarvis.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.ManualClock;
import org.jarvis.lab.Recorded;
import org.jarvis.lab.WireClient;
import org.jarvis.lab.sim.NodeService;
import org.jarvis.lab.sim.PoolWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a fault, as it would in a real house, before its switch does. */
class MendingTest {
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

  private void on(String kind, String parameter, String value) {
    lab.faults().on(FaultKind.named(kind).orElseThrow().with(Map.of(parameter, value)));
  }

  private JsonNode get(String path) throws IOException {
    return asked("GET", path).data();
  }

  private Recorded asked(String verb, String path) throws IOException {
    return asked(verb, path, "");
  }

  private Recorded asked(String verb, String path, String form) throws IOException {
    try (WireClient client = new WireClient(lab)) {
      Recorded reply = client.send(lab.operatorToken(), verb, path, form);
      assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
      return reply;
    }
  }

  private void assertMended() {
    assertThat(lab.faults().active()).isEmpty();
  }

  @Test
  void aScrubEndsThatOneIsOverdueAndThenTheErrors() throws IOException {
    on("scrub-overdue", "node", "mimas");
    on("pool-errors", "node", "mimas");
    Instant overdue = clock.instant().minus(Duration.ofDays(63));
    assertThat(get("/nodes/mimas/disks/zfs/rpool").get("scan").asText())
        .contains(" " + overdue.toString().substring(11, 19) + " ");

    lab.cluster().works().pools().begin("mimas");
    assertThat(get("/nodes/mimas/disks/zfs/rpool").get("scan").asText())
        .startsWith("scrub in progress");
    assertThat(lab.faults().active()).hasSize(1);

    clock.advance(PoolWork.LENGTH.plusSeconds(1));
    assertThat(get("/nodes/mimas/disks/zfs/rpool").has("status")).isFalse();
    assertMended();
  }

  @Test
  void aRunEndsThatAReplicationFails() throws IOException {
    on("replication-failing", "job", "202-0");
    clock.advance(Duration.ofMinutes(21));
    JsonNode failing = get("/nodes/mimas/replication").get(0);
    assertThat(failing.get("fail_count").asInt()).isPositive();

    asked("POST", "/nodes/mimas/replication/202-0/schedule_now");
    clock.advance(Duration.ofSeconds(6));

    JsonNode mended = get("/nodes/mimas/replication").get(0);
    assertThat(mended.get("fail_count").asInt()).isZero();
    assertThat(mended.get("last_sync").asLong()).isGreaterThan(failing.get("last_sync").asLong());
    assertMended();
  }

  @Test
  void aServiceThatIsDisabledForgetsItsErrorAndIsStartedAnew() throws IOException {
    on("ha-error", "vmid", "202");
    assertThat(managed()).isEqualTo("error");

    asked("PUT", "/cluster/ha/resources/ct:202", "state=disabled");
    clock.advance(Duration.ofMinutes(2));
    assertThat(managed()).isEqualTo("stopped");
    assertMended();

    asked("PUT", "/cluster/ha/resources/ct:202", "state=started");
    clock.advance(Duration.ofMinutes(1));
    assertThat(managed()).isEqualTo("started");
    assertThat(get("/nodes/mimas/lxc/202/status/current").get("status").asText())
        .isEqualTo("running");
  }

  private String managed() throws IOException {
    for (JsonNode row : get("/cluster/ha/status/current")) {
      if (row.get("id").asText().equals("service:ct:202")) {
        return row.get("state").asText();
      }
    }
    throw new AssertionError("high availability does not manage 202");
  }

  @Test
  void aNewCertificateHoldsForTwoYears() throws IOException {
    on("certificate-expiring", "node", "rhea");
    assertThat(until()).isBefore(clock.instant().plus(Duration.ofDays(10)));

    lab.cluster().works().nodes().renewCertificate("rhea");
    assertThat(until()).isAfter(clock.instant().plus(Duration.ofDays(700)));
    assertMended();
  }

  private Instant until() throws IOException {
    return Instant.ofEpochSecond(
        get("/nodes/rhea/certificates/info").get(1).get("notafter").asLong());
  }

  @Test
  void aRestartOfChronySetsTheClock() throws IOException {
    on("clock-skewed", "node", "rhea");
    long other = get("/nodes/titan/time").get("time").asLong();
    assertThat(get("/nodes/rhea/time").get("time").asLong() - other).isBetween(299L, 301L);

    asked("POST", "/nodes/rhea/services/chrony/restart");
    clock.advance(Duration.ofSeconds(2));
    assertThat(get("/nodes/rhea/time").get("time").asLong() - other).isBetween(1L, 4L);
    assertMended();
  }

  @Test
  void aNodeWithoutItsStatusDaemonIsUnknown() throws IOException {
    lab.faults().on(new Fault.ServiceFailed("rhea", "pvestatd"));
    assertThat(get("/cluster/resources").findValuesAsText("status")).contains("unknown");

    asked("POST", "/nodes/rhea/services/pvestatd/restart");
    clock.advance(Duration.ofSeconds(2));
    assertThat(lab.cluster().services("rhea"))
        .filteredOn(service -> service.id().equals("pvestatd"))
        .allMatch(NodeService::running);
    assertThat(get("/cluster/resources").findValuesAsText("status")).doesNotContain("unknown");
  }

  @Test
  void aGuestThatLeavesEasesItsNode() throws IOException {
    on("node-cpu-high", "node", "rhea");
    on("node-memory-high", "node", "rhea");
    on("guest-io-error", "vmid", "101");
    JsonNode busy = get("/nodes/rhea/status");
    assertThat(busy.get("cpu").asDouble()).isGreaterThan(0.95);
    assertThat(busy.at("/memory/used").asDouble() / busy.at("/memory/total").asDouble())
        .isGreaterThan(0.95);

    asked("POST", "/nodes/rhea/qemu/101/status/stop");
    clock.advance(Duration.ofSeconds(10));
    assertThat(get("/nodes/rhea/status").get("cpu").asDouble()).isLessThan(0.9);
    assertMended();
  }

  @Test
  void aFailedTaskIsFollowedByOneThatWentWell() throws IOException {
    on("task-fails", "node", "rhea");
    clock.advance(Duration.ofSeconds(3));
    assertThat(newest().get("type").asText()).isEqualTo("aptupdate");
    assertThat(newest().get("status").asText()).contains("exit code 100");

    clock.advance(Duration.ofSeconds(3));
    lab.faults().allOff();
    clock.advance(Duration.ofSeconds(3));
    assertThat(newest().get("type").asText()).isEqualTo("aptupdate");
    assertThat(newest().get("status").asText()).isEqualTo("OK");
  }

  private JsonNode newest() throws IOException {
    return get("/nodes/rhea/tasks?limit=1").get(0);
  }

  @Test
  void backupsAreGoneOrOldOrInNoJob() throws IOException {
    on("backups-gone", "vmid", "101");
    assertThat(get("/nodes/rhea/storage/pbs/content?vmid=101")).isEmpty();
    on("backups-old", "vmid", "103");
    for (JsonNode backup : get("/nodes/rhea/storage/pbs/content?vmid=103")) {
      assertThat(Instant.ofEpochSecond(backup.get("ctime").asLong()))
          .isBefore(clock.instant().minus(Duration.ofDays(29)));
    }
    on("backup-uncovered", "vmid", "104");
    assertThat(get("/cluster/backup-info/not-backed-up").findValuesAsText("vmid"))
        .containsExactly("104");

    lab.faults().allOff();
    assertThat(get("/nodes/rhea/storage/pbs/content?vmid=101")).isNotEmpty();
    assertThat(get("/cluster/backup-info/not-backed-up")).isEmpty();
  }
}
