package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

  private final ClusterFeed feed = new ClusterFeed(Clock.fixed(NOW, ZoneOffset.UTC));

  private boolean show(Instant now, ClusterSnapshot... snapshots) {
    return feed.show(
        ClusterView.of(
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
      show(NOW, Home.at(NOW, Guest.Status.RUNNING, i / 1000.0, Duration.ofHours(1)));
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
      show(NOW, Home.with(Home.cluster(NOW, Cluster.Connection.LIVE, reason), guests));
      Frame frame = feed.after(position);
      if (frame != null) {
        position = frame.seq();
        apply(page, JSON.readTree(frame.text()));
      }
      Map<String, ObjectNode> truth = new TreeMap<>();
      apply(truth, after(-1));
      assertThat(page).isEqualTo(truth);
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
