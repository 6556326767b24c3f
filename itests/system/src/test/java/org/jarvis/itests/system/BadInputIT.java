package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Throws what nobody should send at everything that the running distribution says it serves, and at
 * every tool, as a person who is signed in. Whatever comes, the answer tells what was wrong with
 * it, and Jarvis goes on as before.
 */
class BadInputIT {
  /** Arguments that take no word but one of a certain form. */
  private static final Map<String, String> SOUND_WORDS =
      Map.of(
          "task",
          "UPID:titan:00000001:00000001:00000001:qmstart:103:root@pam:",
          "volume",
          "local:backup/vzdump-qemu-103.vma.zst",
          "disk",
          "scsi0",
          "job",
          "202-0");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> REFUSALS =
      Set.of(400, 401, 403, 404, 405, 406, 409, 413, 415, 422);
  private static final int MAX_BODY = 1024 * 1024;
  private static final int DEEP = 10_000;
  private static final String LOGOUT = "/auth/logout";

  /** Where odd credentials are guesses, of which only so many are heard. */
  private static final Set<String> GUESSED = Set.of("/auth/setup", "/auth/login", "/auth/password");

  /** Fits no field but one of any type. */
  private static final List<String> ODD_NUMBERS =
      List.of(
          "-0",
          "-1",
          "0.5",
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "9223372036854775808",
          "-9223372036854775809",
          "18446744073709551616",
          "1E400");

  private static final List<String> ODD_TEXTS =
      List.of(
          "\"\"",
          "\"NaN\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "\"../../etc/passwd\"",
          "\"' OR 1=1--\"",
          "\"${jndi:ldap://127.0.0.1/a}\"",
          "\"" + "x".repeat(100_000) + "\"");

  private static final List<String> OTHER_VALUES =
      List.of("null", "true", "[]", "[[]]", "[null]", "{}", "{\"a\":{}}");

  private static final List<String> ODD_IDS =
      List.of(
          "none",
          "0",
          "-1",
          "1e999999999",
          "9223372036854775808",
          "99999999999999999999",
          "a".repeat(1500),
          "%20",
          "%22%3E%3Cscript%3E",
          "%27%20or%201=1--",
          "pve:demo:guest:0",
          "pve:demo:guest:99999999999999999999",
          "pve:demo:guest:",
          "pve:demo:node:nowhere",
          "pve:nowhere:guest:103",
          "pve::guest:103",
          "pve:demo:planet:1",
          "pve:demo:storage:a:b:c:d",
          ":::::::",
          "%C3%A9%E2%82%AC",
          "%7B%7D",
          "$%7Bjndi:ldap:%7D");

  private static final List<String> BROKEN_SEGMENTS =
      List.of("%2e%2e", "%2f", "%00", "%zz", "%c0%af", "%C3", "..", ";a=1", "a%2Fb");

  private static final List<String> ODD_QUERIES =
      List.of(
          "",
          "-1",
          "-0",
          "0",
          "1.5",
          "1e3",
          "1e999999999",
          "9223372036854775808",
          "99999999999999999999",
          "NaN",
          "x",
          "null",
          "true",
          "%00",
          "%C3",
          "%FF%FE",
          "%zz",
          "%27",
          "%5B%5D",
          "-name,ref",
          "2026-13-45T99:99:99Z",
          "-999999999-01-01T00:00:00Z",
          "%2B999999999-12-31T23:59:59Z",
          "9".repeat(3000));

  /**
   * What Jetty says of a buffer of its own that it gives back twice, now and then, and goes on;
   * open upstream (jetty.project, issue 12939). Nothing of ours holds such a buffer. It is printed,
   * so that nobody forgets it.
   */
  private static final String RELEASED_TWICE =
      "java.lang.IllegalStateException: already released ReferenceCounter@";

  /** How much of a trace tells where it comes from. */
  private static final int TRACE = 20;

  @TempDir Path folder;

