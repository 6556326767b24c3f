package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.gateway.LargeHouse;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats over ten thousand guests: what they cost is told, what clients get is checked. */
class LargeHouseFeedTest {
  private static final Logger LOG = LoggerFactory.getLogger(LargeHouseFeedTest.class);
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SECONDS = 180;
  private static final int WARM_SECONDS = 60;

  private Instant now = START;
  private final ClusterFeed feed =
      new ClusterFeed(
          new Clock() {
            @Override
            public ZoneId getZone() {
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
          });
  private final ClusterPainter painter = new ClusterPainter();

  private boolean beat(ClusterSnapshot house) {
    return feed.show(
        painter.paint(
            List.of(house),
            new ResourceEncoder(
                now, Precision.DISPLAYED, Optional.of(resource -> Optional.empty()), Map.of())));
  }

  @Test
  void sendsLittleToAClientThatShowsNothing() {
    ClusterSnapshot house = LargeHouse.at(now, 0);
    beat(house);
    long position = feed.after(-1).seq();
    Set<String> fifty = new LinkedHashSet<>();
    house.guests().values().stream().limit(50).forEach(guest -> fifty.add(guest.ref().toString()));
    Map<String, String> sent = new HashMap<>();
    ClusterFeed.took(feed.after(-1).whole(), fifty, sent);
    long quietNanos = 0;
    long readingNanos = 0;
    long bytesToAll = 0;
    long bytesToFifty = 0;
    int measured = SECONDS - WARM_SECONDS;
    for (int second = 1; second <= SECONDS; second++) {
      now = START.plusSeconds(second);
      boolean reading = second % 10 == 0;
      if (reading) {
        house = LargeHouse.at(now, second / 10);
      }
      long start = cpuNanos();
      beat(house);
      long took = cpuNanos() - start;
      if (second > WARM_SECONDS) {
        readingNanos += reading ? took : 0;
        quietNanos += reading ? 0 : took;
      }
      for (Frame frame = feed.after(position); frame != null; frame = feed.after(position)) {
        position = frame.seq();
        assertThat(frame.whole()).as("a client that keeps up gets no snapshot again").isNull();
        bytesToAll += second > WARM_SECONDS ? frame.text().length() : 0;
      }
      String figures = feed.figures(fifty, sent);
      assertThat(figures != null)
          .as("metrics of what is shown at second %s", second)
          .isEqualTo(reading);
      bytesToFifty += figures == null || second <= WARM_SECONDS ? 0 : figures.length();
    }
    LOG.info(
        "measured: at {} guests a beat takes {} ms, one with a new reading {} ms; {} KB a minute to"
            + " a client that shows nothing, {} KB more to one that shows fifty.",
        LargeHouse.GUESTS,
        quietNanos / 1e6 / (measured * 0.9),
        readingNanos / 1e6 / (measured * 0.1),
        bytesToAll * 60 / measured / 1024,
        bytesToFifty * 60 / measured / 1024);
    assertThat(bytesToAll * 60 / measured).as("bytes a minute").isLessThan(1_500_000);
  }

  @Test
  void encodesNothingAnewThatIsShownAlike() {
    ClusterSnapshot house = LargeHouse.at(now, 0);
    ClusterView first = paint(house);
    now = START.plusSeconds(1);

    ClusterView second = paint(house);

    assertThat(second.resources()).isSameAs(first.resources());
    now = START.plusSeconds(31);
    assertThat(paint(house).resources()).as("by then all is stale").isNotSameAs(first.resources());
  }

  @Test
  void encodesOnlyTheGuestsWhoseFiguresAreShownOtherwise() {
    ClusterView first = paint(LargeHouse.at(now, 0));
    now = START.plusSeconds(10);

    ClusterView second = paint(LargeHouse.at(now, 0));

    assertThat(second.resources()).isSameAs(first.resources());
    assertThat(second.observed().path("pve:home").asText()).isEqualTo("2026-03-01T12:00:10.000Z");
  }

  private ClusterView paint(ClusterSnapshot house) {
    return painter.paint(
        List.of(house), new ResourceEncoder(now, Precision.DISPLAYED, Optional.empty(), Map.of()));
  }

  /** What this thread has used of a processor, whatever else the machine does. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
