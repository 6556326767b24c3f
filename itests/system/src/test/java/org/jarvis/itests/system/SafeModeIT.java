package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jarvis in safe mode watches, says so, and changes nothing until a person has it leave. */
class SafeModeIT {
  @TempDir Path data;

  @Test
  void watchdogOfTheArchiveCanBeExecuted() throws IOException {
    Path watchdog = UnpackedDistribution.command().resolveSibling("jarvis-watchdog");

    assertThat(Commands.run(data, watchdog.toString(), "--help").output()).contains("--restart");
  }

  @Test
  void watchesAndRefusesUntilAPersonLeavesIt() throws Exception {
    try (RunningJarvis jarvis = RunningJarvis.demo(data, "--safe")) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);

      JsonNode mode = mode(person);
      assertThat(mode.path("status").asText()).isEqualTo("DEGRADED");
      assertThat(mode.path("detail").asText()).contains("safe mode", "jarvis leave-safe-mode");
      assertThat(person.run("get_vms", JarvisClient.object()).state()).isEqualTo("SUCCEEDED");
      assertRefused(start(person));
    }

    Files.writeString(data.resolve("safe-mode"), "the watchdog's reason", UTF_8);
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      JarvisClient person = JarvisClient.person(jarvis.url());

      assertRefused(start(person));
    }

    Outcome left =
        Commands.run(
            data,
            UnpackedDistribution.command().toString(),
            "leave-safe-mode",
            "--data",
            data.toString());
    assertThat(left.exitCode()).isZero();
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      JarvisClient person = JarvisClient.person(jarvis.url());

      assertThat(mode(person).path("status").asText()).isEqualTo("UP");
      JarvisClient.Reply started = start(person);
      assertThat(started.state()).as("%s", started).isEqualTo("SUCCEEDED");
    }
  }

  private static void assertRefused(JarvisClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.state()).isEqualTo("REFUSED");
    assertThat(reply.action().toString()).contains("safe mode");
  }

  private static JsonNode mode(JarvisClient client) throws IOException {
    return StreamSupport.stream(
            client.get("/api/health").body().path("components").spliterator(), false)
        .filter(part -> part.path("name").asText().equals("mode"))
        .findFirst()
        .orElseThrow();
  }

  /** Starts a virtual machine of the lab that does not run. */
  private static JarvisClient.Reply start(JarvisClient client) throws IOException {
    return client.run("start_vm", JarvisClient.object().put("node", "rhea").put("vmid", 104));
  }
}
