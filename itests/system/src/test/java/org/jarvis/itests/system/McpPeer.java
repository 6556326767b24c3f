package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** An MCP client that sends exactly what a test wants, sound or not. */
final class McpPeer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A hundred clients on one machine would otherwise have a hundred selector threads. */
  private static final HttpClient SHARED = HttpClient.newHttpClient();

  private final URI endpoint;
  private final String token;
  private final AtomicInteger ids = new AtomicInteger();
  private String session;

  McpPeer(URI base, String token) {
    this.endpoint = base.resolve("/mcp");
    this.token = token;
  }

  /** A client in an open session. */
  static McpPeer open(URI base, String token) throws IOException {
    McpPeer peer = new McpPeer(base, token);
    ObjectNode params = JarvisClient.object().put("protocolVersion", "2025-11-25");
    params.putObject("capabilities").putObject("elicitation");
    params.putObject("clientInfo").put("name", "peer").put("version", "1");
    HttpResponse<String> answer =
        peer.send("POST", peer.message("initialize", params).toString(), Map.of());
    if (answer.statusCode() != 200) {
      throw new IOException("initialize answered " + answer.statusCode() + " " + answer.body());
    }
    peer.session = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    return peer;
  }

  /** The same session as another token would use it. */
  McpPeer hijackedWith(String otherToken) {
    McpPeer thief = new McpPeer(endpoint, otherToken);
    thief.session = session;
    return thief;
  }

  /** The result of a request, or a failure where there is none. */
  JsonNode ask(String method, ObjectNode params) throws IOException {
    JsonNode answer = answer(method, params, Map.of());
    if (!answer.has("result")) {
      throw new IOException(method + " answered " + answer);
    }
    return answer.path("result");
  }

  /** The answer to a request, with further headers. */
  JsonNode answer(String method, ObjectNode params, Map<String, String> headers)
      throws IOException {
    HttpResponse<String> response = send("POST", message(method, params).toString(), headers);
    String body = response.body();
    if (response.headers().firstValue("Content-Type").orElse("").contains("event-stream")) {
      String[] lines = body.lines().filter(l -> l.startsWith("data: ")).toArray(String[]::new);
      body = lines[lines.length - 1].substring("data: ".length());
    }
    return JSON.readTree(body);
  }

  /** The answer to a request, when it comes. */
  CompletableFuture<HttpResponse<String>> askLater(String method, ObjectNode params) {
    return SHARED.sendAsync(
        request("POST", message(method, params).toString(), Map.of()), BodyHandlers.ofString());
  }

  /** The result of a tool. */
  JsonNode call(String tool, ObjectNode arguments) throws IOException {
    ObjectNode params = JarvisClient.object().put("name", tool);
    params.set("arguments", arguments);
    return ask("tools/call", params);
  }

  /** The status of a harmless request. */
  int ping(Map<String, String> headers) throws IOException {
    return send("POST", message("ping", JarvisClient.object()).toString(), headers).statusCode();
  }

  /** One request, as it is. */
  HttpResponse<String> send(String method, String body, Map<String, String> headers)
      throws IOException {
    try {
      return SHARED.send(request(method, body, headers), BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Listens for what Jarvis says by itself. */
  BufferedReader listen() throws IOException {
    try {
      HttpResponse<InputStream> stream =
          SHARED.send(request("GET", null, Map.of()), BodyHandlers.ofInputStream());
      if (stream.statusCode() != 200) {
        throw new IOException("Listening answered " + stream.statusCode());
      }
      return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private HttpRequest request(String method, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>();
    all.put("Authorization", "Bearer " + token);
    all.put("Accept", "application/json, text/event-stream");
    if (session != null) {
      all.put("Mcp-Session-Id", session);
    }
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    all.forEach(request::header);
    return request.build();
  }

  private ObjectNode message(String method, ObjectNode params) {
    ObjectNode message =
        JarvisClient.object()
            .put("jsonrpc", "2.0")
            .put("id", ids.incrementAndGet())
            .put("method", method);
    message.set("params", params);
    return message;
  }
}
