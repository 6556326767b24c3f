package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Jarvis says that it is ready, whatever it is described to serve is served. */
class ReadyIT {
  private static final List<String> OTHERS =
      List.of("/", "/metrics", "/mcp", "/ws/cluster", "/ws/events", "/ws/chat", "/ws/terminal");

  @TempDir Path folder;

  /** A request that tells whether a route is there, and changes nothing. */
  private record Question(String method, String path) {}

  @Test
  void servesEveryRouteAsSoonAsItSaysThatItIsReady() throws IOException {
    RunningJarvis first = RunningJarvis.demo(folder.resolve("data"));
    List<Question> questions;
    JarvisClient client;
    try (first) {
      JarvisClient.firstPerson(first);
      client = JarvisClient.token(first.url());
      questions = questions(client.get("/api/openapi.json").body().path("paths"));
    }
    assertThat(questions).hasSizeGreaterThan(60);

    try (RunningJarvis again = first.again()) {
      TreeMap<String, Integer> unserved = new TreeMap<>();
      for (Question question : questions) {
        int status =
            client.send(question.method(), question.path(), BodyPublishers.noBody()).status();
        if (status == 404 || status == 503) {
          unserved.put(question.toString(), status);
        }
      }
      assertThat(unserved).isEmpty();
      JsonNode health = JarvisClient.anonymous(again.url()).get("/api/health").body();
      assertThat(wellParts(health)).contains("routes", "chat", "core", "safety", "storage");
    }
  }

  /**
   * Which methods a path knows, where it needs to be told of what; a look at it, where it does not,
   * which tells too whether the parts are there that it needs.
   */
  private static List<Question> questions(JsonNode described) {
    List<Question> questions = new ArrayList<>();
    described
        .properties()
        .forEach(
            path -> {
              String address = "/api" + path.getKey().replaceAll("\\{[^}]*}", "some");
              questions.add(new Question("OPTIONS", address));
              if (path.getValue().has("get") && !path.getKey().contains("{")) {
                questions.add(new Question("GET", address));
              }
            });
    OTHERS.forEach(path -> questions.add(new Question("GET", path)));
    return questions;
  }

  private static Set<String> wellParts(JsonNode health) {
    Set<String> well = new TreeSet<>();
    StreamSupport.stream(health.path("components").spliterator(), false)
        .filter(part -> part.path("status").asText().equals("UP"))
        .forEach(part -> well.add(part.path("name").asText()));
    return well;
  }
}
