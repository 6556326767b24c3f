package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.lab.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what the lab answers to changes, over the wire, to what a real Proxmox VE answered. */
class RecordedWritesTest {

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
      nullValues = "-",
      value = {
        "DELETE|/nodes/titan/qemu/100|''|delete-running|VM 201>VM 100",
        "POST|/nodes/titan/qemu/201/clone|newid=203|post-clone|pve1>titan",
        "POST|/nodes/titan/qemu/100/migrate|target=nosuch|post-migrate-unknown|-",
        "POST|/nodes/titan/qemu/100/migrate|target=titan|post-migrate-self|-",
        "POST|/nodes/titan/services/nosuch/restart|''|post-service-badname|-",
        "POST|/nodes/titan/qemu/100/snapshot|snapname=1bad%20name|post-snapshot-badname|-",
        "POST|/nodes/titan/wakeonlan|''|post-wol|pve1>titan",
        "PUT|/nodes/titan/qemu/100/config|memory=abc|put-config-bad|-",
        "PUT|/nodes/titan/qemu/100/config|delete=nosuchkey|put-config-deleteunknown|-",
        "DELETE|/nodes/titan/qemu/999|''|500-no-vm|pve1>titan",
        "POST|/nodes/titan/qemu/abc/snapshot|snapname=s1|400-badint|-",
      })
  void sameMistakeSameError(
      String method, String path, String form, String recording, String difference)
      throws IOException {
    Recorded real = Recorded.named(recording);
    Recorded ours = send(method, path, form);

    assertThat(ours.statusLine()).isEqualTo(ours(real.statusLine(), difference));
    assertThat(ours.headerNames()).isEqualTo(real.headerNames());
    assertThat(ours.json().get("message").asText())
        .isEqualTo(ours(real.json().get("message").asText(), difference));
    assertThat(ours.data().isNull()).isTrue();
    assertThat(ours.json().get("errors")).isEqualTo(real.json().get("errors"));
  }

  private static String ours(String text, String difference) {
    if (difference == null) {
      return text;
    }
    String[] parts = difference.split(">", -1);
    return text.replace(parts[0], parts[1]);
  }

  @Test
  void aLockedMachineIsNotMovedAtAll() throws IOException {
    lab.cluster().lockGuest(101, "snapshot");
    Recorded real = Recorded.named("get-nodes_pve1_qemu_201_migrate");
    Recorded ours = send("POST", "/nodes/rhea/qemu/101/migrate", "target=titan&online=1");

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.json()).isEqualTo(real.json());
  }

  @Test
  void withoutQuorumNoConfigurationIsWritten() throws IOException {
    lab.faults().on(new Fault.QuorumLost());
    Recorded real = Recorded.named("nq-write");
    Recorded ours = send("PUT", "/nodes/titan/qemu/100/config", "tags=x");

    assertThat(anyNumbers(ours.statusLine())).isEqualTo(anyNumbers(real.statusLine()));
  }

  private static String anyNumbers(String text) {
    return text.replace("titan", "pve2").replaceAll("\\d{3,}", "N");
  }

  @Test
  void anEditAnswersNothing() throws IOException {
    Recorded real = Recorded.named("put-config-tags");
    Recorded ours = send("PUT", "/nodes/titan/qemu/100/config", "tags=jarvis-protected%3Bprod");

    assertThat(ours.statusLine()).isEqualTo(real.statusLine());
    assertThat(ours.json()).isEqualTo(real.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/nodes/rhea/qemu/101/snapshot/nosuch/rollback|''|-|task-00003925-qmrollback-201",
        "PUT|/nodes/rhea/qemu/101/resize|disk=scsi7&size=%2B1G|-|task-000038E5-resize-201",
        "DELETE|/nodes/rhea/qemu/104|''|snapshot|task-00003466-qmdestroy-100",
        "POST|/nodes/rhea/qemu/101/status/stop|''|snapshot|task-00003936-qmstop-201",
        "POST|/nodes/rhea/qemu/101/status/suspend|''|-|task-000038EA-qmpause-201",
        "POST|/nodes/rhea/qemu/101/status/resume|''|-|task-000038FA-qmresume-201",
        "POST|/nodes/rhea/qemu/101/status/reset|''|-|task-000038FF-qmreset-201",
      })
  void sameTaskSameEnd(String method, String path, String form, String lock, String recording)
      throws IOException {
    if (!lock.equals("-")) {
      lab.cluster().lockGuest(path.contains("101") ? 101 : 104, lock);
    }
    Recorded made = send(method, path, form);
    assertThat(made.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    clock.advance(Duration.ofSeconds(10));
    String task = "/nodes/rhea/tasks/" + made.data().asText();

    JsonNode real = Recorded.named(recording + "-status").data();
    JsonNode ours = send("GET", task + "/status", "").data();
    assertThat(ours.get("type")).isEqualTo(real.get("type"));
    assertThat(ours.get("exitstatus").asText())
        .isEqualTo(real.get("exitstatus").asText().replace("scsi0", "scsi7"));
    assertThat(texts(send("GET", task + "/log", "").data()))
        .last()
        .isEqualTo(
            texts(Recorded.named(recording + "-log").data()).get(0).replace("scsi0", "scsi7"));
  }

  private static List<String> texts(JsonNode lines) {
    List<String> texts = new ArrayList<>();
    lines.forEach(line -> texts.add(line.get("t").asText()));
    return texts;
  }

  @Test
  void aPausedMachineRunsAndStandsStill() throws IOException {
    send("POST", "/nodes/rhea/qemu/101/status/suspend", "");
    clock.advance(Duration.ofSeconds(1));
    JsonNode real = Recorded.named("paused-status-current").data();
    JsonNode ours = send("GET", "/nodes/rhea/qemu/101/status/current", "").data();

    assertThat(ours.get("status")).isEqualTo(real.get("status"));
    assertThat(ours.get("qmpstatus")).isEqualTo(real.get("qmpstatus"));
  }

  @Test
  void anEditOfARunningMachineIsPending() throws IOException {
    send("PUT", "/nodes/rhea/qemu/101/config", "memory=8192&delete=boot");

    JsonNode memory = pending("memory");
    assertThat(memory).isEqualTo(parse("{'key':'memory','value':'4096','pending':'8192'}"));
    assertThat(pending("boot").get("delete").asInt()).isOne();
    JsonNode next = send("GET", "/nodes/rhea/qemu/101/config", "").data();
    JsonNode now = send("GET", "/nodes/rhea/qemu/101/config?current=1", "").data();
    assertThat(next.get("memory").asText()).isEqualTo("8192");
    assertThat(now.get("memory").asText()).isEqualTo("4096");
    assertThat(next.get("digest")).isEqualTo(now.get("digest"));
  }

  private JsonNode pending(String key) throws IOException {
    for (JsonNode row : send("GET", "/nodes/rhea/qemu/101/pending", "").data()) {
      if (row.get("key").asText().equals(key)) {
        return row;
      }
    }
    throw new AssertionError(key + " is not in the list");
  }

  private static JsonNode parse(String json) throws IOException {
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }

  @Test
  void aCopySaysWhatItDoesAndThenIsThere() throws IOException {
    Recorded made = send("POST", "/nodes/rhea/qemu/101/clone", "newid=303&full=1");
    clock.advance(Duration.ofSeconds(10));

    List<String> real = texts(Recorded.named("task-00003915-qmclone-201-log").data());
    List<String> ours =
        texts(send("GET", "/nodes/rhea/tasks/" + made.data().asText() + "/log", "").data());
    assertThat(ours.get(0)).isEqualTo(real.get(0).replace("201", "101").replace("203", "303"));
    assertThat(ours).last().isEqualTo("TASK OK");
    assertThat(send("GET", "/nodes/rhea/qemu/303/config", "").data().get("name").asText())
        .isEqualTo("Copy-of-VM-home-assistant");
  }

  private Recorded send(String method, String path, String form) throws IOException {
    try (WireClient client = new WireClient(lab)) {
      return client.send(lab.operatorToken(), method, path, form);
    }
  }
}
