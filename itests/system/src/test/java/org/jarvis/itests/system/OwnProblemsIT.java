package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with Jarvis itself is a problem as well, and is over when it is mended. */
class OwnProblemsIT {
  private static final String CONFIGURATION = "org.jarvis.problems.cfg";
  private static final String HASTY =
      """
      jarvis-disk-low.warning = 150
      jarvis-disk-low.critical = 60
      jarvis-disk-low.after = 0s
      jarvis-disk-low.gone = 0s
      jarvis-part-unwell.after = 0s
      jarvis-part-unwell.gone = 0s
      """;

  @TempDir Path folder;

  @Test
  void tellsThatItsDiskIsLowHowLowAndThatItIsNotAnyMore() throws IOException {
    assumeTrue(
        PrivateDisk.possible(folder),
        "SKIPPED: this machine allows no mount namespaces, so no disk can be filled");
    Path data = Files.createDirectories(folder.resolve("data"));
    PrivateDisk disk = new PrivateDisk(data, "400m");
    Path etc = etc();
    try (RunningJarvis jarvis =
        RunningJarvis.startBy(disk.starter(""), "run", data, "--etc", etc.toString())
            .awaitReady()) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      assertThat(find(person.get("/api/problems").body(), "jarvis-disk-low", one -> true))
          .isEmpty();

      Path filler = disk.fillUpTo(jarvis.process(), 120);
      JsonNode low = await(person, "jarvis-disk-low", one -> true);
      assertThat(low.path("severity").asText()).isEqualTo("warning");
      assertThat(low.path("evidence").toString()).contains("Room left", "of 400");
      assertThat(low.path("noRemedy").asText()).contains("Only whoever runs Jarvis can make room");

      Path more = disk.fillUpTo(jarvis.process(), 40);
      await(person, "jarvis-disk-low", one -> one.path("severity").asText().equals("critical"));

      Files.delete(more);
      Files.delete(filler);
      awaitEnd(person, low);
    }
  }

  @Test
  void tellsWhichOfItsPartsIsNotWellAndThatItIsAgain() throws IOException {
    Path etc = etc();
    try (RunningJarvis jarvis =
        RunningJarvis.run(folder.resolve("data"), "--etc", etc.toString())) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);

      Files.writeString(etc.resolve(CONFIGURATION), HASTY + "node-cpu-high.used = a lot\n", UTF_8);
      // In the first moment after a start another part may say that it waits for something.
      JsonNode unwell =
          await(person, "jarvis-part-unwell", one -> one.path("part").asText().equals("problems"));
      assertThat(unwell.path("summary").asText())
          .contains("etc/org.jarvis.problems.cfg: node-cpu-high.used", "not 'a lot'");

      Files.writeString(etc.resolve(CONFIGURATION), HASTY, UTF_8);
      awaitEnd(person, unwell);
    }
  }

  private Path etc() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(etc.resolve(CONFIGURATION), HASTY, UTF_8);
    return etc;
  }

  private static JsonNode await(JarvisClient person, String kind, Predicate<JsonNode> wanted)
      throws IOException {
    JsonNode problems = person.await("/api/problems", all -> find(all, kind, wanted).isPresent());
    return find(problems, kind, wanted).orElseThrow();
  }

  private static void awaitEnd(JarvisClient person, JsonNode problem) throws IOException {
    person.await(
        "/api/problems/" + problem.path("id").asText(), one -> one.hasNonNull("resolvedAt"));
  }

  private static Optional<JsonNode> find(
      JsonNode problems, String kind, Predicate<JsonNode> wanted) {
    return StreamSupport.stream(problems.path("items").spliterator(), false)
        .filter(problem -> problem.path("kind").asText().equals(kind))
        .filter(wanted)
        .findFirst();
  }
}
