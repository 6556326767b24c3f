package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole of Jarvis in the middle of writing, over and over on the same data, and looks
 * whether what it said over HTTP is still true. The store alone is killed far more often by its own
 * test.
 */
class KillIT {
  private static final int ROUNDS = Integer.getInteger("jarvis.kill.rounds", 2);
  private static final int WRITERS = 4;
  private static final long SEED = Long.getLong("jarvis.seed", 20261126L);

  @TempDir Path folder;

  @Test
  void losesNothingThatWasAcknowledged() throws Exception {
    Random random = new Random(SEED);
    List<Acknowledged> acknowledged = new ArrayList<>();
    try (RunningJarvis first = start()) {
      JarvisClient.firstPerson(first);
    }
    for (int round = 0; round < ROUNDS; round++) {
      try (RunningJarvis jarvis = start()) {
        acknowledged.addAll(writeUntilKilled(jarvis, round, 20 + random.nextInt(200)));
      }
      try (RunningJarvis jarvis = start()) {
        check(JarvisClient.person(jarvis.url()), jarvis.url(), acknowledged);
      }
    }
  }

  private RunningJarvis start() throws IOException {
    String etc = Files.createDirectories(folder.resolve("etc")).toString();
    return RunningJarvis.run(folder.resolve("data"), "--etc", etc);
  }

  /**
   * Something that Jarvis said is done.
   *
   * @param key of the preference
   * @param step its value
   * @param token a token that was made, empty when it was revoked again
   */
  private record Acknowledged(String key, int step, String token, String revoked) {}

  private List<Acknowledged> writeUntilKilled(RunningJarvis jarvis, int round, int killAfter)
      throws Exception {
    CountDownLatch written = new CountDownLatch(killAfter);
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<List<Acknowledged>>> said = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        JarvisClient person = JarvisClient.person(jarvis.url());
        String key = "kill.r" + round + ".w" + writer;
        said.add(writers.submit(() -> writeOn(person, key, written)));
      }
      written.await();
      jarvis.kill();
      List<Acknowledged> all = new ArrayList<>();
      for (Future<List<Acknowledged>> one : said) {
        all.addAll(one.get());
      }
      return all;
    } finally {
      writers.shutdownNow();
    }
  }

  /** Writes preferences, makes tokens and revokes every other one, until nobody answers. */
  private static List<Acknowledged> writeOn(
      JarvisClient person, String key, CountDownLatch written) {
    List<Acknowledged> acknowledged = new ArrayList<>();
    try {
      for (int step = 1; ; step++) {
        JarvisClient.Reply put =
            person.put("/api/preferences/" + key, JarvisClient.object().put("value", step));
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        acknowledged.add(new Acknowledged(key, step, "", ""));
        written.countDown();
        acknowledged.add(makeToken(person, key, step));
        written.countDown();
      }
    } catch (IOException killed) {
      return acknowledged;
    }
  }

  private static Acknowledged makeToken(JarvisClient person, String key, int step)
      throws IOException {
    var body = JarvisClient.object().put("name", key + "." + step);
    body.putArray("scopes").add("read");
    JarvisClient.Reply made = person.post("/api/auth/tokens", body);
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String token = made.body().path("token").asText();
    // Those that stay are few: an account cannot have any number of them.
    if (step % 8 == 0) {
      return new Acknowledged(key, step, token, "");
    }
    JarvisClient.Reply revoked =
        person.delete("/api/auth/tokens/" + made.body().path("id").asText());
    assertThat(revoked.status()).as(revoked.toString()).isEqualTo(204);
    return new Acknowledged(key, step, "", token);
  }

  private static void check(JarvisClient person, URI url, List<Acknowledged> acknowledged)
      throws IOException {
    for (Acknowledged one : acknowledged) {
      JsonNode value = person.get("/api/preferences/" + one.key()).body().path("value");
      assertThat(value.asInt()).as(one.key()).isGreaterThanOrEqualTo(one.step());
      if (!one.token().isEmpty()) {
        assertThat(JarvisClient.bearer(url, one.token()).get("/api/auth/me").status())
            .as("a token that was made")
            .isEqualTo(200);
      }
      if (!one.revoked().isEmpty()) {
        assertThat(JarvisClient.bearer(url, one.revoked()).get("/api/auth/me").status())
            .as("a token that was revoked")
            .isEqualTo(401);
      }
    }
    assertThat(person.get("/api/audit/verify").body().path("valid").asBoolean()).isTrue();
    assertNoGapAmongEvents(person);
  }

  private static void assertNoGapAmongEvents(JarvisClient person) throws IOException {
    long last = 0;
    while (true) {
      JsonNode items = person.get("/api/events?limit=1000&after=" + last).body().path("items");
      if (items.isEmpty()) {
        return;
      }
      for (JsonNode event : items) {
        assertThat(event.path("seq").asLong()).as("no gap, no repeat").isEqualTo(last + 1);
        last++;
      }
    }
  }
}
