package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Talks to Jarvis as a client of its own would: by HTTP, with a session or a bearer token. */
final class JarvisClient {
  static final String USER = "ada";
  static final String PASSWORD = "correct horse battery";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final URI base;
  private final HttpClient http;
  private final Map<String, String> headers = new HashMap<>();

  private JarvisClient(URI base) {
    this.base = base;
    this.http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** A reply: status and body. */
  record Reply(int status, JsonNode body) {
    /** The action that a reply to a tool call carries. */
    JsonNode action() {
      return body.path("action");
    }

    String state() {
      return action().path("state").asText();
    }
  }

  /** Somebody without any credentials. */
  static JarvisClient anonymous(URI base) {
    return new JarvisClient(base);
  }

  /** A person who makes the first account and signs in with a browser session. */
  static JarvisClient firstPerson(RunningJarvis jarvis) throws IOException {
    JarvisClient client = anonymous(jarvis.url());
    Reply setup =
        client.post(
            "/api/auth/setup",
            JSON.createObjectNode()
                .put("token", jarvis.setupToken())
                .put("username", USER)
                .put("password", PASSWORD));
    if (setup.status() >= 300) {
      throw new IOException("Setup answered " + setup);
    }
    return person(jarvis.url());
  }

  /** A person who signs in with a browser session. */
  static JarvisClient person(URI base) throws IOException {
    return person(base, PASSWORD);
  }

  /** A person who signs in with a browser session, by this password. */
  static JarvisClient person(URI base, String password) throws IOException {
    JarvisClient client = anonymous(base);
    Reply login = client.post("/api/auth/login", credentials("session").put("password", password));
    if (login.status() != 200) {
      throw new IOException("Login answered " + login);
    }
    client.headers.put("X-CSRF-Token", login.body().path("csrfToken").asText());
    return client;
  }

  /** A client with a bearer token of the same account. */
  static JarvisClient token(URI base) throws IOException {
    Reply login = anonymous(base).post("/api/auth/login", credentials("token"));
    return bearer(base, login.body().path("token").asText());
  }

  /** A client with this bearer token. */
  static JarvisClient bearer(URI base, String token) {
    return anonymous(base).with("Authorization", "Bearer " + token);
  }

  /** The same client, where Jarvis has another address now. */
  JarvisClient at(URI newBase) {
    JarvisClient moved = anonymous(newBase);
    moved.headers.putAll(headers);
    return moved;
  }

  private static ObjectNode credentials(String kind) {
    return JSON.createObjectNode()
        .put("username", USER)
        .put("password", PASSWORD)
        .put("kind", kind);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** This client with a header more on every request. */
  JarvisClient with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** This client without a header that it had. */
  JarvisClient without(String name) {
    headers.remove(name);
    return this;
  }

  /** What this client sends under this name. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The cookies that this client's session sends. */
  String cookie() {
    CookieManager cookies = (CookieManager) http.cookieHandler().orElseThrow();
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(java.util.stream.Collectors.joining("; "));
  }

  /** Opens one of the page's sockets with this client's session. */
  PageSocket socket(String channel) {
    return PageSocket.open(http, base, channel);
  }

  Reply get(String path) throws IOException {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  /** The body of an answer that is no JSON, such as that of {@code /metrics}. */
  String text(String path) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(path + " answered " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  Reply post(String path, JsonNode body) throws IOException {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  Reply put(String path, JsonNode body) throws IOException {
    return send("PUT", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  Reply delete(String path) throws IOException {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  Reply send(String method, String path, HttpRequest.BodyPublisher body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      boolean json =
          response.headers().firstValue("Content-Type").orElse("").contains("json")
              && !response.body().isEmpty();
      return new Reply(
          response.statusCode(), json ? JSON.readTree(response.body()) : JSON.createObjectNode());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Runs a tool and waits for the end of its action, or for a person. */
  Reply run(String tool, ObjectNode arguments) throws IOException {
    return post("/api/tools/" + tool + "?wait=40s", object().set("arguments", arguments));
  }

  /** Answers a request for approval. */
  Reply answer(JsonNode action, String decision) throws IOException {
    return post(
        "/api/approvals/" + action.path("approval").path("id").asText(),
        object().put("decision", decision));
  }

  /** Waits until a host of the demo was asked for the first time, some seconds after the start. */
  void awaitHosts() throws IOException {
    await(
        "/api/resources/pve:demo:node:titan", titan -> titan.path("temperatureCelsius").isNumber());
  }

  /** Asks again and again until the answer is as wished, also where nobody listens yet. */
  JsonNode await(String path, Predicate<JsonNode> wished) throws IOException {
    return await(path, PATIENCE, wished);
  }

  /** The same, for as long as this. */
  JsonNode await(String path, Duration patience, Predicate<JsonNode> wished) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    String last = "nothing";
    while (System.nanoTime() < deadline) {
      try {
        Reply reply = get(path);
        if (reply.status() == 200 && wished.test(reply.body())) {
          return reply.body();
        }
        last = reply.toString();
      } catch (ConnectException nobody) {
        last = String.valueOf(nobody.getMessage());
      }
      pause();
    }
    throw new IOException(path + " still answers " + last);
  }

  private static void pause() throws IOException {
    try {
      // Between two looks, not instead of one: what is waited for has no other way to tell.
      new java.util.concurrent.CountDownLatch(1)
          .await(INTERVAL.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
