package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.gateway.Home;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.junit.jupiter.api.Test;

class ClusterFeedTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String MEDIA = "pve:home:guest:101";

  private final MovableClock clock = new MovableClock(NOW);
  private final ClusterFeed feed = new ClusterFeed(clock, 0);
  private final ClusterPainter painter = new ClusterPainter();

  private boolean show(Instant now, ClusterSnapshot... snapshots) {
    clock.now = now;
    return feed.show(
        painter.paint(
            List.of(snapshots),
            new ResourceEncoder(now, Precision.DISPLAYED, Optional.empty(), Map.of())));
  }

  private JsonNode after(long position) throws Exception {
    return JSON.readTree(feed.after(position).text());
  }

  @Test
  void beginsWithASnapshotOfEverything() throws Exception {
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    JsonNode message = after(-1);
    assertThat(message.path("type").asText()).isEqualTo("snapshot");
    assertThat(message.path("clusters")).hasSize(1);
    assertThat(message.path("resources").findValuesAsText("kind"))
        .containsExactlyInAnyOrder("node", "guest", "storage");
    assertThat(message.path("observed").path("pve:home").asText())
        .isEqualTo("2026-03-01T12:00:00.000Z");
  }

  @Test
  void saysNothingBeforeItKnowsAnything() {
    assertThat(feed.after(-1)).isNull();
  }

  @Test
  void sendsOnlyTheFieldsThatChanged() throws Exception {
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    long seq = after(-1).path("seq").asLong();
    show(NOW, Home.at(NOW, Guest.Status.STOPPED, 0.5, Duration.ofHours(1)));
    JsonNode delta = after(seq);
    assertThat(delta.path("type").asText()).isEqualTo("delta");
    assertThat(delta.path("seq").asLong()).isEqualTo(seq + 1);
    assertThat(delta.path("changed"))
        .isEqualTo(JSON.readTree("[{\"ref\":\"pve:home:guest:101\",\"status\":\"stopped\"}]"));
    assertThat(delta.path("added")).isEmpty();
    assertThat(delta.path("removed")).isEmpty();
    assertThat(delta.has("clusters")).isFalse();
  }

  @Test
  void sendsNothingForWhatCannotBeSeenToChange() {
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.50001, Duration.ofHours(30)));
    boolean changed =
        show(
            NOW.plusSeconds(10),
            Home.at(
                NOW.plusSeconds(10),
                Guest.Status.RUNNING,
                0.50002,
                Duration.ofHours(30).plusSeconds(10)));
    assertThat(changed).isFalse();
  }

  @Test
  void sendsNothingForWhatWaversBetweenTwoSteps() throws Exception {
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.5004, Duration.ofHours(30)));
    long seq = after(-1).path("seq").asLong();
    for (int second = 10; second <= 300; second += 10) {
      Instant now = NOW.plusSeconds(second);
      double cpu = second % 20 == 0 ? 0.5004 : 0.5006;
      assertThat(show(now, Home.at(now, Guest.Status.RUNNING, cpu, Duration.ofHours(30))))
          .as("after %d s", second)
          .isFalse();
    }
    assertThat(feed.after(seq)).isNull();
  }

  @Test
  void tellsWhatDriftsInLittleSteps() throws Exception {
    show(NOW, media(NOW, 0.5));
    long position = after(-1).path("seq").asLong();
    String told = "0.5";
    for (int second = 10; second <= 600; second += 10) {
      Instant now = NOW.plusSeconds(second);
      show(now, media(now, 0.5 + second / 100_000.0));
      for (Frame frame = feed.after(position); frame != null; frame = feed.after(position)) {
        position = frame.seq();
        told = metricsOf(JSON.readTree(frame.text())).getOrDefault(MEDIA, told);
      }
    }
    assertThat(Double.parseDouble(told)).isBetween(0.504, 0.507);
  }

  @Test
  void tellsWhenSomethingGrowsStaleByTimeAlone() throws Exception {
    ClusterSnapshot snapshot = Home.at(NOW, Guest.Status.RUNNING, 0.5, Duration.ofHours(1));
    show(NOW, snapshot);
    long seq = after(-1).path("seq").asLong();
    assertThat(show(NOW.plusSeconds(30), snapshot)).isFalse();
    assertThat(show(NOW.plusSeconds(31), snapshot)).isTrue();
    assertThat(after(seq).path("changed").findValuesAsText("stale")).contains("true");
    assertThat(after(seq).path("clusters").get(0).path("stale").asBoolean()).isTrue();
  }

  @Test
  void unsetsWhatIsNotKnownAnyMore() throws Exception {
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    long seq = after(-1).path("seq").asLong();
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.5, null));
    assertThat(after(seq).path("changed").get(0).path("unset").get(0).asText())
        .isEqualTo("uptimeSeconds");
  }

  @Test
  void givesASnapshotToWhoComesFromAnotherLifeOrTooLate() throws Exception {
    for (int i = 0; i < 300; i++) {
      Guest.Status status = i % 2 == 0 ? Guest.Status.RUNNING : Guest.Status.STOPPED;
      show(NOW, Home.at(NOW, status, 0.5, Duration.ofHours(1)));
    }
    long head = after(-1).path("seq").asLong();
    assertThat(after(head - 10).path("type").asText()).isEqualTo("delta");
    assertThat(after(head - 100).path("type").asText()).isEqualTo("snapshot");
    assertThat(after(7).path("type").asText()).isEqualTo("snapshot");
    assertThat(after(head + 5).path("type").asText()).isEqualTo("snapshot");
    assertThat(feed.after(head)).isNull();
  }

  @Test
  void leadsAPageThatAppliesDeltasToWhatASnapshotShows() throws Exception {
    Random random = new Random(42);
    show(NOW, Home.at(NOW, Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    JsonNode first = after(-1);
    Map<String, ObjectNode> page = new TreeMap<>();
    apply(page, first);
    long position = first.path("seq").asLong();
    for (int i = 0; i < 200; i++) {
      Guest[] guests = new Guest[random.nextInt(5)];
      for (int g = 0; g < guests.length; g++) {
        Guest.Status status = random.nextBoolean() ? Guest.Status.RUNNING : Guest.Status.STOPPED;
        guests[g] =
            Home.guest(
                100 + random.nextInt(6),
                "g" + random.nextInt(3),
                status,
                random.nextDouble(),
                random.nextBoolean() ? Duration.ofSeconds(random.nextInt(100_000)) : null,
                NOW);
      }
      String reason = random.nextBoolean() ? "Because." : null;
      Instant now = clock.now;
      ClusterSnapshot last = Home.with(Home.cluster(now, Cluster.Connection.LIVE, reason), guests);
      show(now, last);
      Frame frame = feed.after(position);
      if (frame != null) {
        position = frame.seq();
        apply(page, JSON.readTree(frame.text()));
      }
      Map<String, ObjectNode> truth = new TreeMap<>();
      apply(truth, after(-1));
      assertThat(withoutMetrics(page)).isEqualTo(withoutMetrics(truth));
      if (i % 20 == 0) {
        // A minute later each metric that moved has been told, whatever moved meanwhile.
        show(clock.now.plusSeconds(61), last);
        Frame rest = feed.after(position);
        if (rest != null) {
          position = rest.seq();
          apply(page, JSON.readTree(rest.text()));
        }
        truth.clear();
        apply(truth, after(-1));
        assertThat(withoutTimes(page)).isEqualTo(withoutTimes(truth));
      }
    }
  }

  private static Map<String, ObjectNode> withoutMetrics(Map<String, ObjectNode> page) {
    Map<String, ObjectNode> rest = withoutTimes(page);
    rest.values()
        .forEach(
            item -> {
              if (item.path("kind").asText().equals("guest")) {
                item.remove(List.of("cpu", "memoryUsedBytes", "uptimeSeconds"));
              }
            });
    return rest;
  }

  /** When something was observed is told by every frame for all. */
  private static Map<String, ObjectNode> withoutTimes(Map<String, ObjectNode> page) {
    Map<String, ObjectNode> rest = new TreeMap<>();
    page.forEach(
        (ref, item) -> {
          ObjectNode copy = item.deepCopy();
          copy.remove("observedAt");
          rest.put(ref, copy);
        });
    return rest;
  }

  private Map<String, String> metricsOf(JsonNode frame) {
    Map<String, String> metrics = new TreeMap<>();
    frame
        .path("changed")
        .forEach(
            patch -> {
              if (patch.has("cpu")) {
                metrics.put(patch.path("ref").asText(), patch.path("cpu").asText());
              }
            });
    return metrics;
  }

  private ClusterSnapshot media(Instant read, double cpu) {
    return Home.at(read, Guest.Status.RUNNING, cpu, Duration.ofHours(30));
  }

  @Test
  void tellsTheMetricsOfAGuestOnceAMinute() throws Exception {
    show(NOW, media(NOW, 0.1));
    long position = after(-1).path("seq").asLong();
    List<String> told = new ArrayList<>();
    for (int second = 10; second <= 600; second += 10) {
      Instant now = NOW.plusSeconds(second);
      show(now, media(now, second % 20 == 0 ? 0.1 : 0.3));
      Frame frame = feed.after(position);
      if (frame != null) {
        position = frame.seq();
        told.addAll(metricsOf(JSON.readTree(frame.text())).values());
      }
    }
    assertThat(told).hasSizeBetween(9, 10);
  }

  @Test
  void tellsMetricsThatWentAndCameBackToo() throws Exception {
    show(NOW, media(NOW, 0.1));
    long position = after(-1).path("seq").asLong();
    show(NOW.plusSeconds(1), media(NOW.plusSeconds(1), 0.9));
    show(NOW.plusSeconds(2), media(NOW.plusSeconds(2), 0.1));
    show(NOW.plusSeconds(70), media(NOW.plusSeconds(70), 0.1));

    Frame last = null;
    for (Frame frame = feed.after(position); frame != null; frame = feed.after(position)) {
      position = frame.seq();
      last = frame;
    }
    assertThat(last).as("a client that showed it has the other value").isNotNull();
    assertThat(metricsOf(JSON.readTree(last.text()))).containsEntry(MEDIA, "0.1");
  }

  @Test
  void tellsAStatusAtOnceAndTheMetricsWithIt() throws Exception {
    show(NOW, media(NOW, 0.1));
    show(NOW.plusSeconds(1), media(NOW.plusSeconds(1), 0.9));
    long position = after(-1).path("seq").asLong();

    show(
        NOW.plusSeconds(2),
        Home.at(NOW.plusSeconds(2), Guest.Status.STOPPED, 0.0, Duration.ofHours(30)));

    JsonNode patch = after(position).path("changed").get(0);
    assertThat(patch.path("status").asText()).isEqualTo("stopped");
    assertThat(patch.path("cpu").asDouble()).isZero();
  }

  @Test
  void tellsAClientTheMetricsOfWhatItShowsAtOnce() throws Exception {
    show(NOW, media(NOW, 0.1));
    Map<String, String> sent = new HashMap<>();
    ClusterFeed.took(feed.after(-1).whole(), Set.of(MEDIA), sent);
    assertThat(feed.figures(Set.of(MEDIA), sent)).as("it has them from the snapshot").isNull();

    show(NOW.plusSeconds(1), media(NOW.plusSeconds(1), 0.9));

    long head = after(-1).path("seq").asLong();
    JsonNode delta = JSON.readTree(feed.figures(Set.of(MEDIA), sent));
    assertThat(delta.path("type").asText()).isEqualTo("delta");
    assertThat(delta.path("seq").asLong()).as("it is no part of the chain").isEqualTo(head);
    assertThat(metricsOf(delta)).containsEntry(MEDIA, "0.9");
    assertThat(feed.figures(Set.of(MEDIA), sent)).as("only once").isNull();
    assertThat(feed.figures(Set.of(), new HashMap<>())).as("to nobody else").isNull();
  }

  @Test
  void forgetsWhatAClientHasOnceItShowsItNoMore() throws Exception {
    show(NOW, media(NOW, 0.1));
    Map<String, String> sent = new HashMap<>();
    feed.figures(Set.of(MEDIA), sent);
    assertThat(sent).containsOnlyKeys(MEDIA);

    feed.figures(Set.of(), sent);

    assertThat(sent).isEmpty();
    assertThat(metricsOf(JSON.readTree(feed.figures(Set.of(MEDIA), sent))))
        .as("it may have got others meanwhile")
        .containsEntry(MEDIA, "0.1");
  }

  @Test
  void tellsAllMetricsToEverybodyAtOnceWhereThereAreFewGuests() throws Exception {
    ClusterFeed small = new ClusterFeed(clock, 1);
    small.show(painter.paint(List.of(media(NOW, 0.1)), encoder()));
    long position = small.after(-1).seq();

    small.show(painter.paint(List.of(media(NOW, 0.9)), encoder()));

    JsonNode delta = JSON.readTree(small.after(position).text());
    assertThat(delta.path("seq").asLong()).isEqualTo(position + 1);
    assertThat(metricsOf(delta)).containsEntry(MEDIA, "0.9");
    assertThat(small.figures(Set.of(MEDIA), new HashMap<>())).as("it has them").isNull();
  }

  private ResourceEncoder encoder() {
    return new ResourceEncoder(NOW, Precision.DISPLAYED, Optional.empty(), Map.of());
  }

  /** A clock that a test sets. */
  private static final class MovableClock extends Clock {
    private Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** What a page does with a message. */
  private static void apply(Map<String, ObjectNode> page, JsonNode message) {
    for (String list : List.of("resources", "clusters", "added", "changed")) {
      for (JsonNode part : message.path(list)) {
        ObjectNode item =
            page.computeIfAbsent(part.path("ref").asText(), ref -> JSON.createObjectNode());
        part.properties().forEach(field -> item.set(field.getKey(), field.getValue()));
        part.path("unset").forEach(field -> item.remove(field.asText()));
        item.remove("unset");
      }
    }
    message.path("removed").forEach(ref -> page.remove(ref.asText()));
  }
}
