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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page sees of a conversation by the socket, and what is left of it after a power cut. */
class ChatSocketIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WORDS = "All is well \ud83d\ude80, and nothing is amiss. ".repeat(40);

  @TempDir static Path folder;

  private static ScriptedClaude claude;
  private static RunningJarvis jarvis;
  private static JarvisClient person;

  @BeforeAll
  static void start() throws IOException {
    claude = new ScriptedClaude();
    Path data = folder.resolve("data");
    Path etc = Files.createDirectories(data.resolve("etc"));
    Path key = Files.writeString(folder.resolve("key"), "sk-scripted", UTF_8);
    Files.writeString(
        etc.resolve("org.jarvis.llm.anthropic-claude.cfg"), claude.configuration(key), UTF_8);
    jarvis = RunningJarvis.demo(data, "--speed", "20");
    person = JarvisClient.firstPerson(jarvis);
    awaitClaude();
  }

  private static void awaitClaude() throws IOException {
    person.await(
        "/api/chat/providers",
        providers -> providers.path("items").path(0).path("id").asText().equals("claude"));
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
    claude.close();
  }

  private static String begin() throws IOException {
    return person.post("/api/conversations", object()).body().path("id").asText();
  }

  private static JsonNode await(PageSocket socket, String type) throws IOException {
    return JSON.readTree(
        socket.await(text -> text.startsWith("{\"type\":\"" + type + "\""), PATIENCE).text());
  }

  /** The next frame that is no beat. */
  private static JsonNode awaitAny(PageSocket socket) throws IOException {
    return JSON.readTree(
        socket.await(text -> !text.startsWith("{\"type\":\"heartbeat\""), PATIENCE).text());
  }

  private static void show(PageSocket socket, String id) {
    socket.send(object().put("type", "show").put("conversation", id).toString());
  }

  @Test
  void tellsAnAnswerWhileItComesAndAllOfItOnceItIsWhole() throws IOException {
    claude.play(JSON.createArrayNode().add(object().put("says", WORDS).put("holds", true)));
    String id = begin();
    try (PageSocket socket = person.socket("/ws/chat")) {
      show(socket, id);
      assertThat(await(socket, "conversation").at("/conversation/messages")).isEmpty();
      person.post("/api/conversations/" + id + "/messages", object().put("text", "How is it?"));
      Heard heard = new Heard();
      while (heard.words.length() < WORDS.length() / 3) {
        heard.take(awaitAny(socket));
      }
      assertThat(heard.words).hasSizeLessThan(WORDS.length() * 2 / 3);
      claude.release();
      JsonNode frame = awaitAny(socket);
      while (!frame.path("state").asText().equals("IDLE")) {
        heard.take(frame);
        frame = awaitAny(socket);
      }
      assertThat(frame.at("/message/whole").asBoolean()).isTrue();
      assertThat(frame.at("/message/text").asText().strip()).isEqualTo(WORDS.strip());
      assertThat(frame.at("/message/answerer/provider").asText()).isEqualTo("claude");
      assertThat(frame.at("/message/answerer/cost").decimalValue()).isPositive();
      person.delete("/api/conversations/" + id);
      assertThat(await(socket, "gone").path("conversation").asText()).isEqualTo(id);
    }
  }

  /** The answer as a page puts it together; what comes is always its beginning. */
  private static final class Heard {
    private String words = "";

    void take(JsonNode frame) {
      String type = frame.path("type").asText();
      if (type.equals("words")) {
        words += frame.path("text").asText();
      } else if (type.equals("message") && frame.at("/message/role").asText().equals("assistant")) {
        words = frame.at("/message/text").asText();
      }
      assertThat(WORDS).startsWith(words);
    }
  }

  @Test
  void keepsWhatWasSaidAndWhatWaitsOverAPowerCut() throws IOException {
    JsonNode script =
        JSON.readTree(
            """
            [{"calls": [{"tool": "stop_container", "arguments": {"node": "rhea", "vmid": 201}}]},
             {"sees": ["SUCCEEDED"], "says": "It is down."}]
            """);
    claude.play(script);
    String id = begin();
    String path = "/api/conversations/" + id;
    person.post(path + "/messages?wait=30s", object().put("text", "Shut down jellyfin."));
    JsonNode before = person.get(path).body();
    assertThat(before.path("state").asText()).isEqualTo("AWAITING_APPROVAL");

    jarvis.kill();
    jarvis.close();
    jarvis = jarvis.again();
    person = JarvisClient.person(jarvis.url());
    awaitClaude();
    JsonNode after =
        person.await(path, now -> now.path("state").asText().equals("AWAITING_APPROVAL"));
    assertThat(after.path("messages")).isEqualTo(before.path("messages"));
    String approval = after.at("/messages/1/parts/0/approval").asText();
    // Right after a start the routes come one by one.
    person.await("/api/approvals", waiting -> waiting.toString().contains(approval));
    assertThat(
            person.post("/api/approvals/" + approval, object().put("decision", "approve")).status())
        .isEqualTo(200);

    JsonNode ended = person.await(path, now -> now.path("state").asText().equals("IDLE"));
    assertThat(ended.at("/messages/1/text").asText()).isEqualTo("It is down.");
    assertThat(ended.at("/messages/1/parts/0/state").asText()).isEqualTo("SUCCEEDED");
    assertThat(claude.deviations()).isEmpty();
    assertThat(person.get("/api/conversations?q=JELLYFIN").body().path("total").asInt())
        .isEqualTo(1);
    assertThat(person.get("/api/conversations?q=pihole").body().path("total").asInt()).isZero();
  }
}
