package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an answer in whose middle something happens. */
class ChatTroubleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Until nothing more is generated or begun, as a person is promised. */
  private static final Duration STOPPED_WITHIN = Duration.ofMillis(300);

  /** Some minutes of words, at the pace of a slow model. */
  private static final String WORDS = "All is well, and nothing is amiss. ".repeat(600);

  private static final int SOME_WORDS = 100;

  @TempDir static Path folder;

  private static ScriptedClaude claude;
  private static Path configuration;
  private static RunningJarvis jarvis;
  private static JarvisClient person;

  private String id = "";
  private String path = "";

  @BeforeAll
  static void start() throws IOException {
    claude = new ScriptedClaude();
    Path data = folder.resolve("data");
    configuration =
        Files.createDirectories(data.resolve("etc")).resolve("org.jarvis.llm.anthropic-claude.cfg");
    configure();
    jarvis = RunningJarvis.demo(data, "--speed", "20");
    person = JarvisClient.firstPerson(jarvis);
    awaitFirst("claude");
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
    claude.close();
  }

  private static void configure() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "sk-scripted", UTF_8);
    Files.writeString(configuration, claude.configuration(key), UTF_8);
  }

  private static void awaitFirst(String provider) throws IOException {
    person.await(
        "/api/chat/providers", providers -> providers.at("/items/0/id").asText().equals(provider));
  }

  @BeforeEach
  void begin() throws IOException {
    id = person.post("/api/conversations", object()).body().path("id").asText();
    path = "/api/conversations/" + id;
  }

  private void say(String text) throws IOException {
    assertThat(person.post(path + "/messages", object().put("text", text)).status()).isEqualTo(202);
  }

  private static void play(String script) throws IOException {
    claude.play(JSON.readTree(script.replace("$WORDS", WORDS)));
  }

  private JsonNode awaitWords() throws IOException {
    return person.await(path, talk -> answer(talk).path("text").asText().length() > SOME_WORDS);
  }

  private JsonNode awaitEnd() throws IOException {
    return person.await(path, talk -> talk.path("state").asText().equals("IDLE"));
  }

  private static JsonNode answer(JsonNode talk) {
    JsonNode messages = talk.path("messages");
    return messages.path(messages.size() - 1);
  }

  private static List<String> notices(JsonNode answer) {
    return StreamSupport.stream(answer.path("parts").spliterator(), false)
        .filter(part -> part.path("kind").asText().equals("notice"))
        .map(part -> part.path("text").asText())
        .toList();
  }

  private void assertThatClaudeAnswersAgain() throws IOException {
    play("[{\"says\": \"Here I am again.\"}]");
    say("And now?");
    JsonNode answer = answer(awaitEnd());
    assertThat(answer.path("text").asText()).isEqualTo("Here I am again.");
    assertThat(answer.at("/answerer/provider").asText()).isEqualTo("claude");
  }

  @Test
  void isStoppedWithinAMomentAndHangsUp() throws Exception {
    play("[{\"says\": \"$WORDS\", \"every\": 20}]");
    try (PageSocket socket = person.socket("/ws/chat")) {
      socket.send(object().put("type", "show").put("conversation", id).toString());
      say("How is it?");
      awaitWords();
      socket.drain();
      long asked = System.nanoTime();
      assertThat(person.post(path + "/stop", object()).status()).isEqualTo(200);
      PageSocket.Frame ended = socket.await(text -> text.contains("\"state\":\"IDLE\""), PATIENCE);
      assertThat(Duration.ofNanos(ended.at() - asked)).isLessThan(STOPPED_WITHIN);
      assertThat(claude.wasHungUpOnWithin(PATIENCE)).isTrue();
      assertThat(socket.drain())
          .as("what came after the end")
          .noneMatch(frame -> frame.text().startsWith("{\"type\":\"words\""));
    }
    JsonNode answer = answer(awaitEnd());
    assertThat(answer.path("whole").asBoolean()).isTrue();
    assertThat(answer.path("text").asText()).startsWith("All is well");
    assertThatClaudeAnswersAgain();
  }

  @Test
  void keepsWhatWasSaidWhereItsProviderIsTakenAway() throws IOException {
    play("[{\"says\": \"$WORDS\", \"every\": 20}]");
    say("How is it?");
    awaitWords();
    Files.delete(configuration);
    assertGoesOnWithTheBuiltIn();
    configure();
    awaitFirst("claude");
    assertThatClaudeAnswersAgain();
  }

  private void assertGoesOnWithTheBuiltIn() throws IOException {
    JsonNode answer = answer(awaitEnd());
    assertThat(answer.path("whole").asBoolean()).isTrue();
    assertThat(answer.path("text").asText()).startsWith("All is well, and nothing is amiss.");
    assertThat(notices(answer)).singleElement().asString().contains("Claude broke off");
    assertThat(answer.at("/answerer/provider").asText()).isEqualTo("built-in");
  }

  @Test
  void isReadableAfterAPowerCutAndNothingIsDoneTwice() throws IOException {
    play(
        """
        [{"calls": [{"tool": "start_container", "arguments": {"node": "dione", "vmid": 205}}]},
         {"sees": ["SUCCEEDED"], "says": "$WORDS", "every": 20}]
        """);
    say("Start minecraft.");
    awaitWords();
    jarvis.kill();
    jarvis.close();
    jarvis = jarvis.again();
    person = JarvisClient.person(jarvis.url());
    awaitFirst("claude");

    JsonNode talk = awaitEnd();
    assertThat(talk.path("messages")).hasSize(2);
    JsonNode answer = answer(talk);
    assertThat(answer.path("whole").asBoolean()).isTrue();
    assertThat(answer.at("/parts/0/tool").asText()).isEqualTo("start_container");
    assertThat(answer.at("/parts/0/state").asText()).isEqualTo("SUCCEEDED");
    assertThat(notices(answer)).isNotEmpty();
    assertThat(
            StreamSupport.stream(
                    person.get("/api/actions?limit=500").body().path("items").spliterator(), false)
                .filter(action -> action.path("tool").asText().equals("start_container")))
        .hasSize(1);
    assertThatClaudeAnswersAgain();
  }
}
