package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.tool.Arguments;
import org.jarvis.gateway.Parts;
import org.jarvis.testkit.screen.FakeScreen;
import org.junit.jupiter.api.Test;

class ScreenFeedTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Arguments LOG =
      new Arguments(Map.of("show", "log", "title", "<b>x</b>", "lines", List.of("a")));

  private final FakeScreen screen = new FakeScreen(CLOCK);
  private final Parts parts = new Parts();
  private final AtomicInteger changes = new AtomicInteger();
  private final ScreenFeed feed = new ScreenFeed(parts.screen(), changes::incrementAndGet);
  private final ScreenFeed.Position client = new ScreenFeed.Position();

  ScreenFeedTest() {
    parts.screen().add(screen);
  }

  @Test
  void tellsNothingAsLongAsNothingWasEverShown() {
    assertThat(feed.next(client, 7)).isNull();
  }

  @Test
  void tellsEachClientOnceWhatIsShown() throws Exception {
    screen.show(LOG, "ada", Origin.CHAT);

    String told = feed.next(client, 7);
    assertThat(new ObjectMapper().readTree(told))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"type": "screen", "seq": 7, "screen": {"revision": 1,
                     "content": {"show": "log", "title": "<b>x</b>", "lines": ["a"]},
                     "by": "ada", "origin": "chat", "at": "2026-03-01T12:00:00.000Z"}}
                    """));
    assertThat(feed.next(client, 8)).isNull();
    assertThat(feed.next(new ScreenFeed.Position(), 7)).isEqualTo(told);
  }

  @Test
  void tellsOfManyChangesTheLatestAlone() {
    for (int i = 0; i < 100; i++) {
      screen.show(LOG, "ada", Origin.CHAT);
    }
    screen.clear("bob", Origin.MCP);

    assertThat(feed.next(client, 7))
        .contains("\"revision\":101", "\"content\":null", "\"by\":\"bob\"", "\"origin\":\"mcp\"");
    assertThat(feed.next(client, 7)).isNull();
  }

  @Test
  void followsAScreenThatComesInThePlaceOfAnother() {
    feed.follow();
    feed.follow();
    assertThat(screen.watching()).isEqualTo(1);
    screen.show(LOG, "ada", Origin.CHAT);
    assertThat(changes).hasValue(1);
    assertThat(feed.next(client, 7)).isNotNull();

    FakeScreen fresh = new FakeScreen(CLOCK);
    parts.screen().remove(screen);
    feed.follow();
    assertThat(screen.watching()).isZero();
    assertThat(feed.next(client, 7)).isNull();
    parts.screen().add(fresh);
    feed.follow();
    fresh.show(LOG, "bob", Origin.CHAT);

    assertThat(changes).hasValue(2);
    assertThat(feed.next(client, 7)).contains("\"revision\":1", "\"by\":\"bob\"");
    feed.leave();
    assertThat(fresh.watching()).isZero();
  }
}
