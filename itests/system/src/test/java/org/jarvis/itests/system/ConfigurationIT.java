package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person edits the files of two clusters while Jarvis runs; nothing needs a restart. */
class ConfigurationIT {
  private static final String HOME = "org.jarvis.connector.proxmox-home.cfg";

  @TempDir Path folder;

  @Test
  void takesUpEveryChangeOfAClustersFileWithoutARestart() throws IOException {
    RunningLab lab = RunningLab.start(folder.resolve("lab"), Ports.forLab());
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Path file = etc.resolve(HOME);
    String right = lab.configuration();
    try (RunningJarvis jarvis =
        RunningJarvis.run(folder.resolve("data"), "--etc", etc.toString())) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      Files.writeString(
          etc.resolve("org.jarvis.connector.proxmox-cabin.cfg"), named(right, "cabin"));
      Files.writeString(
          file,
          right.replaceAll("(?m)^addresses=.*", "addresses=https://127.0.0.1:" + Ports.free()));
      person.await("/api/clusters", is("home", "failing").and(is("cabin", "live")));

      Files.writeString(file, right);
      person.await("/api/clusters", is("home", "live"));

      Files.writeString(file, named(right, "lab"));
      person.await("/api/clusters", gone("home").and(is("lab", "live")));

      Files.writeString(file, named(right, "lab") + "runs.outside=hush-hush\n");
      JsonNode broken =
          person.await("/api/clusters", clusters -> reason(clusters, "lab").contains(HOME));
      assertThat(reason(broken, "lab"))
          .endsWith(HOME + ": the key runs.outside needs true or false.")
          .doesNotContain("hush-hush");
      assertThat(is("lab", "missing").and(is("cabin", "live"))).accepts(broken);

      Files.writeString(file, named(right, "lab"));
      person.await("/api/clusters", is("lab", "live"));

      Files.writeString(file, named(right, "lab").replace("seconds=2", "seconds=often"));
      person.await("/api/clusters", clusters -> reason(clusters, "lab").contains("the key poll"));
      Files.delete(file);
      JsonNode left = person.await("/api/clusters", gone("lab"));
      assertThat(is("cabin", "live")).accepts(left);
      assertThat(left.path("total").asInt()).isEqualTo(1);
    } finally {
      lab.kill();
    }
  }

  private static String named(String configuration, String name) {
    return configuration.replaceAll("(?m)^name=.*", "name=" + name);
  }

  private static Predicate<JsonNode> is(String name, String connection) {
    return clusters -> cluster(clusters, name).path("connection").asText().equals(connection);
  }

  private static Predicate<JsonNode> gone(String name) {
    return clusters -> cluster(clusters, name).isMissingNode();
  }

  private static String reason(JsonNode clusters, String name) {
    return cluster(clusters, name).path("reason").asText();
  }

  private static JsonNode cluster(JsonNode clusters, String name) {
    return StreamSupport.stream(clusters.path("items").spliterator(), false)
        .filter(item -> item.path("ref").asText().equals("pve:" + name + ":cluster"))
        .findFirst()
        .orElse(clusters.path("none"));
  }
}
