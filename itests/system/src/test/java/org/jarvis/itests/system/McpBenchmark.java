package org.jarvis.itests.system;

import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures 100 MCP clients that list tools, read state and call a reading tool in turn, at a fixed
 * rate that does not wait for answers, and prints it; it asserts nothing.
 */
class McpBenchmark {
  private static final int CLIENTS = 100;
  private static final int PER_SECOND = 500;
  private static final int SECONDS = 20;

  private static final List<String> KINDS = List.of("tools/list", "resources/read", "tools/call");

  @TempDir Path folder;

  @Test
  void printFigures() throws IOException {
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      ObjectNode wish = object().put("name", "benchmark").put("audience", "mcp");
      wish.putArray("scopes").add("operate");
      String token = person.post("/api/auth/tokens", wish).body().path("token").asText();
      List<McpPeer> peers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        peers.add(McpPeer.open(jarvis.url(), token));
      }
      for (String name : List.of("warm-up", "measured", "measured again")) {
        run(name, peers);
      }
    }
  }

  private static void run(String name, List<McpPeer> peers) {
    List<Queue<Long>> nanos = new ArrayList<>();
    KINDS.forEach(kind -> nanos.add(new ConcurrentLinkedQueue<>()));
    AtomicInteger failures = new AtomicInteger();
    List<CompletableFuture<?>> all = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < PER_SECOND * SECONDS; i++) {
      long due = begin + i * (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      McpPeer peer = peers.get(i % peers.size());
      int kind = i / peers.size() % KINDS.size();
      all.add(
          ask(peer, kind)
              .whenComplete(
                  (answer, failure) -> {
                    nanos.get(kind).add(System.nanoTime() - due);
                    if (failure != null || !sound(answer)) {
                      failures.incrementAndGet();
                    }
                  }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).exceptionally(e -> null).join();
    System.out.printf(
        "%nMCP, %s: %d clients, %d requests a second, %d failed%n",
        name, peers.size(), PER_SECOND, failures.get());
    List<Long> together = new ArrayList<>();
    for (int kind = 0; kind < KINDS.size(); kind++) {
      print(KINDS.get(kind), nanos.get(kind));
      together.addAll(nanos.get(kind));
    }
    print("all", together);
  }

  private static void print(String kind, Collection<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "  %-14s %d: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        kind,
        sorted.size(),
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        millis(sorted, 1));
  }

  private static CompletableFuture<HttpResponse<String>> ask(McpPeer peer, int kind) {
    return switch (kind) {
      case 0 -> peer.askLater("tools/list", object());
      case 1 -> peer.askLater("resources/read", object().put("uri", "jarvis://clusters/demo"));
      default -> {
        ObjectNode params = object().put("name", "get_vms");
        params.putObject("arguments");
        yield peer.askLater("tools/call", params);
      }
    };
  }

  private static boolean sound(HttpResponse<String> answer) {
    return answer.statusCode() == 200
        && answer.body().contains("\"result\"")
        && !answer.body().contains("\"isError\":true");
  }

  private static double millis(List<Long> sorted, double share) {
    int at = Math.min(sorted.size() - 1, (int) (sorted.size() * share));
    return sorted.get(at) / 1e6;
  }
}
