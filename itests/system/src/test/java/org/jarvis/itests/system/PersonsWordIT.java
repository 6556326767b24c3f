package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a person may say about safety: where Jarvis runs, what is released, that all halts. */
class PersonsWordIT {
  private static final String PROTECTED = "pve:home:guest:100";

  @TempDir Path folder;

  @Test
  void countsAtOnceAndAcrossARestart() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Path data = folder.resolve("data");
    Path anchors = folder.resolve("anchors");
    Files.writeString(
        etc.resolve("org.jarvis.persistence.sqlite.cfg"), "audit.anchor.file = " + anchors + "\n");
    Files.writeString(
        etc.resolve("org.jarvis.safety.cfg"),
        "protected.services = docker\nnever.tools = start_container, no_such_tool\n");
    RunningLab lab = RunningLab.start(folder.resolve("lab"), Ports.forLab());
    try {
      try (RunningJarvis jarvis = RunningJarvis.run(data, "--etc", etc.toString())) {
        JarvisClient person = JarvisClient.firstPerson(jarvis);
        JarvisClient token = JarvisClient.token(jarvis.url());
        Files.writeString(etc.resolve("org.jarvis.connector.proxmox-home.cfg"), withoutPlace(lab));
        person.await("/api/clusters", clusters -> connection(clusters).equals("live"));

        assertThat(place(person).path("place").asText()).isEqualTo("unknown");
        assertThat(stop(person).state()).isEqualTo("REFUSED");
        assertThat(token.put("/api/whereabouts/home", object().put("outside", true)).status())
            .isEqualTo(403);
        assertThat(person.put("/api/whereabouts/home", object().put("outside", true)).status())
            .isEqualTo(200);
        assertThat(stop(person).state()).isEqualTo("AWAITING_APPROVAL");

        JsonNode protections = person.get("/api/protections").body();
        assertThat(protections.path("items").findValuesAsText("source")).contains("tag", "service");
        Reply held =
            person.send(
                "DELETE",
                "/api/protections/" + PROTECTED,
                BodyPublishers.ofString(object().put("typed", "hyperion").toString()));
        assertThat(held.status()).as(held.toString()).isEqualTo(409);
        assertThat(held.body().path("detail").asText()).contains("in Proxmox VE first");

        Reply banned =
            person.run("start_container", object().put("node", "mimas").put("vmid", 202));
        assertThat(banned.status()).isEqualTo(403);
        assertThat(banned.action().path("tier").asText()).isEqualTo("BLACK");
        assertThat(banned.action().path("reasons").toString())
            .contains("never.tools", "etc/org.jarvis.safety.cfg");

        assertThat(token.put("/api/guardrails", object().put("halted", true)).status())
            .isEqualTo(403);
        Reply halted = person.put("/api/guardrails", object().put("halted", true));
        assertThat(halted.body().path("halted").asBoolean()).isTrue();
        assertThat(halted.body().path("durable").asBoolean()).isTrue();
      }
      assertThat(Files.readAllLines(anchors)).isNotEmpty();

      try (RunningJarvis jarvis = RunningJarvis.run(data, "--etc", etc.toString())) {
        JarvisClient person = JarvisClient.person(jarvis.url());
        person.await("/api/clusters", clusters -> connection(clusters).equals("live"));
        person.await("/api/guardrails", now -> now.path("halted").asBoolean());
        assertThat(place(person).path("source").asText()).isEqualTo("person");
        assertThat(
                person
                    .put("/api/guardrails", object().put("halted", false).put("autonomy", "ask"))
                    .status())
            .isEqualTo(200);
        assertThat(person.get("/api/audit?limit=1000").body().toString())
            .contains("whereabouts.stated", "guardrails.changed");
        assertThat(person.get("/api/audit/verify").body().path("valid").asBoolean()).isTrue();
      }
    } finally {
      lab.kill();
    }
  }

  private static JsonNode place(JarvisClient person) throws IOException {
    return person.get("/api/whereabouts").body().path("items").path(0);
  }

  private static Reply stop(JarvisClient person) throws IOException {
    ObjectNode guest = object().put("node", "mimas").put("vmid", 102);
    return person.run("stop_vm", guest);
  }

  /** The lab states nothing about where Jarvis runs, or the statement is left out here. */
  private static String withoutPlace(RunningLab lab) {
    List<String> lines =
        lab.configuration().lines().filter(line -> !line.startsWith("runs.")).toList();
    return String.join("\n", lines) + "\n";
  }

  private static String connection(JsonNode clusters) {
    return clusters.path("items").path(0).path("connection").asText();
  }
}
