package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.Panels;
import org.jarvis.gateway.FakePanels;
import org.jarvis.gateway.Parts;
import org.junit.jupiter.api.Test;

class PanelFeedTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final PanelKey UPS = new PanelKey("ups", null);
  private static final Set<PanelKey> WANTED = Set.of(UPS);

  private final FakePanels panels = new FakePanels();
  private final Parts parts = new Parts();
  private final PanelFeed feed = new PanelFeed(parts.panels(), Clock.fixed(NOW, ZoneOffset.UTC));
  private final PanelFeed.Position client = new PanelFeed.Position();

  PanelFeedTest() {
    parts.panels().add(panels);
  }

  private void comes() {
    panels.entries.add(
        new Panels.Entry(
            new PanelDefinition("ups", "UPS", "Its load.", null, INTERVAL), "org.example.ups"));
  }

  private void shows(double load, Instant at, String failure) {
    panels.readings.put(
        UPS,
        new PanelReading(
            UPS,
            new PanelContent.Stats(
                List.of(new PanelContent.Stat("Load", PanelValue.of(load), "%", null, null))),
            at,
            INTERVAL,
            failure));
  }

  /** All that there is for a client that shows these. */
  private List<JsonNode> told(Set<PanelKey> wanted, PanelFeed.Position position) throws Exception {
    List<JsonNode> messages = new ArrayList<>();
    for (String text = feed.next(wanted, position, 7);
        text != null;
        text = feed.next(wanted, position, 7)) {
      messages.add(new ObjectMapper().readTree(text));
    }
    return messages;
  }

  @Test
  void tellsNothingWhereThereAreNoPanels() throws Exception {
    feed.look(WANTED);

    assertThat(told(WANTED, client)).isEmpty();
  }

  @Test
  void tellsEverybodyOfWhatComesAndLeaves() throws Exception {
    comes();
    feed.look(Set.of());
    assertThat(told(Set.of(), client))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path("type").asText()).isEqualTo("panels");
              assertThat(message.path("seq").asInt()).isEqualTo(7);
              assertThat(message.path("panels").get(0).path("id").asText()).isEqualTo("ups");
            });
    feed.look(Set.of());
    assertThat(told(Set.of(), client)).isEmpty();

    parts.panels().remove(panels);
    feed.look(Set.of());
    assertThat(told(Set.of(), client))
        .singleElement()
        .satisfies(message -> assertThat(message.path("panels")).isEmpty());
  }

  @Test
  void tellsWhatIsShownOnceAndThenWhatChanged() throws Exception {
    comes();
    shows(40, NOW, null);
    feed.look(WANTED);
    assertThat(panels.shown).containsExactly(UPS);
    assertThat(told(WANTED, client)).hasSize(2).last().satisfies(this::isWhole);

    feed.look(WANTED);
    assertThat(told(WANTED, client)).isEmpty();

    shows(40, NOW.plusSeconds(5), null);
    feed.look(WANTED);
    assertThat(told(WANTED, client))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path("panel").has("content")).isFalse();
              assertThat(message.path("panel").path("at").asText()).endsWith("12:00:05.000Z");
            });

    shows(50, NOW.plusSeconds(10), null);
    feed.look(WANTED);
    assertThat(told(WANTED, client)).singleElement().satisfies(this::isWhole);
  }

  @Test
  void tellsThatItFailsAndGrowsStale() throws Exception {
    comes();
    shows(40, NOW, null);
    feed.look(WANTED);
    told(WANTED, client);
    shows(40, NOW, "It failed.");
    feed.look(WANTED);

    assertThat(told(WANTED, client))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path("panel").path("stale").asBoolean()).isTrue();
              assertThat(message.path("panel").path("failure").asText()).isEqualTo("It failed.");
            });
  }

  @Test
  void tellsAClientThatShowsItAgainAllOfIt() throws Exception {
    comes();
    shows(40, NOW, null);
    feed.look(WANTED);
    told(WANTED, client);
    assertThat(told(Set.of(), client)).isEmpty();
    shows(40, NOW.plusSeconds(5), null);
    feed.look(WANTED);

    assertThat(told(WANTED, client)).singleElement().satisfies(this::isWhole);
  }

  private void isWhole(JsonNode message) {
    assertThat(message.path("type").asText()).isEqualTo("panel");
    assertThat(message.path("panel").path("content").path("kind").asText()).isEqualTo("stats");
  }
}
