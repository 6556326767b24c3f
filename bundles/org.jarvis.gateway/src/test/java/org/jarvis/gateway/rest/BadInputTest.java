package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jarvis.api.resource.Guest;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Throws what nobody should send at every route of the description. */
class BadInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 409, 413, 415, 422);
  private static final int MAX_BODY = 1024 * 1024;
  private static final Map<String, String> SOUND =
      Map.of("ref", "pve:home:guest:101", "name", "stop_vm", "id", "action-1", "key", "theme");

  private GatewayServer server;
  private List<Route> routes;

  private record Route(String method, String path, JsonNode operation) {
    boolean hasBody() {
      return operation.has("requestBody");
    }

    List<String> parameters(String in) {
      List<String> names = new ArrayList<>();
      operation
          .path("parameters")
          .forEach(
              parameter -> {
                if (parameter.path("in").asText().equals(in)) {
                  names.add(parameter.path("name").asText());
                }
              });
      return names;
    }

    /** The path with sound values, and this one for one of them. */
    String filled(String name, String value) {
      String filled = path;
      for (String parameter : parameters("path")) {
        filled =
            filled.replace(
                "{" + parameter + "}",
                parameter.equals(name) ? value : SOUND.getOrDefault(parameter, "some"));
      }
      return "/api" + filled;
    }
  }

  private record Answer(int status, String head, String body) {}

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.core.show(Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    routes = new ArrayList<>();
    JSON.readTree(server.token("GET", "/api/openapi.json", null).body())
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            routes.add(
                                new Route(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    operation.getValue()))));
    // A login ends nothing, and a logout nothing but its own session; so the order is free, and
    // logout has no input.
    routes.removeIf(route -> route.path().equals("/auth/logout"));
    assertThat(routes).hasSizeGreaterThan(20);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Answer send(String method, String path, byte[] body, String... headers)
      throws IOException {
    StringBuilder request =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            .append("Connection: close\r\nCookie: jarvis_session=")
            .append(FakeAuthenticator.COOKIE)
            .append("\r\nX-CSRF-Token: ")
            .append(FakeAuthenticator.CSRF)
            .append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (body.length > 0) {
      request.append("Content-Length: ").append(body.length).append("\r\n");
    }
    // Of a body that is too large the length is enough: the answer comes before all of it is sent,
    // and the server closes.
    int sent = body.length > MAX_BODY ? 1000 : body.length;
    String answer =
        server.raw(request + "\r\n" + new String(body, 0, sent, StandardCharsets.ISO_8859_1));
    int end = answer.indexOf("\r\n\r\n");
    assertThat(end).as(method + " " + path + " has an answer").isPositive();
    return new Answer(
        Integer.parseInt(answer.substring(9, 12)),
        answer.substring(0, end).toLowerCase(Locale.ROOT),
        answer.substring(end + 4));
  }

  private Answer sendJson(Route route, byte[] body) throws IOException {
    return send(route.method(), route.filled("", ""), body, "Content-Type: application/json");
  }

  private static void refused(SoftAssertions softly, String what, Answer answer) {
    softly.assertThat(answer.status()).as(what + "\n" + answer.body()).isIn(REFUSALS);
    softly.assertThat(answer.head()).as(what).contains("content-type: application/problem+json");
    neverATrace(softly, what, answer);
  }

  private static void neverATrace(SoftAssertions softly, String what, Answer answer) {
    softly.assertThat(answer.status()).as(what + "\n" + answer.body()).isLessThan(500);
    softly
        .assertThat(answer.body())
        .as(what)
        .doesNotContain("Exception", "\tat ", "jetty", "jersey", "jackson", "<html");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Bodies that are wrong wherever a body is wanted. */
  private static Map<String, byte[]> badBodies() {
    Map<String, byte[]> bodies = new TreeMap<>();
    bodies.put("no JSON", bytes("username=a&password=b"));
    bodies.put("half a JSON", bytes("{\"a\":"));
    bodies.put("two of them", bytes("{} {}"));
    bodies.put("a list", bytes("[1,2,3]"));
    bodies.put("a text", bytes("\"a\""));
    bodies.put("null", bytes("null"));
    bodies.put("a number", bytes("1e999999999"));
    bodies.put("NaN", bytes("{\"a\":NaN}"));
    bodies.put("single quotes", bytes("{'a':1}"));
    bodies.put("a comment", bytes("{/* */}"));
    bodies.put("duplicate names", bytes("{\"a\":1,\"a\":2}"));
    bodies.put("unknown field", bytes("{\"__proto__\":{\"a\":1}}"));
    bodies.put("broken UTF-8", bytes("{\"a\":\"\u00c3(\"}"));
    bodies.put("overlong UTF-8", bytes("{\"a\":\"\u00c0\u00af\"}"));
    bodies.put("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    bodies.put("byte order mark", bytes("\u00ef\u00bb\u00bf{\"a\":1}"));
    bodies.put("deep lists", bytes("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
    bodies.put("a long number", bytes("{\"a\":" + "9".repeat(5000) + "}"));
    bodies.put("a long text", bytes("{\"a\":\"" + "x".repeat(400_000) + "\"}"));
    bodies.put("too large", bytes("{\"a\":\"" + "x".repeat(MAX_BODY) + "\"}"));
    return bodies;
  }

  @Test
  void refusesBodiesThatAreWrongAnywhere() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    int count = 0;
    for (Route route : routes) {
      if (route.hasBody()) {
        for (Map.Entry<String, byte[]> body : badBodies().entrySet()) {
          refused(
              softly,
              route.method() + " " + route.path() + " with " + body.getKey(),
              sendJson(route, body.getValue()));
          count++;
        }
        refused(
            softly,
            route.method() + " " + route.path() + " with nothing",
            sendJson(route, new byte[0]));
      }
    }
    softly.assertAll();
    assertThat(count).isGreaterThan(100);
    assertThat(server.core.requests).isEmpty();
    assertThat(server.core.answers).isEmpty();
  }

  @Test
  void namesTheFieldThatHasTheWrongType() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    List<String> values =
        List.of("1", "1e999999999", "true", "[]", "[[]]", "{}", "null", "\"\"", "\"\\u0000\"");
    int named = 0;
    for (Route route : routes) {
      JsonNode schema =
          route
              .operation()
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("schema");
      for (Map.Entry<String, JsonNode> field : resolved(schema).path("properties").properties()) {
        for (String value : values) {
          Answer answer = sendJson(route, bytes("{\"" + field.getKey() + "\":" + value + "}"));
          String what = route.method() + " " + route.path() + " " + field.getKey() + "=" + value;
          neverATrace(softly, what, answer);
          if (answer.status() == 400 || answer.status() == 422) {
            softly.assertThat(answer.body()).as(what).contains("\"errors\":[{\"field\":");
            named++;
          }
        }
      }
    }
    softly.assertAll();
    assertThat(named).isGreaterThan(20);
  }

  private JsonNode resolved(JsonNode schema) throws IOException {
    if (!schema.has("$ref")) {
      return schema;
    }
    try {
      return JSON.readTree(server.token("GET", "/api/openapi.json", null).body())
          .at(schema.path("$ref").asText().substring(1));
    } catch (IOException | RuntimeException broken) {
      throw broken;
    } catch (Exception broken) {
      throw new IOException(broken);
    }
  }

  @Test
  void refusesIdsThatNothingHas() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    List<String> ids =
        List.of(
            "none",
            "0",
            "-1",
            "99999999999999999999",
            "a".repeat(1500),
            "%20",
            "%22%3E%3Cscript%3E",
            "%27%20or%201=1--",
            "pve:home:guest:0",
            "pve:home:guest:99999999999999999999",
            "pve:home:guest:",
            "pve::guest:101",
            ":::::::",
            "%C3%A9%E2%82%AC",
            "%7B%7D",
            "$%7Bjndi:ldap:%7D");
    for (Route route : routes) {
      for (String name : route.parameters("path")) {
        for (String id : ids) {
          String body = route.hasBody() ? "{\"decision\":\"approve\",\"arguments\":{}}" : "";
          Answer answer =
              send(
                  route.method(),
                  route.filled(name, id),
                  bytes(body),
                  "Content-Type: application/json");
          neverATrace(softly, route.method() + " " + route.filled(name, id), answer);
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void refusesPathsInOddEncodings() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    List<String> odd =
        List.of(
            "%2e%2e",
            "%2f", "%5c", "%00", "%0d%0a", "%zz", "%", "%c0%af", "%C3", "..", ".", ";a=1", "%252e",
            "a%2Fb", "a;b", "%u0041", "\u00e9", "a b", "a\tb", "<", "\"", "|", "^", "[");
    for (Route route : routes) {
      List<String> names = route.parameters("path");
      for (String value : odd) {
        String path =
            names.isEmpty()
                ? route.filled("", "") + "/" + value
                : route.filled(names.get(0), value);
        Answer answer =
            send(
                route.method(),
                path,
                route.hasBody() ? bytes("{}") : new byte[0],
                "Content-Type: application/json");
        refused(softly, route.method() + " " + path, answer);
      }
    }
    softly.assertAll();
  }

  @Test
  void refusesQueriesOutOfRange() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    List<String> values =
        List.of(
            "",
            "-1",
            "0",
            "1.5",
            "1e3",
            "99999999999999999999",
            "NaN",
            "x",
            "null",
            "%00",
            "%C3",
            "%zz",
            "'",
            "[]",
            "9".repeat(3000));
    int refused = 0;
    for (Route route : routes) {
      for (String name : route.parameters("query")) {
        for (String value : values) {
          Answer answer =
              send(
                  route.method(),
                  route.filled("", "") + "?" + name + "=" + value,
                  route.hasBody() ? bytes("{}") : new byte[0],
                  "Content-Type: application/json");
          String what = route.method() + " " + route.path() + "?" + name + "=" + value;
          neverATrace(softly, what, answer);
          if (answer.status() == 422) {
            softly.assertThat(answer.body()).as(what).contains("\"field\":\"" + name + "\"");
            refused++;
          }
        }
      }
    }
    softly.assertAll();
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void refusesOtherMediaTypesAndEncodings() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (Route route : routes) {
      if (route.hasBody()) {
        for (String type :
            List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=a",
                "application/xml",
                "application/json; charset=utf-16",
                "application/jsonp",
                "nonsense")) {
          Answer answer =
              send(route.method(), route.filled("", ""), bytes("{}"), "Content-Type: " + type);
          softly.assertThat(answer.status()).as(route + " " + type).isEqualTo(415);
          refused(softly, route + " " + type, answer);
        }
        Answer packed =
            send(
                route.method(),
                route.filled("", ""),
                bytes("{}"),
                "Content-Type: application/json",
                "Content-Encoding: gzip");
        refused(softly, route.path() + " packed", packed);
      }
    }
    softly.assertAll();
  }

  @Test
  void refusesOtherMethods() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (Route route : routes) {
      for (String method : List.of("PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "X")) {
        Answer answer = send(method, route.filled("", ""), new byte[0]);
        softly.assertThat(answer.status()).as(method + " " + route.path()).isIn(400, 404, 405, 501);
        softly
            .assertThat(answer.head())
            .as(method + " " + route.path())
            .contains("application/problem+json");
      }
    }
    softly.assertAll();
  }

  @Test
  void refusesToAnswerInAnotherForm() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (Route route : routes) {
      if (route.method().equals("GET")) {
        neverATrace(
            softly,
            route.path(),
            send("GET", route.filled("", ""), new byte[0], "Accept: text/html;q=x, image/*"));
      }
    }
    softly.assertAll();
  }

  @Test
  void readsNoFieldsFromForms() throws Exception {
    String form = "username=" + URLEncoder.encode("owner", StandardCharsets.UTF_8);
    Answer answer =
        send(
            "POST",
            "/api/auth/login?username=owner&password=right",
            bytes(form),
            "Content-Type: application/json");
    assertThat(answer.status()).isEqualTo(400);
  }
}
