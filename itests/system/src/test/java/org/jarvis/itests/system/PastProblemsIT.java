package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows by what was before Jarvis saw the cluster: its release, and how it has grown. */
class PastProblemsIT {
  /** A resource's past is read in three requests, one in six seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void namesAReleaseWithoutFixesAndAStorageThatFillsUntilBothAreMended() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("jarvis.stress") != null, "only in the stress profile");
    int port = Ports.forLab();
    Path data = folder.resolve("lab");
    RunningLab lab = start(data, port, "7");
    try {
      LabFaults.of(data).on("storage-filling?storage=nas");
      Path etc = Files.createDirectories(folder.resolve("etc"));
      Files.writeString(
          etc.resolve("org.jarvis.problems.cfg"),
          "storage-filling.after = 0s\nstorage-filling.gone = 0s\n",
          UTF_8);
      Files.writeString(
          etc.resolve("org.jarvis.connector.proxmox-home.cfg"), lab.configuration(), UTF_8);
      try (RunningJarvis jarvis =
          RunningJarvis.run(folder.resolve("data"), "--etc", etc.toString())) {
        JarvisClient person = JarvisClient.firstPerson(jarvis);
        JsonNode old = await(person, "version-vulnerable");
        assertThat(old.path("summary").asText()).contains("Proxmox VE 7.4", "2024-07-31");
        JsonNode filling = await(person, "storage-filling");
        assertThat(filling.path("ref").asText()).endsWith(":storage:titan:nas");
        assertThat(filling.path("summary").asText()).contains("will be full in");

        lab.kill();
        // As with a node that is started anew on its new release: what was silent is asked for its
        // version again, what was not is asked every ten minutes.
        person.await(
            "/api/clusters",
            all -> all.path("items").path(0).path("connection").asText().equals("failing"));
        lab = start(data, port, "9");
        awaitEnd(person, old);
        awaitEnd(person, filling);
      }
    } finally {
      lab.kill();
    }
  }

  private static RunningLab start(Path data, int port, String release) throws IOException {
    return RunningLab.startWith(data, port, "--nodes", "1", "--guests", "0", "--release", release);
  }

  private static JsonNode await(JarvisClient person, String kind) throws IOException {
    JsonNode problems = person.await("/api/problems", PATIENCE, all -> find(all, kind).isPresent());
    return find(problems, kind).orElseThrow();
  }

  private static void awaitEnd(JarvisClient person, JsonNode problem) throws IOException {
    person.await(
        "/api/problems/" + problem.path("id").asText(), one -> one.hasNonNull("resolvedAt"));
  }

  private static Optional<JsonNode> find(JsonNode problems, String kind) {
    return StreamSupport.stream(problems.path("items").spliterator(), false)
        .filter(problem -> problem.path("kind").asText().equals(kind))
        .findFirst();
  }
}
