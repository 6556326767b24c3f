package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a Jarvis that works meanwhile, put back by the command. */
class BackupIT {
  @TempDir Path folder;

  @Test
  void backUpWhileItWorksAndRestore() throws Exception {
    Path data = folder.resolve("data");
    Path backup = folder.resolve("backup.zip");
    long recordsThen;
    JarvisClient script;
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      script = JarvisClient.token(jarvis.url());
      start(person, 103);
      recordsThen = audit(person).path("records").asLong();
      Files.createDirectories(data.resolve("deploy"));
      Files.writeString(data.resolve("deploy/notes.txt"), "of before", UTF_8);

      Outcome outcome = whileWriting(person, () -> jarvis("backup", data, backup));

      assertThat(outcome.errors()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.output())
          .contains("jarvis.db", "metrics.db", "deploy/notes.txt", "etc/org.jarvis.lab.cfg")
          .contains(backup.toString())
          .doesNotContain(JarvisClient.PASSWORD);

      Outcome refused = jarvis("restore", data, backup);
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.errors()).contains("Stop it first").hasLineCount(1);

      for (int i = 0; i < 5; i++) {
        JarvisClient.person(jarvis.url());
      }
      start(person, 104);
      Files.writeString(data.resolve("deploy/notes.txt"), "of later", UTF_8);
    }

    Outcome restored = jarvis("restore", data, backup);

    assertThat(restored.errors()).isEmpty();
    assertThat(restored.exitCode()).isZero();
    assertThat(restored.output()).contains("before-restore-", "org.jarvis.lab.cfg");
    assertThat(data.resolve("deploy/notes.txt")).hasContent("of before");
    assertThat(kept(data).resolve("deploy/notes.txt")).hasContent("of later");
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      JarvisClient person = JarvisClient.person(jarvis.url());

      JsonNode verified = audit(person);
      assertThat(verified.path("valid").asBoolean()).isTrue();
      assertThat(verified.path("records").asLong()).isGreaterThanOrEqualTo(recordsThen);
      assertThat(activities(person, "pve:demo:guest:103")).isPositive();
      assertThat(activities(person, "pve:demo:guest:104")).isZero();
      assertThat(script.at(jarvis.url()).get("/api/auth/me").status()).isEqualTo(200);
      assertThat(jarvis.lines()).noneMatch(line -> line.startsWith("Setup token"));
    }
  }

  @Test
  void refusesWhatIsNoBackupAndLeavesEverythingAsItIs() throws IOException {
    Path data = folder.resolve("data");
    Path notes = Files.writeString(folder.resolve("notes.zip"), "my notes", UTF_8);

    Outcome outcome = jarvis("restore", data, notes);

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.errors())
        .startsWith("jarvis: ")
        .contains("no backup that can be restored")
        .hasLineCount(1);
    assertThat(data).doesNotExist();
  }

  @Test
  void saysThatThereIsNothingToBackUp() throws IOException {
    Outcome outcome = jarvis("backup", folder.resolve("empty"), folder.resolve("b.zip"));

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.errors()).contains("nothing to back up").hasLineCount(1);
    assertThat(folder.resolve("b.zip")).doesNotExist();
  }

  private interface Work {
    Outcome run() throws IOException;
  }

  /** Logs in again and again meanwhile, each of which is an account change and an audit record. */
  private static Outcome whileWriting(JarvisClient person, Work work) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    AtomicReference<IOException> failure = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!enough.get()) {
                  JarvisClient.Reply reply =
                      person.run("get_vms", JarvisClient.object().put("cluster", "demo"));
                  if (reply.status() >= 500) {
                    throw new IOException("While the backup ran: " + reply);
                  }
                  written.incrementAndGet();
                }
              } catch (IOException e) {
                failure.set(e);
              }
            });
    writer.start();
    try {
      return work.run();
    } finally {
      enough.set(true);
      writer.join();
      assertThat(failure.get()).isNull();
      assertThat(written.get()).isPositive();
    }
  }

  private static void start(JarvisClient person, int vmid) throws IOException {
    person.await("/api/resources/pve:demo:guest:" + vmid, item -> !item.path("stale").asBoolean());
    String node = person.get("/api/resources/pve:demo:guest:" + vmid).body().path("node").asText();
    person.run("start_vm", JarvisClient.object().put("node", node).put("vmid", vmid));
    assertThat(activities(person, "pve:demo:guest:" + vmid)).isPositive();
  }

  /** How many actions there are on a guest. */
  private static long activities(JarvisClient person, String ref) throws IOException {
    String vmid = ref.substring(ref.lastIndexOf(':') + 1);
    long found = 0;
    for (JsonNode action : person.get("/api/actions").body().path("items")) {
      if (action.toString().contains(vmid)) {
        found++;
      }
    }
    return found;
  }

  private static JsonNode audit(JarvisClient person) throws IOException {
    return person.get("/api/audit/verify").body();
  }

  private static Path kept(Path data) throws IOException {
    try (Stream<Path> found = Files.list(data)) {
      return found
          .filter(p -> p.getFileName().toString().startsWith("before-restore-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Outcome jarvis(String command, Path data, Path file) throws IOException {
    return Commands.run(
        folder,
        UnpackedDistribution.command().toString(),
        command,
        file.toString(),
        "--data",
        data.toString());
  }
}