  private final SoftAssertions softly = new SoftAssertions();
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, JsonNode> tools = new LinkedHashMap<>();
  private JsonNode description = JSON.createObjectNode();
  private RawClient client = new RawClient(0, Map.of());
  private int sent;

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
                "{" + parameter + "}", parameter.equals(name) ? value : sound(parameter));
      }
      return "/api" + filled;
    }

    String filled() {
      return filled("", "");
    }

    private String sound(String parameter) {
      return switch (parameter) {
        case "ref" -> path.startsWith("/maintenance") ? "pve:demo:node:none" : "pve:demo:guest:103";
        case "name" -> "stop_vm";
        case "key" -> "theme";
        default -> "none";
      };
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @Test
  void answersWhateverComesAndGoesOn() throws Exception {
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      JarvisClient.firstPerson(jarvis);
      client = RawClient.person(jarvis.url().getPort());
      readDescription();
      double idle = processorShare(jarvis);

      wrongBodies();
      wrongFields();
      wrongArguments();
      wrongPaths();
      wrongQueries();
      wrongMediaTypes();
      wrongMethods();
      wrongHandshakes();
      softly.assertAll();
      assertThat(sent).isGreaterThan(2500);

      assertThat(client.send("GET", "/api/health", "").status()).isEqualTo(200);
      awaitIdle(jarvis, idle);
      assertThat(faults(folder.resolve("data"))).isEmpty();
      wrongLogouts();
      softly.assertAll();
    }
  }

  private void readDescription() throws IOException {
    JarvisClient reader = JarvisClient.token(client.base());
    description = reader.get("/api/openapi.json").body();
    description
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
    // It ends the session that all others need.
    assertThat(routes.removeIf(route -> route.path().equals(LOGOUT))).isTrue();
    assertThat(routes).hasSizeGreaterThan(30);
    reader
        .get("/api/tools")
        .body()
        .path("items")
        .forEach(tool -> tools.put(tool.path("name").asText(), tool));
    assertThat(tools).containsKeys("start_vm", "get_vms");
    assertThat(reader.get("/api/resources/pve:demo:guest:103").status()).isEqualTo(200);
  }

  /** Bodies that are wrong wherever a body is wanted. */
  private static Map<String, String> badBodies() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("nothing", "");
    bodies.put("no JSON", "username=a&password=b");
    bodies.put("half a JSON", "{\"a\":");
    bodies.put("two of them", "{} {}");
    bodies.put("a list", "[1,2,3]");
    bodies.put("a text", "\"a\"");
    bodies.put("null", "null");
    bodies.put("a number", "1e999999999");
    bodies.put("NaN", "{\"a\":NaN}");
    bodies.put("infinity", "{\"a\":-Infinity}");
    bodies.put("a hexadecimal number", "{\"a\":0x10}");
    bodies.put("single quotes", "{'a':1}");
    bodies.put("a comment", "{/* */}");
    bodies.put("duplicate names", "{\"a\":1,\"a\":2}");
    bodies.put("an unknown field", "{\"__proto__\":{\"a\":1}}");
    bodies.put("an unknown odd number", "{\"a\":1e999999999}");
    bodies.put("broken UTF-8", "{\"a\":\"\u00c3(\"}");
    bodies.put("overlong UTF-8", "{\"a\":\"\u00c0\u00af\"}");
    bodies.put("a UTF-8 surrogate", "{\"a\":\"\u00ed\u00a0\u0080\"}");
    bodies.put("UTF-16", "\u0000{\u0000}");
    bodies.put("a byte order mark", "\u00ef\u00bb\u00bf{\"a\":1}");
    bodies.put("a control character", "{\"a\":\"\u0001\"}");
    bodies.put("deep lists", "{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}");
    bodies.put("deep objects", "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
    bodies.put("deep and open", "[".repeat(DEEP));
    bodies.put("a long number", "{\"a\":" + "9".repeat(5000) + "}");
    bodies.put("a long text", "{\"a\":\"" + "x".repeat(400_000) + "\"}");
    bodies.put("a long name", "{\"" + "x".repeat(60_000) + "\":1}");
    bodies.put("too large", "{\"a\":\"" + "x".repeat(MAX_BODY) + "\"}");
    return bodies;
  }

  private void wrongBodies() throws IOException {
    for (Route route : routes) {
      for (Map.Entry<String, String> body : badBodies().entrySet()) {
        String what = route + " with " + body.getKey();
        if (route.hasBody()) {
          refused(what, json(route, body.getValue()));
        } else if (!body.getValue().isEmpty()) {
          // Nobody asked for it, and it may be left unread.
          answered(what, json(route, body.getValue()));
        }
      }
    }
    for (String tool : tools.keySet()) {
      for (Map.Entry<String, String> body : badBodies().entrySet()) {
        for (String path : List.of("/api/tools/" + tool, "/api/tools/" + tool + "/preview")) {
          refused(path + " with " + body.getKey(), json("POST", path, body.getValue()));
        }
      }
    }
  }

  private void wrongFields() throws IOException {
    int named = 0;
    for (Route route : routes) {
      JsonNode schema =
          resolved(
              route
                  .operation()
                  .path("requestBody")
                  .path("content")
                  .path("application/json")
                  .path("schema"));
      for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
        for (String value : values()) {
          for (ObjectNode rest : List.of(JSON.createObjectNode(), soundBody(route.path()))) {
            rest.remove(field.getKey());
            String what = route + " " + field.getKey() + "=" + shown(value) + " beside " + rest;
            RawClient.Answer answer = json(route, with(rest, field.getKey(), value));
            answered(what, answer, GUESSED.contains(route.path()));
            if (answer.status() == 422) {
              softly.assertThat(answer.body()).as(what).contains("\"errors\":[{\"field\":\"");
              named++;
            }
          }
        }
        Optional<String> wrong = wrongType(field.getValue());
        if (wrong.isPresent()) {
          ObjectNode rest = soundBody(route.path());
          rest.remove(field.getKey());
          names(
              route + " " + field.getKey() + "=" + wrong.get(),
              field.getKey(),
              json(route, with(rest, field.getKey(), wrong.get())));
        }
      }
      if (route.hasBody()) {
        names(
            route + " with an unknown field",
            "confirmed",
            json(route, with(soundBody(route.path()), "confirmed", "true")));
      }
    }
    assertThat(named).isGreaterThan(100);
  }

  /** Every argument of every tool; one is always wrong, so nothing is ever done. */
  private void wrongArguments() throws IOException {
    int named = 0;
    for (Map.Entry<String, JsonNode> tool : tools.entrySet()) {
      boolean observes = tool.getValue().path("effect").asText().equals("observes");
      JsonNode schema = tool.getValue().path("inputSchema");
      for (Map.Entry<String, JsonNode> argument : schema.path("properties").properties()) {
        ObjectNode rest = soundArguments(tool.getKey(), schema);
        rest.remove(argument.getKey());
        for (String value : valuesBut(argument.getValue())) {
          if (!observes && fits(argument.getValue(), value)) {
            // A name like any other: it would be done.
            continue;
          }
          for (String path : toolPaths(tool.getKey())) {
            String what = path + " " + argument.getKey() + "=" + shown(value);
            RawClient.Answer answer =
                json("POST", path, arguments(with(rest, argument.getKey(), value)));
            answered(what, answer);
            nothingIsDone(what, answer, observes || path.endsWith("preview"));
            if (answer.status() == 422) {
              softly
                  .assertThat(answer.body())
                  .as(what)
                  .contains("\"field\":\"" + argument.getKey());
              named++;
            }
          }
        }
        if (requires(schema, argument.getKey())) {
          names(
              tool.getKey() + " without " + argument.getKey(),
              argument.getKey(),
              json("POST", "/api/tools/" + tool.getKey(), arguments(rest.toString())));
        }
      }
      names(
          tool.getKey() + " with an unknown argument",
          "override",
          json(
              "POST",
              "/api/tools/" + tool.getKey(),
              arguments(with(soundArguments(tool.getKey(), schema), "override", "true"))));
    }
    assertThat(named).isGreaterThan(200);
  }

  private void nothingIsDone(String what, RawClient.Answer answer, boolean harmless) {
    if (!harmless && answer.status() < 300) {
      softly.assertThat(answer.body()).as(what).contains("\"state\":\"FAILED\"");
    }
  }

  private void wrongPaths() throws IOException {
    for (Route route : routes) {
      List<String> names = route.parameters("path");
      for (String name : names) {
        for (String id : ODD_IDS) {
          RawClient.Answer answer =
              route.hasBody()
                  ? json(route.method(), route.filled(name, id), soundBody(route.path()).toString())
                  : client.send(route.method(), route.filled(name, id), "");
          answered(route.method() + " " + route.filled(name, id), answer);
          sent++;
        }
      }
      for (String broken : BROKEN_SEGMENTS) {
        String path =
            names.isEmpty() ? route.filled() + "/" + broken : route.filled(names.get(0), broken);
        refused(
            route.method() + " " + path, json(route.method(), path, route.hasBody() ? "{}" : ""));
      }
    }
    for (String path : List.of("/", "/assets/", "/metrics/", "/ws/", "/api/", "/api/nothing/")) {
      for (String broken : BROKEN_SEGMENTS) {
        refused("GET " + path + broken, json("GET", path + broken, ""));
      }
    }
  }

  private void wrongQueries() throws IOException {
    int named = 0;
    for (Route route : routes) {
      for (String name : route.parameters("query")) {
        for (String value : ODD_QUERIES) {
          String query = "?" + name + "=" + value;
          RawClient.Answer answer =
              json(route.method(), route.filled() + query, route.hasBody() ? "{}" : "");
          answered(route + query, answer);
          if (answer.status() == 422) {
            softly
                .assertThat(answer.body())
                .as(route + query)
                .contains("\"field\":\"" + name + "\"");
            named++;
          }
        }
        String twice = "?" + name + "=x&" + name + "=1&&=&%3D";
        answered(route + twice, json(route.method(), route.filled() + twice, ""));
      }
    }
    for (String value : ODD_QUERIES) {
      answered("/metrics?name=" + value, json("GET", "/metrics?name=" + value, ""));
      answered("/?v=" + value, json("GET", "/?v=" + value, ""));
    }
    assertThat(named).isGreaterThan(100);
  }

  private void wrongMediaTypes() throws IOException {
    List<String> types =
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=a",
            "application/xml",
            "application/json; charset=utf-16",
            "application/jsonp",
            "*/*",
            "nonsense");
    for (Route route : routes) {
      if (route.hasBody()) {
        for (String type : types) {
          RawClient.Answer answer =
              client.send(route.method(), route.filled(), "{}", "Content-Type: " + type);
          sent++;
          softly.assertThat(answer.status()).as(route + " " + type).isEqualTo(415);
          refused(route + " " + type, answer);
        }
        refused(route + " without a type", client.send(route.method(), route.filled(), "{}"));
        refused(
            route + " packed",
            client.send(
                route.method(),
                route.filled(),
                "{}",
                "Content-Type: application/json",
                "Content-Encoding: gzip"));
        sent += 2;
      } else {
        answered(
            route + " in another form",
            client.send(route.method(), route.filled(), "", "Accept: image/*;q=x, text/html"));
        sent++;
      }
    }
  }

  private void wrongMethods() throws IOException {
    for (Route route : routes) {
      for (String method : List.of("PUT", "POST", "DELETE", "PATCH", "TRACE", "PROPFIND", "X")) {
        if (routes.stream()
            .noneMatch(
                other -> other.path().equals(route.path()) && other.method().equals(method))) {
          String what = method + " " + route.path();
          RawClient.Answer answer = client.send(method, route.filled(), "");
          sent++;
          softly.assertThat(answer.status()).as(what).isIn(404, 405);
          refused(what, answer);
        }
      }
    }
  }

  private void wrongHandshakes() throws IOException {
    String upgrade = "Upgrade: websocket\r\nConnection: Upgrade, close";
    String version = "Sec-WebSocket-Version: 13";
    String key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
    for (String path : List.of("/ws/cluster", "/ws/events")) {
      for (String after : ODD_QUERIES) {
        if (!after.equals("0")) {
          String query = path + "?after=" + after;
          RawClient.Answer answer = client.send("GET", query, "", upgrade, version, key);
          sent++;
          refused(query, answer);
          if (answer.status() == 422) {
            softly.assertThat(answer.body()).as(query).contains("\"field\":\"after\"");
          }
        }
      }
      for (String odd :
          List.of(
              "Sec-WebSocket-Key: ",
              "Sec-WebSocket-Key: x",
              "Sec-WebSocket-Key: " + "A".repeat(4000),
              "Sec-WebSocket-Key: \u00e9\u00e9\u00e9\u00e9")) {
        refused(path + " " + odd, client.send("GET", path, "", upgrade, version, odd));
        sent++;
      }
    }
  }

  /** The end of the session; until then, what is wrong with a logout keeps it. */
  private void wrongLogouts() throws IOException {
    refused(
        "a logout of a form",
        client.send("POST", "/api" + LOGOUT, "a=b", "Content-Type: text/plain"));
    refused("a logout without the header", client.withoutCsrf().send("POST", "/api" + LOGOUT, ""));
    refused("a logout by DELETE", client.send("DELETE", "/api" + LOGOUT, ""));
    assertThat(client.send("GET", "/api/auth/me", "").status()).isEqualTo(200);
    answered("a logout with half a JSON", json("POST", "/api" + LOGOUT, "{\"a\":"));
    refused("a second logout", json("POST", "/api" + LOGOUT, "{}"));
    assertThat(client.send("GET", "/api/auth/me", "").status()).isEqualTo(401);
  }

  private RawClient.Answer json(Route route, String body) throws IOException {
    return json(route.method(), route.filled(), body);
  }

  private RawClient.Answer json(String method, String path, String body) throws IOException {
    sent++;
    return body.isEmpty()
        ? client.send(method, path, body)
        : client.send(method, path, body, "Content-Type: application/json");
  }

  private void names(String what, String field, RawClient.Answer answer) {
    refused(what, answer);
    softly
        .assertThat(answer.body())
        .as(what)
        .contains("\"errors\":[{\"field\":\"" + field.replace("\"", "\\\"") + "\"");
  }

  private void refused(String what, RawClient.Answer answer) {
    softly.assertThat(answer.status()).as(what + "\n" + answer.body()).isIn(REFUSALS);
    answered(what, answer);
  }

  private void answered(String what, RawClient.Answer answer) {
    answered(what, answer, false);
  }

  private void answered(String what, RawClient.Answer answer, boolean throttled) {
    boolean good = answer.status() >= 200 && answer.status() < 300;
    if (!good && !(throttled && answer.status() == 429)) {
      softly.assertThat(answer.status()).as(what + "\n" + answer.body()).isIn(REFUSALS);
    }
    if (!good) {
      softly
          .assertThat(answer.head())
          .as(what)
          .containsIgnoringCase("content-type: application/problem+json");
      softly
          .assertThat(answer.body())
          .as(what)
          .contains("\"code\":\"", "\"detail\":\"", "\"status\":" + answer.status());
      softly
          .assertThat(answer.body())
          .as(what)
          .doesNotContain(
              "Exception", "Throwable", "\\tat ", "java.", "org.jarvis", "com.fasterxml", "jetty");
    }
  }

  private JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? description.at(schema.path("$ref").asText().substring(1)) : schema;
  }

  private static List<String> values() {
    List<String> values = new ArrayList<>(ODD_NUMBERS);
    values.addAll(ODD_TEXTS);
    values.addAll(OTHER_VALUES);
    return values;
  }

  /** Without what a yes or no may be. */
  private static List<String> valuesBut(JsonNode schema) {
    return values().stream()
        .filter(value -> !(value.equals("true") && schema.path("type").asText().equals("boolean")))
        .toList();
  }

  /** A value of another type than the described one; none where any will do. */
  private static Optional<String> wrongType(JsonNode schema) {
    return schema.has("type") || schema.has("enum") ? Optional.of("-0.5") : Optional.empty();
  }

  /** A body that would be taken, but that it means nothing: nobody, a wrong password, no id. */
  private static ObjectNode soundBody(String path) {
    ObjectNode body = JSON.createObjectNode();
    switch (path) {
      case "/auth/setup" -> body.put("token", "x").put("username", "eve").put("password", "x");
      case "/auth/login" -> body.put("username", "nobody").put("password", "x");
      case "/auth/password" -> body.put("current", "x").put("new", "x");
      case "/auth/tokens" -> body.put("name", "").putArray("scopes").add("read");
      case "/approvals/{id}", "/extensions/{id}" -> body.put("decision", "reject");
      case "/preferences/{key}" -> body.put("value", 1);
      case "/plans", "/plans/preview" ->
          body.putArray("steps").addObject().put("tool", "none").putObject("arguments");
      case "/guardrails" -> body.put("autonomy", "ask");
      case "/protections/{ref}" -> body.put("typed", "x");
      case "/whereabouts/{cluster}" -> body.put("outside", true);
      case "/aliases/{alias}" -> body.put("ref", "pve:demo:guest:999999");
      case "/problem-kinds/{kind}" -> body.putObject("values").putNull("after");
      case "/clusters/{id}/certificates" ->
          body.put("decision", "forget").put("address", "https://192.0.2.1:8006");
      case "/hosts/{cluster}/{name}/key" -> body.put("decision", "forget");
      case "/problems/{id}/silence", "/maintenance/{ref}" ->
          body.put("until", Instant.now().plus(Duration.ofDays(7)).toString());
      case "/problems/{id}/notes" -> body.put("text", "x");
      case "/conversations/{id}" -> body.put("title", "x");
      case "/conversations/{id}/messages" -> body.put("text", "x");
      case "/commands/preview" -> body.put("host", "none").put("command", "uptime");
      case "/commands/rules/{file}" -> body.put("sha256", "0".repeat(64));
      case "/tools/{name}", "/tools/{name}/preview" ->
          body.putObject("arguments").put("vmid", "none");
      default -> {
        // A route without a body.
      }
    }
    return body;
  }

  /** Arguments that fit; whoever uses them makes one of them wrong. */
  private static ObjectNode soundArguments(String tool, JsonNode schema) {
    ObjectNode arguments = JSON.createObjectNode();
    if (tool.equals("show_on_screen")) {
      // What it needs follows from what is shown, which a schema for models cannot say.
      arguments.put("show", "log").put("title", "titan").putArray("lines").add("a line");
      return arguments;
    }
    for (JsonNode name : schema.path("required")) {
      String argument = name.asText();
      JsonNode type = schema.path("properties").path(argument).path("type");
      switch (type.asText()) {
        case "integer" -> arguments.put(argument, 103);
        case "boolean" -> arguments.put(argument, true);
        case "array" -> arguments.putArray(argument);
        case "object" -> arguments.putObject(argument);
        default -> arguments.put(argument, SOUND_WORDS.getOrDefault(argument, "titan"));
      }
    }
    return arguments;
  }

  /** Whether a value, odd as it is, is one that the argument takes. */
  private static boolean fits(JsonNode argument, String value) {
    if (value.equals("[]")) {
      return argument.path("type").asText().equals("array") && !argument.has("minItems");
    }
    if (!value.startsWith("\"") || !argument.path("type").asText().equals("string")) {
      return false;
    }
    String word = value.substring(1, value.length() - 1);
    return !argument.has("enum")
        && word.length() >= argument.path("minLength").asInt(0)
        && word.length() <= argument.path("maxLength").asInt(Integer.MAX_VALUE)
        && (!argument.has("pattern")
            || Pattern.compile(argument.path("pattern").asText()).matcher(word).find());
  }

  private static boolean requires(JsonNode schema, String argument) {
    for (JsonNode name : schema.path("required")) {
      if (name.asText().equals(argument)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> toolPaths(String tool) {
    return List.of("/api/tools/" + tool, "/api/tools/" + tool + "/preview");
  }

  private static String arguments(String arguments) {
    return "{\"arguments\":" + arguments + "}";
  }

  /** The object with one more member, whose value is no value that a JSON library would write. */
  private static String with(ObjectNode object, String name, String value) {
    String rest = object.toString();
    return "{\"" + name + "\":" + value + (object.isEmpty() ? "}" : "," + rest.substring(1));
  }

  private static String shown(String value) {
    return value.length() > 60 ? value.substring(0, 60) + "..." : value;
  }

  /** What the log has of errors and exceptions, each with what stands around it. */
  private static List<String> faults(Path data) throws IOException {
    List<String> log = Files.readAllLines(data.resolve("log").resolve("jarvis.log"), UTF_8);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      if (!log.get(i).contains(" ERROR ") && !log.get(i).contains("Exception")) {
        continue;
      }
      String fault =
          String.join("\n", log.subList(Math.max(0, i - 1), Math.min(log.size(), i + TRACE)));
      if (log.get(i).contains(RELEASED_TWICE)) {
        System.out.println("A fault of Jetty's own:\n" + fault);
      } else {
        faults.add(fault);
      }
    }
    return faults;
  }

  /** The share of one processor that it takes, over a second. */
  private static double processorShare(RunningJarvis jarvis) throws Exception {
    Duration before = processorTime(jarvis);
    long begin = System.nanoTime();
    assertThat(new CountDownLatch(1).await(1, TimeUnit.SECONDS)).isFalse();
    return (double) processorTime(jarvis).minus(before).toNanos() / (System.nanoTime() - begin);
  }

  private static Duration processorTime(RunningJarvis jarvis) {
    return jarvis.process().info().totalCpuDuration().orElseThrow();
  }

  private static void awaitIdle(RunningJarvis jarvis, double idle) throws Exception {
    double share = processorShare(jarvis);
    for (int i = 0; i < 10 && share > idle + 0.2; i++) {
      share = processorShare(jarvis);
    }
    assertThat(share).as("the share of a processor that it takes").isLessThan(idle + 0.2);
  }
}
