package org.jarvis.lab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With OpenSSH's own client, where there is one. */
class RealSshTest {

  @TempDir private Path data;
  private Lab lab;

  @BeforeEach
  void setUp() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "there is no ssh on this machine");
    lab = new Lab(LabOptions.defaults().keptIn(data));
    lab.start();
  }

  @AfterEach
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private Process ssh(String... further) throws IOException {
    Path known = data.resolve("known");
    Files.writeString(
        known,
        "[127.0.0.1]:%d %s\n".formatted(lab.sshPort("titan"), lab.sshKeys().hostKey("titan")));
    List<String> words =
        new ArrayList<>(
            List.of(
                "/usr/bin/ssh",
                "-F",
                "none",
                "-i",
                lab.sshKeys().clientKeyFile().toString(),
                "-o",
                "UserKnownHostsFile=" + known,
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "BatchMode=yes",
                "-p",
                String.valueOf(lab.sshPort("titan"))));
    words.addAll(List.of(further));
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }

  private static String ended(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  @Test
  void commandRunsWithItsStatus() throws Exception {
    Process process = ssh("root@127.0.0.1", "uname -n; false");

    assertThat(ended(process)).isEqualTo("titan\n");
    assertThat(process.exitValue()).isEqualTo(1);
  }

  @Test
  void personTypesAtATerminal() throws Exception {
    Process process = ssh("-tt", "root@127.0.0.1");
    try (OutputStream keys = process.getOutputStream()) {
      type(keys, "hostnam\177me\r");
      type(keys, "pct enter 200\r");
      type(keys, "hostname\rexit\r");
      type(keys, "cd /var/log\r");
      type(keys, "exit\r");

      assertThat(ended(process).replace("\r", ""))
          .contains("root@titan:~# ", "\u001b[?2004ltitan\n", "root@pihole:~# ", "pihole\n")
          .contains("root@titan:/var/log# ");
    }
  }

  @Test
  void interruptEndsWhatHasNoEnd() throws Exception {
    Process process = ssh("-tt", "root@127.0.0.1");
    try (OutputStream keys = process.getOutputStream()) {
      type(keys, "yes\r");
      process.getInputStream().readNBytes(200_000);
      type(keys, "\003");
      Thread reader =
          new Thread(
              () -> {
                try {
                  process.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException gone) {
                  // The process has ended.
                }
              });
      reader.start();
      type(keys, "exit\r");

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      reader.join();
    }
  }

  private static void type(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }
}
