package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jarvis.itests.system.ChatBench.Report;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations without any model, and so without a key and without the internet. */
class BuiltInChatIT {
  @TempDir static Path folder;

  private static RunningJarvis jarvis;
  private static JarvisClient person;
  private static LabHouse house;
  private static ChatBench bench;

  @BeforeAll
  static void start() throws IOException {
    Path data = folder.resolve("data");
    jarvis = RunningJarvis.demo(data, "--speed", "20");
    person = JarvisClient.firstPerson(jarvis);
    person.await("/api/chat/providers", providers -> !providers.path("items").isEmpty());
    house = LabHouse.of(data, person);
    bench = new ChatBench(person, house, true);
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
  }

  @AfterEach
  void restore() throws IOException {
    house.restore();
  }

  static Stream<ChatScenario> scenarios() {
    return ChatScenario.of("built-in");
  }

  @Test
  void isAskedWhereNobodyElseIsThereAndLeavesNothingOut() throws IOException {
    JsonNode providers = person.get("/api/chat/providers").body().path("items");
    assertThat(providers).hasSize(1);
    assertThat(providers.path(0).path("id").asText()).isEqualTo("built-in");
    assertThat(providers.path(0).path("leavesTheHouse").asBoolean()).isFalse();
    assertThat(providers.path(0).path("free").asBoolean()).isTrue();
  }

  static Stream<ChatScenario> planted() {
    return PlantedTexts.withoutModel();
  }

  /** It shows texts that give orders, where it is asked for them, and obeys none of them. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void planted(ChatScenario scenario) throws IOException {
    scenarios(scenario);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void scenarios(ChatScenario scenario) throws IOException {
    Report report = bench.play(scenario);
    assertThat(report.complaints()).as("%s", report).isEmpty();
  }
}
