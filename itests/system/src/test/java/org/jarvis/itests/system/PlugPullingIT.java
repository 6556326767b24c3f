package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A production start beside a cluster that comes, dies and comes back. */
class PlugPullingIT {
  @TempDir Path folder;

  @Test
  void startsWithoutAnyClusterAndSaysWhatToConfigure() throws IOException {
    try (RunningJarvis jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", etc())) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);

      assertThat(jarvis.lines()).anyMatch(line -> line.contains("org.jarvis.connector.proxmox-"));
      assertThat(person.get("/api/clusters").body().path("total").asInt(-1)).isZero();
      assertThat(person.get("/api/resources").body().path("total").asInt(-1)).isZero();
    }
  }

  @Test
  void takesUpAConfiguredClusterShowsItStaleWhenItDiesAndRecovers() throws IOException {
    Path labData = folder.resolve("lab");
    int port = Ports.forLab();
    RunningLab lab = RunningLab.start(labData, port);
    try (RunningJarvis jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", etc())) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      configure(lab);
      JsonNode live = person.await("/api/clusters", clusters -> connection(clusters, "live"));
      assertThat(live.path("items").get(0).path("ref").asText()).isEqualTo("pve:home:cluster");

      lab.kill();
      JsonNode failing = person.await("/api/clusters", clusters -> connection(clusters, "failing"));
      assertThat(failing.path("items").get(0).path("reason").asText()).isNotEmpty();
      JsonNode guest =
          person.await("/api/resources/pve:home:guest:102", item -> item.path("stale").asBoolean());
      assertThat(guest.path("status").asText()).isEqualTo("running");

      lab = RunningLab.start(labData, port);
      person.await("/api/clusters", clusters -> connection(clusters, "live"));
      person.await("/api/resources/pve:home:guest:102", item -> !item.path("stale").asBoolean());
    } finally {
      lab.kill();
    }
  }

  @Test
  void refusesStopsUntilItKnowsWhereJarvisRuns() throws IOException {
    RunningLab lab = RunningLab.start(folder.resolve("lab"), Ports.forLab());
    try (RunningJarvis jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", etc())) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      configure(lab);
      person.await("/api/clusters", clusters -> connection(clusters, "live"));

      JarvisClient.Reply refused =
          person.run("stop_vm", JarvisClient.object().put("node", "mimas").put("vmid", 102));

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.action().path("reasons").toString())
          .contains("does not know", "runs.outside");
    } finally {
      lab.kill();
    }
  }

  private void configure(RunningLab lab) throws IOException {
    Files.writeString(
        Path.of(etc()).resolve("org.jarvis.connector.proxmox-home.cfg"), lab.configuration());
  }

  private String etc() throws IOException {
    return Files.createDirectories(folder.resolve("etc")).toString();
  }

  private static boolean connection(JsonNode clusters, String word) {
    return clusters.path("items").path(0).path("connection").asText().equals(word);
  }
}
