package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or read-only, under a Jarvis that runs. */
class DiskTroubleIT {
  @TempDir Path folder;

  @BeforeEach
  void needsADiskOfItsOwn() throws IOException {
    assumeTrue(
        PrivateDisk.possible(folder),
        "SKIPPED: this machine allows no mount namespaces, so no disk can be filled");
  }

  @Test
  void refusesToWriteOnAFullDiskReadsOnAndRecoversByItself() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    PrivateDisk disk = new PrivateDisk(data, "400m");
    try (RunningJarvis jarvis =
        RunningJarvis.startBy(disk.starter(""), "run", data, "--etc", etc()).awaitReady()) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      assertThat(prefer(person, 1).status()).isEqualTo(200);

      Path filler = disk.fill(jarvis.process());
      JarvisClient.Reply refused = refusal(person);

      assertThat(refused.body().path("code").asText()).isEqualTo("storage-unavailable");
      assertThat(refused.body().path("detail").asText()).contains("jarvis.db", "full");
      assertThat(person.get("/api/preferences/disk").status()).isEqualTo(200);
      assertThat(person.get("/api/audit?limit=5").status()).isEqualTo(200);
      assertThat(
              storage(person.await("/api/health", DiskTroubleIT::degraded)).path("detail").asText())
          .contains("full");

      Files.delete(filler);
      person.await("/api/health", health -> storage(health).path("status").asText().equals("UP"));
      assertThat(prefer(person, 3).status()).isEqualTo(200);
      assertThat(person.get("/api/audit/verify").body().path("valid").asBoolean()).isTrue();
    }
  }

  @Test
  void startsOnAReadOnlyDatabaseFolderSaysSoAndRecoversByItself() throws IOException {
    Path database = Files.createDirectories(folder.resolve("database"));
    Files.writeString(
        Path.of(etc()).resolve("org.jarvis.persistence.sqlite.cfg"), "folder = " + database + "\n");
    PrivateDisk disk = new PrivateDisk(database, "64m");
    try (RunningJarvis jarvis =
        RunningJarvis.startBy(disk.starter("ro"), "run", folder.resolve("data"), "--etc", etc())
            .awaitReady()) {
      JarvisClient anybody = JarvisClient.anonymous(jarvis.url());
      JsonNode health =
          anybody.await("/api/health", all -> storage(all).path("status").asText().equals("DOWN"));
      assertThat(storage(health).path("detail").asText())
          .containsIgnoringCase("jarvis.db")
          .containsIgnoringCase("read-only");

      disk.remount(jarvis.process(), "rw");

      anybody.await("/api/health", all -> storage(all).path("status").asText().equals("UP"));
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      assertThat(prefer(person, 1).status()).isEqualTo(200);
    }
  }

  @Test
  void refusesToWriteOnADiskThatTurnsReadOnlyReadsOnAndRecoversWithoutARestart()
      throws IOException {
    assumeTrue(
        FailingDisk.possible(folder),
        "SKIPPED: only the administrator can mount an ext4 disk, so none can be made to fail");
    Path data = Files.createDirectories(folder.resolve("data"));
    FailingDisk disk = new FailingDisk(data, folder.resolve("data.image"));
    disk.format("400m");
    try (RunningJarvis jarvis =
        RunningJarvis.startBy(disk.starter(), "run", data, "--etc", etc()).awaitReady()) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      assertThat(prefer(person, 1).status()).isEqualTo(200);

      disk.fail(jarvis.process());
      JarvisClient.Reply refused = refusal(person);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body().path("code").asText()).isEqualTo("storage-unavailable");
      assertThat(refused.body().path("detail").asText()).contains("jarvis.db cannot be written");
      int acknowledged = preferred(person);

      JsonNode health =
          person.await(
              "/api/health",
              all -> storage(all).path("detail").asText().contains("its disk is read-only"));
      assertThat(degraded(health)).isTrue();
      assertThat(prefer(person, 100).body().path("detail").asText())
          .contains("its disk is read-only");
      assertThat(preferred(person)).isEqualTo(acknowledged);
      assertThat(person.get("/api/audit?limit=5").status()).isEqualTo(200);
      assertThat(person.get("/api/auth/me").status()).isEqualTo(200);

      disk.mend(jarvis.process());
      person.await("/api/health", all -> storage(all).path("status").asText().equals("UP"));
      assertThat(preferred(person)).isEqualTo(acknowledged);
      assertThat(prefer(person, 101).status()).isEqualTo(200);
      assertThat(preferred(person)).isEqualTo(101);
      assertThat(person.get("/api/audit/verify").body().path("valid").asBoolean()).isTrue();
    }
  }

  private static int preferred(JarvisClient person) throws IOException {
    JarvisClient.Reply reply = person.get("/api/preferences/disk");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().path("value").asInt();
  }

  /** Writes until it is refused: the last free bytes may still take a write or two. */
  private static JarvisClient.Reply refusal(JarvisClient person) throws IOException {
    for (int value = 2; value < 100; value++) {
      JarvisClient.Reply reply = prefer(person, value);
      if (reply.status() != 200) {
        return reply;
      }
    }
    throw new AssertionError("A full disk takes all that is written.");
  }

  private static JarvisClient.Reply prefer(JarvisClient person, int value) throws IOException {
    return person.put("/api/preferences/disk", JarvisClient.object().put("value", value));
  }

  private static boolean degraded(JsonNode health) {
    return storage(health).path("status").asText().equals("DEGRADED");
  }

  private static JsonNode storage(JsonNode health) {
    for (JsonNode component : health.path("components")) {
      if (component.path("name").asText().equals("storage")) {
        return component;
      }
    }
    return health.path("no-storage");
  }

  private String etc() throws IOException {
    return Files.createDirectories(folder.resolve("etc")).toString();
  }
}
