package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberClockTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration TRIP = Duration.ofMillis(40);

  private final MemberClock clock = new MemberClock();
  private Instant now = NOON;

  /** A member answers, whose clock is so far ahead; then some time passes. */
  private void answers(Duration ahead, Duration trip) {
    Instant there = now.plus(trip.dividedBy(2)).plus(ahead);
    clock.heard(date(there), now, now.plus(trip));
    now = now.plus(Duration.ofMillis(3_337));
  }

  private void answers(Duration ahead) {
    answers(ahead, TRIP);
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  @Test
  void nothingIsKnownBeforeTheFirstReply() {
    assertThat(clock.offset()).isNull();
    assertThat(clock.wrong()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 12, -45, 3600, -3600, 86_400})
  void oneReplyIsGoodToASecond(long seconds) {
    answers(Duration.ofSeconds(seconds));

    assertThat(clock.offset())
        .isBetween(Duration.ofSeconds(seconds - 1), Duration.ofSeconds(seconds + 1));
    assertThat(clock.wrong()).isEqualTo(Math.abs(seconds) > 30);
  }

  @Test
  void doesNotMoveWithEveryReply() {
    Random random = new Random(4711);
    List<Duration> told = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers(Duration.ofMillis(2_400), Duration.ofMillis(10 + random.nextInt(400)));
      told.add(clock.offset());
    }

    assertThat(told.subList(50, 500)).containsOnly(clock.offset());
  }

  @Test
  void clockThatIsSetIsTakenOverAtOnceInBothDirections() {
    answers(Duration.ZERO);
    answers(Duration.ofHours(1));
    assertThat(clock.wrong()).isTrue();
    assertThat(clock.offset()).isBetween(Duration.ofSeconds(3599), Duration.ofSeconds(3601));

    answers(Duration.ZERO);
    assertThat(clock.wrong()).isFalse();
    assertThat(clock.offset()).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
  }

  @Test
  void driftIsFollowed() {
    for (int tenths = 0; tenths <= 400; tenths++) {
      answers(Duration.ofMillis(100L * tenths));
    }

    assertThat(clock.offset()).isBetween(Duration.ofSeconds(38), Duration.ofSeconds(41));
    assertThat(clock.wrong()).isTrue();
  }

  @Test
  void oneNearTheThresholdIsNotToldByTurns() {
    List<Boolean> told = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers(Duration.ofSeconds(i % 2 == 0 ? 29 : 33));
      told.add(clock.wrong());
    }
    long turns = 0;
    for (int i = 1; i < told.size(); i++) {
      turns += told.get(i).equals(told.get(i - 1)) ? 0 : 1;
    }

    assertThat(turns).isLessThanOrEqualTo(1);
  }

  @Test
  void onceToldItTakesTwentySecondsToBeRightAgain() {
    answers(Duration.ofSeconds(45));
    answers(Duration.ofSeconds(25));
    assertThat(clock.wrong()).isTrue();

    answers(Duration.ofSeconds(15));
    assertThat(clock.wrong()).isFalse();
  }

  @Test
  void replyThatTookLongTellsNothing() {
    answers(Duration.ofHours(1), Duration.ofSeconds(6));
    assertThat(clock.offset()).isNull();

    answers(Duration.ofSeconds(60), Duration.ofSeconds(4));
    assertThat(clock.wrong()).as("within its bound it does").isTrue();
  }

  @Test
  void jarvissOwnClockThatIsSetMeanwhileTellsNothing() {
    clock.heard(date(NOON), NOON, NOON.minusSeconds(3600));
    clock.heard(date(NOON), NOON, NOON.plusSeconds(3600));

    assertThat(clock.offset()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Thu, 26 Nov 2026 12:00:00",
        "Mon, 26 Nov 2026 12:00:00 GMT",
        "Thu, 26 Nov 999999999999 12:00:00 GMT",
        "2026-11-26T12:00:00Z"
      })
  void whatIsNoDateTellsNothing(String date) {
    clock.heard(date, NOON, NOON.plus(TRIP));

    assertThat(clock.offset()).isNull();
  }
}
