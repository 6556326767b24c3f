package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long after the provider sent them words are with a client of the socket, while twenty
 * conversations stream; and how long after a person spoke the provider is asked, in a cluster of
 * 5,000 guests; and how soon the built-in provider has answered. Asserts nothing.
 */
class ChatBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONVERSATIONS = 20;
  private static final int WORDS = 200;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROUNDS = 30;
  private static final int STREAMS = 3;

  /** When a word was sent, in nanoseconds of this process, which is the word itself. */
  private static final Pattern SENT = Pattern.compile("t([0-9]+) ");

  private volatile CountDownLatch everybody = new CountDownLatch(0);
  private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path folder;

  @Test
  void printFigures() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::stream);
    server.start();
    int port = server.getAddress().getPort();
    try {
      try (RunningJarvis large =
          RunningJarvis.demo(folder.resolve("large"), "--nodes", "50", "--guests", "5000")) {
        JarvisClient person = JarvisClient.firstPerson(large);
        builtIn(person);
        await(person, folder.resolve("large/etc"), port);
        stream(person, "5,000 guests");
      }
      try (RunningJarvis small = RunningJarvis.demo(folder.resolve("small"))) {
        JarvisClient person = JarvisClient.firstPerson(small);
        await(person, folder.resolve("small/etc"), port);
        for (int i = 1; i <= STREAMS; i++) {
          stream(person, "the usual demo, round " + i);
        }
      }
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  /** Configures the provider, and waits until it is asked first. */
  private static void await(JarvisClient person, Path etc, int port) throws IOException {
    Files.createDirectories(etc);
    Files.writeString(
        etc.resolve("org.jarvis.llm.openai-bench.cfg"),
        "name = bench\naddress = http://127.0.0.1:"
            + port
            + "\nmodel = bench\ncontext.tokens = 200000\n",
        UTF_8);
    person.await(
        "/api/chat/providers",
        providers -> providers.path("items").path(0).path("id").asText().equals("bench"));
  }

  private static void builtIn(JarvisClient person) throws IOException {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String id = person.post("/api/conversations", object()).body().path("id").asText();
      long began = System.nanoTime();
      person.post(
          "/api/conversations/" + id + "/messages?wait=30s",
          object().put("text", "How is the cluster?"));
      took.add(System.nanoTime() - began);
    }
    print("the built-in provider, from a question over REST to its whole answer", took);
  }

  private void stream(JarvisClient person, String when) throws IOException {
    List<PageSocket> sockets = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    List<Long> following = new ArrayList<>();
    List<Long> toTheProvider = new ArrayList<>();
    try {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        String id = person.post("/api/conversations", object()).body().path("id").asText();
        PageSocket socket = person.socket("/ws/chat");
        socket.send(object().put("type", "show").put("conversation", id).toString());
        socket.await(text -> text.contains("\"conversation\""), PATIENCE);
        ids.add(id);
        sockets.add(socket);
      }
      everybody = new CountDownLatch(CONVERSATIONS);
      for (String id : ids) {
        long said = System.nanoTime();
        int before = asked.size();
        person.post("/api/conversations/" + id + "/messages", object().put("text", "Go on."));
        while (asked.size() == before) {
          LockSupport.parkNanos(100_000);
        }
        toTheProvider.add(asked.get(asked.size() - 1) - said);
      }
      for (PageSocket socket : sockets) {
        read(socket, first, following);
      }
    } finally {
      sockets.forEach(PageSocket::close);
    }
    print(when + ": words recorded, context made, the provider asked", toTheProvider);
    print(when + ": the first word on the socket after it came from the provider", first);
    print(when + ": each following word", following);
  }

  private static void read(PageSocket socket, List<Long> first, List<Long> following)
      throws IOException {
    int seen = 0;
    while (seen < WORDS) {
      PageSocket.Frame frame = socket.await(text -> SENT.matcher(text).find(), PATIENCE);
      JsonNode json = JSON.readTree(frame.text());
      boolean piece = json.path("type").asText().equals("words");
      Matcher sent = SENT.matcher(frame.text());
      long last = 0;
      int count = 0;
      while (sent.find()) {
        last = Long.parseLong(sent.group(1));
        count++;
      }
      if (!piece && count > 1 && seen > 0) {
        return; // The whole message, at its end.
      }
      (seen == 0 ? first : following).add(frame.at() - last);
      seen += count;
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    asked.add(System.nanoTime());
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("content-type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream output = exchange.getResponseBody();
      // All conversations stream at once only if the first waits for the last.
      CountDownLatch others = everybody;
      others.countDown();
      others.await();
      for (int i = 0; i < WORDS; i++) {
        event(output, "{\"content\":\"t" + System.nanoTime() + " \"}", "null");
        LockSupport.parkNanos(PACE.toNanos());
      }
      event(output, "{}", "\"stop\"");
      output.write("data: [DONE]\n\n".getBytes(UTF_8));
      output.flush();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void event(OutputStream output, String delta, String finish) throws IOException {
    output.write(
        ("data: {\"id\":\"b\",\"object\":\"chat.completion.chunk\",\"model\":\"bench\",\"choices\":"
                + "[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n")
            .getBytes(UTF_8));
    output.flush();
  }

  private static void print(String what, List<Long> nanos) {
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.1f ms, p99 %.1f ms, worst %.1f ms of %d%n",
        what,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get((int) (nanos.size() * 0.99)) / 1e6,
        nanos.get(nanos.size() - 1) / 1e6,
        nanos.size());
  }
}
