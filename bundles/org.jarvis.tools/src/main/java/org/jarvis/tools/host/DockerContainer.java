package org.jarvis.tools.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A Docker container, as {@code docker ps} tells it, one JSON object a line.
 *
 * @param id its id
 * @param name its name
 * @param image what it was made of
 * @param state in a word
 * @param status in words
 * @param ports where it listens
 */
record DockerContainer(
    String id, String name, String image, String state, String status, String ports) {

  /** All of a host, running or not. */
  static List<DockerContainer> list(Exchange exchange) {
    String output = exchange.answer("docker", "ps", "-a", "--format", "json");
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> of(HostJson.object(exchange, "docker", line)))
        .toList();
  }

  private static DockerContainer of(JsonNode json) {
    return new DockerContainer(
        json.path("ID").asText(),
        json.path("Names").asText(),
        json.path("Image").asText(),
        json.path("State").asText(),
        json.path("Status").asText(),
        json.path("Ports").asText());
  }

  boolean isNamed(String word) {
    return name.equals(word) || id.equals(word);
  }

  boolean runs() {
    return state.equals("running");
  }
}
