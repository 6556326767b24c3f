package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on loopback that speaks Anthropic's Messages API, as of version 2023-06-01, and answers
 * by a script. Each step says what the newest message of a request has to contain ({@code sees}),
 * also as data in results of tools and whatever was done to make it inert ({@code reads}), what the
 * talk as a whole has to ({@code recalls}) and may not ({@code lacks}), and what it has to have
 * been told beside the talk ({@code knows}); and what is answered: thoughts ({@code thinks}), words
 * ({@code says}), in whose middle it may wait to be released ({@code holds}), or of which a piece
 * may come every so many milliseconds ({@code every}), and calls of tools ({@code calls}), or a
 * failure ({@code fails}, a status). A request that does not fit is refused and noted as a
 * deviation; one that tells anything of a cluster that is not inert, or not marked as data, is
 * noted as well. Safe from any thread.
 */
final class ScriptedClaude implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TASK = Pattern.compile("UPID:[^\"\\\\\\s]+");
  private static final int PIECE = 7;
  private static final int CHARACTERS_OF_A_TOKEN = 4;
  private static final long LONGEST_HOLD_SECONDS = 60;
  private static final int REFUSED = 400;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<JsonNode> steps = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<String> deviations = new ArrayList<>();
  private final Semaphore held = new Semaphore(0);
  private final Semaphore hungUp = new Semaphore(0);
  private int calls;

  /** Starts it on a free port. */
  ScriptedClaude() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/messages", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Its address. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * What points Jarvis to it, with the key in this file, as {@code
   * etc/org.jarvis.llm.anthropic-claude.cfg}.
   */
  String configuration(Path key) {
    return """
        name = claude
        title = Claude
        address = %s
        model = claude-scripted
        api.key.file = %s
        thinking.tokens = 1024
        price.input = 3
        price.output = 15
        """
        .formatted(address(), key);
  }

  /** Begins another script. */
  synchronized void play(JsonNode script) {
    steps.clear();
    requests.clear();
    deviations.clear();
    hungUp.drainPermits();
    script.forEach(steps::add);
  }

  /** The bodies of what it was asked since then. */
  synchronized List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /** Where it was not asked as the script says, and what of that it was not asked at all. */
  synchronized List<String> deviations() {
    List<String> all = new ArrayList<>(deviations);
    steps.forEach(step -> all.add("nobody asked for the step " + step));
    return all;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      JsonNode step = take(request);
      if (step == null) {
        fail(exchange, REFUSED, "This was not expected.");
      } else if (step.has("fails")) {
        fail(exchange, step.path("fails").asInt(), "Not now.");
      } else {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try {
          stream(exchange.getResponseBody(), request, step);
        } catch (IOException nobodyListens) {
          hungUp.release();
          throw nobodyListens;
        }
      }
    }
  }

  private synchronized JsonNode take(JsonNode request) {
    requests.add(request);
    deviations.addAll(ToldText.complaints(request));
    String seen = newest(request);
    String known = texts(request.path("system"));
    JsonNode step = steps.poll();
    if (step == null) {
      deviations.add("it was asked once more, with " + seen);
      return null;
    }
    for (JsonNode wanted : step.path("sees")) {
      if (!seen.contains(wanted.asText())) {
        deviations.add("no " + wanted + " in " + seen);
        return null;
      }
    }
    for (JsonNode wanted : step.path("reads")) {
      if (!ToldText.hasAsData(request, wanted.asText())) {
        deviations.add("no " + wanted + " as data in " + seen);
        return null;
      }
    }
    for (JsonNode wanted : step.path("knows")) {
      if (!known.contains(wanted.asText())) {
        deviations.add("no " + wanted + " in what it was told: " + known);
        return null;
      }
    }
    String all = all(request);
    for (JsonNode wanted : step.path("recalls")) {
      if (!all.contains(wanted.asText())) {
        deviations.add("no " + wanted + " in the talk: " + all);
        return null;
      }
    }
    for (JsonNode unwanted : step.path("lacks")) {
      if (all.contains(unwanted.asText())) {
        deviations.add("it was told " + unwanted + ": " + all);
        return null;
      }
    }
    return filled(step, seen);
  }

  /** The step, where {@code $UPID} stands for the first task that the newest message tells of. */
  private JsonNode filled(JsonNode step, String seen) {
    Matcher task = TASK.matcher(seen);
    try {
      return task.find() ? JSON.readTree(step.toString().replace("$UPID", task.group())) : step;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** What the whole talk says, by whomever. */
  private static String all(JsonNode request) {
    StringBuilder all = new StringBuilder();
    request.path("messages").forEach(message -> all.append(texts(message.path("content"))));
    return all.toString();
  }

  /** What the newest message says, and the results of tools in it. */
  private static String newest(JsonNode request) {
    JsonNode messages = request.path("messages");
    return texts(messages.path(messages.size() - 1).path("content"));
  }

  private static String texts(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      text.append(block.path("text").asText()).append(texts(block.path("content"))).append('\n');
    }
    return text.toString();
  }

  private static void fail(HttpExchange exchange, int status, String message) throws IOException {
    ObjectNode body = object().put("type", "error");
    body.putObject("error").put("type", kind(status)).put("message", message);
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String kind(int status) {
    return switch (status) {
      case REFUSED -> "invalid_request_error";
      case 401 -> "authentication_error";
      case 429 -> "rate_limit_error";
      case 529 -> "overloaded_error";
      default -> "api_error";
    };
  }

  private void stream(OutputStream out, JsonNode request, JsonNode step) throws IOException {
    int index = 0;
    start(out, request);
    if (step.has("thinks")) {
      block(out, index, object().put("type", "thinking").put("thinking", ""));
      for (String piece : pieces(step.path("thinks").asText())) {
        delta(out, index, object().put("type", "thinking_delta").put("thinking", piece));
      }
      delta(out, index, object().put("type", "signature_delta").put("signature", "c2lnbmVk"));
      end(out, index++);
    }
    if (step.has("says")) {
      block(out, index, object().put("type", "text").put("text", ""));
      List<String> pieces = pieces(step.path("says").asText());
      for (int i = 0; i < pieces.size(); i++) {
        if (step.path("holds").asBoolean() && i == pieces.size() / 2) {
          awaitRelease();
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(step.path("every").asLong()));
        delta(out, index, object().put("type", "text_delta").put("text", pieces.get(i)));
      }
      end(out, index++);
    }
    ArrayNode asked = calls(step);
    for (JsonNode call : asked) {
      ObjectNode use = object().put("type", "tool_use").put("id", id());
      use.put("name", call.path("tool").asText()).putObject("input");
      block(out, index, use);
      for (String piece : pieces(call.path("arguments").toString())) {
        delta(out, index, object().put("type", "input_json_delta").put("partial_json", piece));
      }
      end(out, index++);
    }
    finish(out, step, asked.isEmpty() ? "end_turn" : "tool_use");
  }

  /** The calls of a step; one with {@code times} is many, with {@code $i} for its number. */
  private static ArrayNode calls(JsonNode step) throws IOException {
    ArrayNode calls = JSON.createArrayNode();
    for (JsonNode call : step.path("calls")) {
      for (int i = 1; i <= call.path("times").asInt(1); i++) {
        calls.add(JSON.readTree(call.toString().replace("\"$i\"", Integer.toString(i))));
      }
    }
    return calls;
  }

  /** Lets an answer that {@code holds} in its middle go on. */
  void release() {
    held.release();
  }

  /** Whether somebody hung up in the middle of an answer, waiting for that so long at most. */
  boolean wasHungUpOnWithin(Duration patience) throws InterruptedException {
    return hungUp.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void awaitRelease() throws IOException {
    try {
      if (!held.tryAcquire(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("Nobody let the answer go on.");
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IOException("The test is over.", ending);
    }
  }

  private synchronized String id() {
    return "toolu_" + ++calls;
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i += PIECE) {
      pieces.add(new String(points, i, Math.min(PIECE, points.length - i)));
    }
    return pieces;
  }

  private static void start(OutputStream out, JsonNode request) throws IOException {
    ObjectNode message =
        object().put("id", "msg_scripted").put("type", "message").put("role", "assistant");
    message.putArray("content");
    message.put("model", request.path("model").asText()).putNull("stop_reason");
    message
        .putObject("usage")
        .put("input_tokens", request.toString().length() / CHARACTERS_OF_A_TOKEN)
        .put("output_tokens", 1);
    event(out, object().put("type", "message_start").set("message", message));
  }

  private static void block(OutputStream out, int index, ObjectNode block) throws IOException {
    event(
        out,
        object()
            .put("type", "content_block_start")
            .put("index", index)
            .set("content_block", block));
  }

  private static void delta(OutputStream out, int index, ObjectNode delta) throws IOException {
    event(out, object().put("type", "content_block_delta").put("index", index).set("delta", delta));
  }

  private static void end(OutputStream out, int index) throws IOException {
    event(out, object().put("type", "content_block_stop").put("index", index));
  }

  private static void finish(OutputStream out, JsonNode step, String reason) throws IOException {
    ObjectNode event = object().put("type", "message_delta");
    event.putObject("delta").put("stop_reason", reason).putNull("stop_sequence");
    event
        .putObject("usage")
        .put("output_tokens", 1 + step.toString().length() / CHARACTERS_OF_A_TOKEN);
    event(out, event);
    event(out, object().put("type", "message_stop"));
  }

  private static void event(OutputStream out, JsonNode data) throws IOException {
    out.write(
        ("event: " + data.path("type").asText() + "\ndata: " + data + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
