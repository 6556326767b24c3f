package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
      person.run("start_container", guest());
      assertThat(actions(person)).isEqualTo(1);
      prefer(person, "look", "before");
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
      person.run("stop_container", guest());
      assertThat(actions(person)).isEqualTo(2);
      prefer(person, "look", "later");
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
      assertThat(actions(person)).isEqualTo(1);
      assertThat(person.get("/api/preferences/look").body().path("value").asText())
          .isEqualTo("before");
      assertThat(script.at(jarvis.url()).get("/api/auth/me").status()).isEqualTo(200);
      assertThat(jarvis.lines()).noneMatch(line -> line.startsWith("Setup token"));
    }
  }

  @Test
  void backsUpTheConfigurationThatAStoppedOneHasUsed() throws IOException {
    Path data = folder.resolve("data");
    Path etc = Files.createDirectory(folder.resolve("its etc"));
    Files.writeString(etc.resolve("org.jarvis.core.cfg"), "", UTF_8);
    RunningJarvis.run(data, "--etc", etc.toString()).close();

    Outcome outcome = jarvis("backup", data, folder.resolve("backup.zip"));

    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output()).contains("etc/org.jarvis.core.cfg", "is that in " + etc);
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

  /** Changes a preference again and again meanwhile; each time is answered once it is durable. */
  private static Outcome whileWriting(JarvisClient person, Work work) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!enough.get()) {
                  prefer(person, "step", Integer.toString(written.incrementAndGet()));
                }
              } catch (IOException | AssertionError e) {
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

  private static void prefer(JarvisClient person, String key, String value) throws IOException {
    assertThat(
            person
                .put("/api/preferences/" + key, JarvisClient.object().put("value", value))
                .status())
        .isBetween(200, 204);
  }

  private static ObjectNode guest() {
    return JarvisClient.object().put("node", "dione").put("vmid", 205);
  }

  /** How many actions on that guest there are. */
  private static long actions(JarvisClient person) throws IOException {
    long found = 0;
    for (JsonNode action : person.get("/api/actions").body().path("items")) {
      if (action.path("targets").toString().contains("pve:demo:guest:205")) {
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
