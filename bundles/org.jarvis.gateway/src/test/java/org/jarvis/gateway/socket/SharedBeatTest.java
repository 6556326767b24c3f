package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SharedBeatTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final SharedBeat beat = new SharedBeat();
  private int made;

  private String at(long head, Instant now) {
    return beat.text(
        head,
        now,
        time -> {
          made++;
          return head + " at " + time;
        });
  }

  @Test
  void isMadeOnceForAllClientsOfOneMoment() {
    String first = at(7, NOW);
    assertThat(at(7, NOW.plusMillis(49))).isSameAs(first);
    assertThat(made).isOne();
  }

  @Test
  void isMadeAnewWhenItsTimeIsOverOrRunsBackwards() {
    at(7, NOW);
    assertThat(at(7, NOW.plusMillis(50))).isEqualTo("7 at 2026-03-01T12:00:00.050Z");
    assertThat(at(7, NOW.minusSeconds(3600))).isEqualTo("7 at 2026-03-01T11:00:00Z");
  }

  @Test
  void neverTellsAnotherHeadThanTheClientsHave() {
    at(7, NOW);
    assertThat(at(8, NOW)).startsWith("8 ");
  }

  @Test
  void isMadeAnewWhenWhatItTellsHasChanged() {
    at(7, NOW);
    beat.outdated();
    at(7, NOW);
    assertThat(made).isEqualTo(2);
  }
}
