package org.jarvis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jarvis.lab.pve.Release;
import org.junit.jupiter.api.Test;

class LabMainTest {

  @Test
  void readsEveryOption() {
    LabOptions options =
        LabMain.parse(
            "--port",
            "1234",
            "--fault-port",
            "1235",
            "--ssh-port",
            "1250",
            "--nodes",
            "3",
            "--guests",
            "40",
            "--speed",
            "2.5",
            "--seed",
            "9",
            "--release",
            "7",
            "--data",
            "somewhere");

    assertThat(options.port()).isEqualTo(1234);
    assertThat(options.faultPort()).isEqualTo(1235);
    assertThat(options.sshPort()).isEqualTo(1250);
    assertThat(options.nodes()).isEqualTo(3);
    assertThat(options.guests()).isEqualTo(40);
    assertThat(options.speed()).isEqualTo(2.5);
    assertThat(options.seed()).isEqualTo(9);
    assertThat(options.release()).isEqualTo(Release.SEVEN);
    assertThat(options.data()).isEqualTo(Path.of("somewhere"));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> LabMain.parse("--nods", "3")).hasMessage("There is no option --nods.");
    assertThatThrownBy(() -> LabMain.parse("--nodes")).hasMessage("--nodes needs a value.");
    assertThatThrownBy(() -> LabMain.parse("--nodes", "x"))
        .hasMessage("--nodes takes a number, not 'x'.");
    assertThatThrownBy(() -> LabMain.parse("--release", "6"))
        .hasMessage("--release is 7, 8 or 9, not '6'.");
    assertThatThrownBy(() -> LabMain.parse("--nodes", "0"))
        .hasMessage("nodes is 0, it must be 1 to 100");
  }

  @Test
  void printsTheLinesOfAConnectorsConfiguration() throws IOException {
    try (Lab lab = new Lab(LabOptions.defaults())) {
      lab.start();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LabMain.announce(
          lab, LabOptions.defaults(), new PrintStream(out, true, StandardCharsets.UTF_8));

      assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")))
          .containsExactly(
              "name=lab",
              "addresses=https://127.0.0.1:" + lab.port(),
              "token=" + lab.operatorToken().credential(),
              "tls.fingerprint=" + lab.fingerprints(),
              "runs.outside=true");
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains(lab.faultAddress() + "/faults")
          .contains("# address.titan=127.0.0.1:" + lab.sshPort("titan"))
          .contains("# host-keys=titan " + lab.sshKeys().fingerprint("titan"))
          .contains("docker-host is at 127.0.0.1:" + lab.sshPort("docker-host"));
    }
  }
}
