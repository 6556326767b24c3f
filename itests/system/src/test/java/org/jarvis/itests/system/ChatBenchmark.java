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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long after the provider sent them words are with a client of the socket, while twenty
 * conversations stream, and what a word takes of Jarvis's processor time; how long after a person
 * spoke the provider is asked; and how soon the built-in provider has answered. In the demo, whose
 * lab is a part of Jarvis's process, with twelve and with 5,000 guests, and with 5,000 guests of a
 * lab in a process of its own, as a real cluster would be. Words of all conversations come either
 * at the same moment or each at its own. Asserts nothing. {@code -Djarvis.chat.setups=small} takes
 * one of {@code small}, {@code demo}, {@code apart} alone, or several.
 */
class ChatBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONVERSATIONS = 20;
  private static final int WORDS = 200;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROUNDS = 30;
  private static final int STREAMS = 3;
  private static final int MOST_THREADS = 6;
  private static final List<String> SETUPS =
      List.of(System.getProperty("jarvis.chat.setups", "demo,apart,small").split(",", -1));

  /** When a word was sent, in nanoseconds of this process, which is the word itself. */
  private static final Pattern SENT = Pattern.compile("t([0-9]+) ");

  private volatile CountDownLatch everybody = new CountDownLatch(0);

  /** By how much each conversation begins after the one before. */
  private volatile Duration shift = Duration.ZERO;

  private final AtomicInteger turn = new AtomicInteger();
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
      if (SETUPS.contains("demo")) {
        try (RunningJarvis jarvis =
            RunningJarvis.demo(folder.resolve("large"), "--nodes", "50", "--guests", "5000")) {
          figures(jarvis, folder.resolve("large/etc"), port, "5,000 guests, lab within");
        }
      }
      if (SETUPS.contains("apart")) {
        apart(port);
      }
      if (SETUPS.contains("small")) {
        try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("small"))) {
          figures(jarvis, folder.resolve("small/etc"), port, "the usual demo");
        }
      }
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private void apart(int port) throws IOException {
    RunningLab lab =
        RunningLab.startWith(
            folder.resolve("lab"), Ports.forLab(), "--nodes", "50", "--guests", "5000");
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        etc.resolve("org.jarvis.connector.proxmox-home.cfg"),
        lab.configurationWithDefaults(),
        UTF_8);
    try (RunningJarvis jarvis =
        RunningJarvis.run(folder.resolve("apart"), "--etc", etc.toString())) {
      figures(jarvis, etc, port, "5,000 guests, lab apart");
    } finally {
      lab.kill();
    }
  }

  private void figures(RunningJarvis jarvis, Path etc, int port, String where) throws IOException {
    JarvisClient person = JarvisClient.firstPerson(jarvis);
    builtIn(person, where);
    await(person, etc, port);
    for (int i = 1; i <= STREAMS; i++) {
      stream(jarvis, person, Duration.ZERO, where + ", all words at once, round " + i);
    }
    for (int i = 1; i <= STREAMS; i++) {
      stream(
          jarvis,
          person,
          PACE.dividedBy(CONVERSATIONS),
          where + ", each word at its time, round " + i);
    }
    System.out.printf(
        "%s: resident memory then %d MB%n",
        where, ProcessMemory.residentMegabytes(jarvis.process().pid()));
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

  private static void builtIn(JarvisClient person, String where) throws IOException {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String id = person.post("/api/conversations", object()).body().path("id").asText();
      long began = System.nanoTime();
      person.post(
          "/api/conversations/" + id + "/messages?wait=30s",
          object().put("text", "How is the cluster?"));
      took.add(System.nanoTime() - began);
    }
    System.out.printf(Locale.ROOT, "%s: the built-in provider%n", where);
    print("  the very first answer", new ArrayList<>(took.subList(0, 1)));
    print("  from a question over REST to its whole answer", took);
  }

  private void stream(RunningJarvis jarvis, JarvisClient person, Duration apart, String when)
      throws IOException {
    List<PageSocket> sockets = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    List<Long> following = new ArrayList<>();
    List<Long> toTheProvider = new ArrayList<>();
    ThreadTimes spent;
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
      turn.set(0);
      shift = apart;
      for (String id : ids) {
        long said = System.nanoTime();
        int before = asked.size();
        person.post("/api/conversations/" + id + "/messages", object().put("text", "Go on."));
        while (asked.size() == before) {
          LockSupport.parkNanos(100_000);
        }
        toTheProvider.add(asked.get(asked.size() - 1) - said);
      }
      ThreadTimes before = ThreadTimes.of(jarvis.process().pid());
      for (PageSocket socket : sockets) {
        read(socket, first, following);
      }
      spent = ThreadTimes.of(jarvis.process().pid()).minus(before);
    } finally {
      sockets.forEach(PageSocket::close);
    }
    System.out.printf(
        Locale.ROOT,
        "%s; Jarvis worked %d us a word, all else that it did included; most of it (ms): %s%n",
        when,
        spent.total().toNanos() / 1_000 / (CONVERSATIONS * WORDS),
        spent.most(MOST_THREADS));
    print("  words recorded, context made, the provider asked", toTheProvider);
    print("  the first word on the socket after it came from the provider", first);
    print("  each following word", following);
  }

  /** Of words that come in one frame each counts for itself. */
  private static void read(PageSocket socket, List<Long> first, List<Long> following)
      throws IOException {
    int seen = 0;
    while (seen < WORDS) {
      PageSocket.Frame frame = socket.await(text -> SENT.matcher(text).find(), PATIENCE);
      JsonNode json = JSON.readTree(frame.text());
      boolean piece = json.path("type").asText().equals("words");
      // Before the first ones are told, a message has its words twice: as text and as a part.
      Matcher sent = SENT.matcher(piece ? json.path("text").asText() : last(json));
      int count = 0;
      while (sent.find()) {
        count++;
        if (piece || count > seen) {
          (seen == 0 && count == 1 ? first : following)
              .add(frame.at() - Long.parseLong(sent.group(1)));
        }
      }
      seen = piece ? seen + count : count;
    }
  }

  private static String last(JsonNode frame) {
    return frame.path("message").path("text").asText();
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
      long began = System.nanoTime() + shift.toNanos() * turn.getAndIncrement() + PACE.toNanos();
      for (int i = 0; i < WORDS; i++) {
        long due = began + i * PACE.toNanos();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        event(output, "{\"content\":\"t" + System.nanoTime() + " \"}", "null");
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
