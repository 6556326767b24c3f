package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {

  @Test
  void presentsTheCertificateOfItsFingerprint() throws IOException {
    try (Lab lab = started(LabOptions.defaults());
        WireClient client = new WireClient(lab)) {
      assertThat(client.fingerprint())
          .isEqualTo(lab.fingerprint())
          .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }
  }

  @Test
  void keepsFingerprintAndTokensOverARestart(@TempDir Path data) throws IOException {
    LabOptions options = LabOptions.defaults().keptIn(data.resolve("lab"));
    String fingerprint;
    String token;
    try (Lab lab = started(options)) {
      fingerprint = lab.fingerprint();
      token = lab.operatorToken().credential();
      assertThat(data.resolve("lab").resolve(Lab.RUNNING_FILE))
          .content()
          .contains("fault.token=" + lab.faultToken());
    }
    assertThat(data.resolve("lab").resolve(Lab.RUNNING_FILE)).doesNotExist();
    try (Lab lab = started(options)) {
      assertThat(lab.fingerprint()).isEqualTo(fingerprint);
      assertThat(lab.operatorToken().credential()).isEqualTo(token);
    }
  }

  @Test
  void secretsAreForTheirOwnerAlone(@TempDir Path data) throws IOException {
    try (Lab lab = started(LabOptions.defaults().keptIn(data))) {
      for (String file : List.of("secrets.properties", "certificate.p12", Lab.RUNNING_FILE)) {
        assertThat(Files.getPosixFilePermissions(data.resolve(file))).as(file).hasSize(2);
      }
      assertThat(lab.operatorToken().toString()).doesNotContain(lab.operatorToken().secret());
    }
  }

  @Test
  void brokenCertificateFileSaysWhatToDo(@TempDir Path data) throws IOException {
    Files.writeString(data.resolve("certificate.p12"), "nonsense");

    assertThatThrownBy(() -> new Lab(LabOptions.defaults().keptIn(data)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certificate.p12")
        .hasMessageContaining("delete the file");
  }

  @Test
  void portInUseSaysSo() throws IOException {
    try (Lab first = started(LabOptions.defaults());
        Lab second = new Lab(LabOptions.defaults().on(first.port(), 0))) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    try (Lab lab = started(LabOptions.defaults());
        WireClient client = new WireClient(lab)) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(lab.operatorToken(), "GET", "/cluster/status", "").statusLine())
            .endsWith("200 OK");
      }
      client.send(lab.operatorToken(), "GET", "/nosuch", "");
      assertThat(client.serverHasClosed()).as("after an error, as the real one does").isTrue();
    }
  }

  @Test
  void manyClientsNeedNoFurtherThreads() throws IOException {
    try (Lab lab = started(LabOptions.defaults())) {
      List<WireClient> clients = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        WireClient client = new WireClient(lab);
        clients.add(client);
        assertThat(client.send(lab.operatorToken(), "GET", "/version", "").statusLine())
            .endsWith("200 OK");
      }
      assertThat(labThreads()).hasSizeLessThanOrEqualTo(10);
      for (WireClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void closingEndsEveryThreadAndThePort() throws IOException, InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Lab lab = started(LabOptions.defaults());
    int port = lab.port();
    try (WireClient client = new WireClient(lab)) {
      client.send(lab.operatorToken(), "GET", "/version", "");
      lab.close();
      assertThat(client.serverHasClosed()).isTrue();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread)
          && (thread.getName().startsWith("lab-") || thread.getName().startsWith("httpserver"))) {
        thread.join(Duration.ofSeconds(10).toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
    try (Lab again = new Lab(LabOptions.defaults().on(port, 0))) {
      again.start();
      assertThat(again.port()).isEqualTo(port);
    }
    assertThatThrownBy(lab::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void optionsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> LabOptions.defaults().sized(101, 1))
        .hasMessage("nodes is 101, it must be 1 to 100");
    assertThatThrownBy(() -> LabOptions.defaults().sized(1, 20_001))
        .hasMessageContaining("guests is 20001");
    assertThatThrownBy(() -> LabOptions.defaults().at(0)).hasMessageContaining("speed is 0.0");
    assertThatThrownBy(() -> LabOptions.defaults().at(Double.NaN))
        .hasMessageContaining("speed is NaN");
  }

  @Test
  void largestClusterIsAnsweredForWhole() throws IOException {
    try (Lab lab =
        started(LabOptions.defaults().sized(LabOptions.MOST_NODES, LabOptions.MOST_GUESTS))) {
      Recorded reply =
          WireClient.ask(lab, lab.operatorToken(), "GET", "/cluster/resources?type=vm");
      assertThat(reply.data()).hasSize(LabOptions.MOST_GUESTS);
    }
  }

  private static Lab started(LabOptions options) throws IOException {
    Lab lab = new Lab(options);
    lab.start();
    return lab;
  }

  private static Set<Thread> labThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("lab-") || thread.getName().startsWith("httpserver"))
        .collect(Collectors.toSet());
  }
}
