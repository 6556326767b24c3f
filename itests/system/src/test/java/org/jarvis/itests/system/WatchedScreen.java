package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * What Jarvis shows of two clusters, one that suffers and one that is well, looked at several times
 * a second. Every look checks what has to hold whatever is wrong: nothing older than three of its
 * intervals is shown as fresh, the well one is read as ever, and the answer comes at once.
 */
final class WatchedScreen {
  /**
   * A process that waits for the processor is late, and so is who looks; whoever waited for a
   * cluster's time-out would be later.
   */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration STEP = Duration.ofMillis(150);

  private final JarvisClient person;
  private final Duration interval;
  private final String suffering;
  private final String well;

  WatchedScreen(JarvisClient person, Duration interval, String suffering, String well) {
    this.person = person;
    this.interval = interval;
    this.suffering = suffering;
    this.well = well;
  }

  /** Looks once; what is shown of the suffering cluster. */
  JsonNode look() throws IOException {
    Instant before = Instant.now();
    JsonNode clusters = person.get("/api/clusters").body();
    JsonNode resources = person.get("/api/resources?limit=1000").body();
    assertThat(Duration.between(before, Instant.now()))
        .as("the screen does not wait for a cluster")
        .isLessThan(GRACE);
    clusters.path("items").forEach(item -> checkAge(item, before));
    resources.path("items").forEach(item -> checkAge(item, before));
    JsonNode other = cluster(clusters, well);
    assertThat(other.path("connection").asText()).isEqualTo("live");
    assertThat(age(other, before))
        .as("the cluster that is well is read at its pace, give or take a second")
        .isLessThan(interval.plusSeconds(1).plus(GRACE));
    return cluster(clusters, suffering);
  }

  private void checkAge(JsonNode item, Instant now) {
    if (!item.path("stale").asBoolean()) {
      assertThat(age(item, now))
          .as("what is shown as fresh: %s", item)
          .isLessThanOrEqualTo(interval.multipliedBy(3).plusMillis(100));
    }
  }

  private static Duration age(JsonNode item, Instant now) {
    return Duration.between(observedAt(item), now);
  }

  static Instant observedAt(JsonNode item) {
    return Instant.parse(item.path("observedAt").asText());
  }

  private static JsonNode cluster(JsonNode clusters, String name) {
    for (JsonNode item : clusters.path("items")) {
      if (item.path("ref").asText().equals("pve:" + name + ":cluster")) {
        return item;
      }
    }
    throw new AssertionError("There is no cluster " + name + " in " + clusters);
  }

  /** Looks until the suffering cluster is shown as wished; how long that took. */
  Duration await(String what, Duration patience, Predicate<JsonNode> wished) throws IOException {
    Instant begin = Instant.now();
    while (true) {
      JsonNode shown = look();
      Duration taken = Duration.between(begin, Instant.now());
      if (wished.test(shown)) {
        return taken;
      }
      if (taken.compareTo(patience) > 0) {
        throw new AssertionError(what + ": not within " + patience + ", but " + shown);
      }
      pause();
    }
  }

  /** Looks for this long. */
  void watch(Duration time) throws IOException {
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      look();
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      // Between two looks: nothing tells when there is something to see.
      Thread.sleep(STEP.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
