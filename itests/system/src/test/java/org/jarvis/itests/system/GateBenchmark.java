package org.jarvis.itests.system;

import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what the gate adds to a write, and prints it; it asserts nothing. A request over REST
 * that is answered as soon as its intent is durable, and one that is waited for to its end, beside
 * what the lab itself takes for such a write and for the readings that belong to it.
 */
class GateBenchmark {
  private static final int WARM_UP = 60;
  private static final int ROUNDS = 200;
  private static final String CONFIGURATION = "/nodes/dione/lxc/203/config";

  @TempDir Path folder;

  @Test
  void printFigures() throws IOException {
    try (GateScene scene = GateScene.open(folder, 10)) {
      List<Long> reading = new ArrayList<>();
      List<Long> writing = new ArrayList<>();
      List<Long> floor = new ArrayList<>();
      List<Long> recorded = new ArrayList<>();
      List<Long> whole = new ArrayList<>();
      for (int i = 0; i < WARM_UP + ROUNDS; i++) {
        if (i == WARM_UP) {
          List.of(reading, writing, floor, recorded, whole).forEach(List::clear);
        }
        String tag = "round-" + i;
        time(reading, () -> scene.lab().get(CONFIGURATION));
        time(writing, () -> scene.lab().put(CONFIGURATION + "?tags=monitoring;" + tag));
        time(floor, () -> scene.person().get("/api/guardrails"));
        String[] id = new String[1];
        time(recorded, () -> id[0] = ask(scene, "/api/tools/set_tags", tag + "-a"));
        scene.person().get("/api/actions/" + id[0] + "?wait=30s");
        time(whole, () -> ask(scene, "/api/tools/set_tags?wait=30s", tag + "-b"));
      }
      System.out.println();
      print("the lab reads a configuration", reading);
      print("the lab writes a configuration", writing);
      print("Jarvis answers what it knows", floor);
      print("Jarvis has read, decided and recorded a write", recorded);
      print("Jarvis has written, read back and recorded the end", whole);
    }
  }

  private static String ask(GateScene scene, String path, String tag) throws IOException {
    ObjectNode arguments = GateScene.guest("dione", 203);
    arguments.putArray("tags").add("monitoring").add(tag);
    Reply reply = scene.person().post(path, object().set("arguments", arguments));
    if (!reply.state().equals("RUNNING") && !reply.state().equals("SUCCEEDED")) {
      throw new IOException(path + " answered " + reply);
    }
    return reply.action().path("id").asText();
  }

  /** Something that takes time. */
  private interface Work {
    void run() throws IOException;
  }

  private static void time(List<Long> nanos, Work work) throws IOException {
    long began = System.nanoTime();
    work.run();
    nanos.add(System.nanoTime() - began);
  }

  private static void print(String what, List<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "gate, %s: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms%n",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 9 / 10) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6);
  }
}
