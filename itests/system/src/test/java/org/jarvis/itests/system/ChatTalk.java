package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** A conversation of somebody with Jarvis, by HTTP. */
final class ChatTalk {
  private final JarvisClient person;
  private final String path;

  private ChatTalk(JarvisClient person, String path) {
    this.person = person;
    this.path = path;
  }

  static ChatTalk begin(JarvisClient person) throws IOException {
    String id = person.post("/api/conversations", object()).body().path("id").asText();
    return new ChatTalk(person, "/api/conversations/" + id);
  }

  /** Waits until this provider is the first that is asked. */
  void awaitFirst(String provider) throws IOException {
    person.await(
        "/api/chat/providers", providers -> providers.at("/items/0/id").asText().equals(provider));
  }

  void say(String text) throws IOException {
    assertThat(person.post(path + "/messages", object().put("text", text)).status()).isEqualTo(202);
  }

  /** Waits until the answer that is still coming begins so. */
  void awaitWords(String beginning) throws IOException {
    person.await(
        path,
        talk ->
            !talk.path("state").asText().equals("IDLE")
                && answer(talk).path("text").asText().startsWith(beginning));
  }

  /** Waits for the end of the turn, and tells its answer. */
  JsonNode awaitEnd() throws IOException {
    return answer(person.await(path, talk -> talk.path("state").asText().equals("IDLE")));
  }

  JsonNode messages() throws IOException {
    return person.get(path).body().path("messages");
  }

  private static JsonNode answer(JsonNode talk) {
    JsonNode messages = talk.path("messages");
    return messages.path(messages.size() - 1);
  }

  /** What Jarvis itself remarks in an answer. */
  static List<String> notices(JsonNode answer) {
    return StreamSupport.stream(answer.path("parts").spliterator(), false)
        .filter(part -> part.path("kind").asText().equals("notice"))
        .map(part -> part.path("text").asText())
        .toList();
  }
}
