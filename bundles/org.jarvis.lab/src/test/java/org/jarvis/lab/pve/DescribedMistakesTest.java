package org.jarvis.lab.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.Recorded;
import org.jarvis.lab.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls every changing endpoint with parameters that its description does not allow. */
class DescribedMistakesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static Lab lab;

  @BeforeAll
  static void start() throws IOException {
    lab = new Lab(LabOptions.defaults());
    lab.start();
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  static Stream<JsonNode> described() throws IOException {
    return DescribedEndpointsTest.described()
        .filter(endpoint -> !endpoint.get("verb").asText().equals("GET"));
  }

  @ParameterizedTest
  @MethodSource("described")
  void refusesAParameterThatIsNotDescribed(JsonNode described) throws IOException {
    Map<String, String> form = fitting(described);
    form.put("foo", "bar");

    assertThat(errors(described, form).get("foo"))
        .isEqualTo(Recorded.named("400-unknown-param").json().get("errors").get("foo"));
  }

  @ParameterizedTest
  @MethodSource("described")
  void refusesToDoWithoutWhatIsNotOptional(JsonNode described) throws IOException {
    for (String name : fitting(described).keySet()) {
      Map<String, String> form = fitting(described);
      form.remove(name);

      assertThat(errors(described, form).get(name))
          .as(name)
          .isEqualTo(Recorded.named("400-missing").json().get("errors").get("timeframe"));
    }
  }

  @ParameterizedTest
  @MethodSource("described")
  void refusesNumbersAndFlagsThatAreNone(JsonNode described) throws IOException {
    for (Map.Entry<String, JsonNode> parameter : described.get("parameters").properties()) {
      String type = parameter.getValue().get("type").asText();
      boolean inPath = described.get("path").asText().contains("{" + parameter.getKey() + "}");
      if (inPath || !type.matches("integer|boolean|number")) {
        continue;
      }
      Map<String, String> form = fitting(described);
      form.put(parameter.getKey().replace("[n]", "0"), "abc");

      assertThat(errors(described, form).get(parameter.getKey()).asText())
          .as(parameter.getKey())
          .isEqualTo("type check ('" + type + "') failed - got 'abc'");
    }
  }

  /** Just what is not optional, with values that fit. */
  private static Map<String, String> fitting(JsonNode described) {
    Map<String, String> form = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> parameter : described.get("parameters").properties()) {
      String name = parameter.getKey();
      JsonNode shape = parameter.getValue();
      if (shape.has("optional") || described.get("path").asText().contains("{" + name + "}")) {
        continue;
      }
      String value =
          Optional.ofNullable(shape.get("enum"))
              .map(words -> words.get(0).asText())
              .orElse(shape.get("type").asText().equals("integer") ? "300" : "a1");
      form.put(name, name.equals("size") ? "+1G" : value);
    }
    return form;
  }

  private static JsonNode errors(JsonNode described, Map<String, String> form) throws IOException {
    Map<String, String> places = new HashMap<>();
    places.put("{node}", "titan");
    places.put("{vmid}", described.get("path").asText().contains("qemu") ? "100" : "200");
    places.put("{snapname}", "s1");
    places.put("{service}", "chrony");
    places.put("{id}", "202-0");
    places.put("{sid}", "ct:202");
    places.put("{storage}", "pbs");
    places.put("{volume}", "pbs:backup/x");
    places.put("{upid}", lab.cluster().tasks("titan", 1).get(0).upid().toString());
    String path = described.get("path").asText();
    for (Map.Entry<String, String> place : places.entrySet()) {
      path = path.replace(place.getKey(), place.getValue());
    }
    String body =
        String.join(
            "&",
            form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("+", "%2B"))
                .toList());
    String verb = described.get("verb").asText();
    boolean inQuery = verb.equals("DELETE");
    try (WireClient client = new WireClient(lab)) {
      Recorded reply =
          client.send(
              lab.operatorToken(), verb, inQuery ? path + "?" + body : path, inQuery ? "" : body);
      assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 400 Parameter verification failed.");
      return JSON.readTree(reply.body()).get("errors");
    }
  }
}
