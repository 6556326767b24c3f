package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.pve.Release;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the lab says why it refuses: by release, and by the formatter that was asked for. */
class FormattersTest {
  private static final String LOCKED = "VM is locked (snapshot)";
  private static final String MIGRATE = "/nodes/rhea/qemu/101/migrate";
  private static final String CONFIG = "/nodes/rhea/qemu/101/config";

  private Lab lab;

  private void start(Release release) throws IOException {
    lab = new Lab(LabOptions.defaults().by(ManualClock.atNoon()).claiming(release));
    lab.start();
    lab.cluster().lockGuest(101, "snapshot");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Recorded send(String method, String path, String form) throws IOException {
    try (WireClient client = new WireClient(lab)) {
      return client.send(lab.operatorToken(), method, path, form);
    }
  }

  private static JsonNode parse(String json) throws IOException {
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void plainJsonSaysWhySinceVersionNine(Release release) throws IOException {
    start(release);
    boolean says = release == Release.NINE;

    Recorded refused = send("POST", MIGRATE, "target=titan&online=1");
    assertThat(refused.statusLine()).isEqualTo("HTTP/1.1 500 " + LOCKED);
    assertThat(refused.json())
        .isEqualTo(parse("{'data':null" + (says ? ",'message':'" + LOCKED + "\\n'" : "") + "}"));

    Recorded wrong = send("PUT", CONFIG, "memory=abc");
    assertThat(wrong.statusLine()).isEqualTo("HTTP/1.1 400 Parameter verification failed.");
    assertThat(wrong.json().get("errors").has("memory")).isTrue();
    assertThat(wrong.json().has("message")).isEqualTo(says);
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void theOtherFormatterSaysItInEveryRelease(Release release) throws IOException {
    start(release);

    Recorded refused = send("POST", "/api2/extjs" + MIGRATE, "target=titan&online=1");
    assertThat(refused.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(refused.json())
        .isEqualTo(parse("{'data':null,'success':0,'status':500,'message':'" + LOCKED + "\\n'}"));

    JsonNode wrong = send("PUT", "/api2/extjs" + CONFIG, "memory=abc").json();
    assertThat(wrong.get("status").asInt()).isEqualTo(400);
    assertThat(wrong.get("errors").has("memory")).isTrue();

    JsonNode nothing = send("GET", "/api2/extjs/nosuch", "").json();
    assertThat(nothing.get("status").asInt()).isEqualTo(501);
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void theOtherFormatterDoesTheSame(Release release) throws IOException {
    start(release);

    Recorded done = send("PUT", "/api2/extjs/nodes/titan/qemu/100/config", "tags=prod");
    assertThat(done.json()).isEqualTo(parse("{'data':null,'success':1}"));
    JsonNode read = send("GET", "/api2/extjs/nodes/titan/qemu/100/config", "").json();
    assertThat(read.get("success").asInt()).isOne();
    assertThat(read.get("data").get("tags").asText()).isEqualTo("prod");
    Recorded begun = send("POST", "/api2/extjs/nodes/titan/qemu/100/status/reset", "");
    assertThat(begun.data().asText()).startsWith("UPID:titan:");
    assertThat(send("GET", "/api2/extjs/cluster/tasks", "").json().get("success").asInt()).isOne();
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void whatNeverComesToTheApiIsInTheStatusLineOfBoth(Release release) throws IOException {
    start(release);
    lab.faults().on(new Fault.NodeOffline("dione"));

    for (String root : new String[] {"/api2/json", "/api2/extjs"}) {
      try (WireClient client = new WireClient(lab)) {
        assertThat(client.send("", "GET", root + "/version", "").statusLine())
            .isEqualTo("HTTP/1.1 401 No ticket");
      }
      assertThat(send("GET", root + "/nodes/dione/status", "").statusLine())
          .isEqualTo("HTTP/1.1 595 No route to host");
    }
  }
}
