package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Past;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link MetricStore} must do as its samples grow old, with the default limits. */
public abstract class MetricHistoryContract extends PersistenceContract {
  private static final String NODE = "pve:home:node:pve1";
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration POLL = Duration.ofSeconds(10);

  private final Random random = new Random(20260302);
  private final NaiveCourse naive = new NaiveCourse();

  /** Records in this rhythm, and tends now and then, up to a moment; returns that moment. */
  private Instant live(Instant from, Duration span, Duration rhythm, Duration tended) {
    Instant end = from.plus(span);
    List<Sample> batch = new ArrayList<>();
    Instant due = from.plus(tended);
    for (Instant at = from; at.isBefore(end); at = at.plus(rhythm)) {
      Sample sample = new Sample(NODE, "cpu", at, random.nextInt(1000) / 1024.0);
      batch.add(sample);
      naive.add(sample);
      if (!at.isBefore(due)) {
        stores.metrics().append(batch);
        batch.clear();
        stores.tend(at);
        due = at.plus(tended);
      }
    }
    stores.metrics().append(batch);
    stores.tend(end);
    return end;
  }

  private List<Point> course(Instant from, Instant to, int points) {
    return stores.metrics().course(NODE, "cpu", from, to, points);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 300, 10_000})
  void isRightAtEveryZoom(int points) {
    Instant now = live(BEGIN, Duration.ofDays(40), Duration.ofMinutes(7), Duration.ofHours(5));
    now = live(now, Duration.ofHours(30), Duration.ofMinutes(1), Duration.ofMinutes(47));
    now = live(now, Duration.ofHours(3), POLL, Duration.ofMinutes(4));
    stores.restart();

    for (int minutes : new int[] {1, 10, 60, 119, 121, 360, 1440, 1500, 4320, 43_200, 57_600}) {
      List<Point> course = course(now.minus(Duration.ofMinutes(minutes)), now, points);

      assertThat(course).hasSizeBetween(1, points);
      naive.requireRight(course, now);
    }
  }

  @Test
  void keepsWhatIsYoungFinerThanWhatIsOld() {
    Instant now = live(BEGIN, Duration.ofDays(50), Duration.ofMinutes(10), Duration.ofHours(12));
    now = live(now, Duration.ofHours(26), POLL, Duration.ofMinutes(30));

    assertThat(course(now.minus(Duration.ofHours(2)), now, 10_000)).hasSize(720);
    assertThat(course(now.minus(Duration.ofHours(24)), now.minus(Duration.ofHours(4)), 10_000))
        .hasSize(20 * 60);
    assertThat(course(now.minus(Duration.ofDays(29)), now.minus(Duration.ofDays(3)), 10_000))
        .hasSizeBetween(26 * 24 - 1, 26 * 24 + 1);
    assertThat(course(BEGIN, BEGIN.plus(Duration.ofDays(15)), 10_000)).hasSize(15);
  }

  @Test
  void tellsTheSameHoweverOftenItIsTended() {
    Instant now = live(BEGIN, Duration.ofHours(5), POLL, Duration.ofHours(9));
    List<Point> once = course(BEGIN, now, 20);

    for (int i = 0; i < 5; i++) {
      stores.tend(now.plusSeconds(i));
      stores.restart();
    }

    assertThat(course(BEGIN, now, 20)).isEqualTo(once);
  }

  @Test
  void leavesGapsAsTheyAre() {
    Instant gap = live(BEGIN, Duration.ofHours(3), POLL, Duration.ofMinutes(10));
    Instant back = gap.plus(Duration.ofHours(2));
    Instant now = live(back, Duration.ofHours(26), POLL, Duration.ofHours(1));

    List<Point> course = course(BEGIN, now, 10_000);

    assertThat(course).noneMatch(point -> !point.at().isBefore(gap) && point.at().isBefore(back));
    naive.requireRight(course, now);
  }

  @Test
  void takesSamplesOfAClockThatWentBack() {
    Instant there = live(BEGIN, Duration.ofHours(4), POLL, Duration.ofMinutes(10));
    Instant back = there.minus(Duration.ofHours(1)).plusSeconds(3);
    Instant now = live(back, Duration.ofHours(3), POLL, Duration.ofMinutes(10));

    naive.requireRight(course(BEGIN, now, 300), now);
    stores.tend(now.plus(Duration.ofHours(20)));
    naive.requireRight(course(BEGIN, now, 30), now);
  }

  @Test
  void takesSamplesOfAClockThatWentAheadAndCameBack() {
    Instant there = live(BEGIN, Duration.ofHours(1), POLL, Duration.ofMinutes(10));
    live(there.plus(Duration.ofHours(1)), Duration.ofMinutes(30), POLL, Duration.ofMinutes(5));
    Instant now = live(there, Duration.ofHours(4), POLL, Duration.ofMinutes(10));

    naive.requireRight(course(BEGIN, now, 300), now);
  }

  @Test
  void keepsTheYoungWhenTheClockWasAYearAhead() {
    Sample ahead = new Sample(NODE, "cpu", BEGIN.plus(Duration.ofDays(365)), 1);
    stores.metrics().append(List.of(ahead));
    stores.tend(ahead.at().plusSeconds(3600));

    Instant now = live(BEGIN, Duration.ofHours(8), POLL, Duration.ofMinutes(30));

    naive.requireRight(course(BEGIN, now, 300), now);
    assertThat(course(now.minus(Duration.ofHours(2)), now, 10_000)).hasSize(720);
  }

  @Test
  void forgetsWhatIsOlderThanTheLongestLimit() {
    stores.metrics().append(List.of(new Sample("gone", "cpu", BEGIN, 1)));
    stores.metrics().addPast("gone", BEGIN, List.of());
    stores.tend(BEGIN.plus(Duration.ofDays(9)));
    assertThat(stores.metrics().figures("gone")).containsExactly("cpu");
    Instant late = BEGIN.plus(Duration.ofDays(760));
    stores.metrics().append(List.of(new Sample(NODE, "cpu", late, 1)));

    stores.tend(late);

    assertThat(stores.metrics().figures("gone")).isEmpty();
    assertThat(stores.metrics().knowsPast("gone")).isFalse();
    assertThat(stores.metrics().course("gone", "cpu", BEGIN, late, 100)).isEmpty();
    assertThat(course(late, late.plusSeconds(1), 1)).hasSize(1);
    stores.metrics().append(List.of(new Sample("gone", "cpu", late, 5)));
    assertThat(stores.metrics().course("gone", "cpu", BEGIN, late.plusSeconds(1), 9))
        .containsExactly(new Point(late, 5, 5, 5));
  }

  private static Past past(Instant from, Duration step, int values, double value) {
    Map<Instant, Double> all = new HashMap<>();
    for (int i = 0; i < values; i++) {
      all.put(from.plus(step.multipliedBy(i)), value);
    }
    return new Past("cpu", step, all);
  }

  @Test
  void showsThePastUpToWhereItsOwnSamplesBegin() {
    Duration minute = Duration.ofMinutes(1);
    Instant now = BEGIN.plus(Duration.ofHours(30));
    live(now.minusSeconds(600), Duration.ofMinutes(10), POLL, Duration.ofMinutes(5));
    stores
        .metrics()
        .addPast(
            NODE,
            now,
            List.of(
                past(now.minus(Duration.ofHours(24)), minute, 24 * 60, 0.5),
                past(now.minus(Duration.ofDays(30)), Duration.ofMinutes(30), 30 * 48, 0.25),
                past(now.minus(Duration.ofDays(365)), Duration.ofHours(6), 365 * 4, 0.125)));

    List<Point> hour = course(now.minus(Duration.ofHours(1)), now, 10_000);
    assertThat(hour).hasSize(50 + 60);
    assertThat(hour.subList(0, 50)).allMatch(point -> point.average() == 0.5);
    naive.requireRight(hour.subList(50, 110), now);
    assertThat(course(now.minus(Duration.ofDays(20)), now.minus(Duration.ofDays(10)), 10_000))
        .hasSize(240)
        .allMatch(point -> point.average() == 0.25);
    assertThat(course(now.minus(Duration.ofDays(300)), now.minus(Duration.ofDays(100)), 10_000))
        .hasSize(200)
        .allMatch(point -> point.average() == 0.125);
    assertThat(stores.metrics().knowsPast(NODE)).isTrue();
  }

  @Test
  void letsOwnSamplesHoldAgainstThePastWheneverItComes() {
    Instant now = live(BEGIN, Duration.ofHours(30), POLL, Duration.ofMinutes(30));
    List<Past> pasts =
        List.of(
            past(BEGIN, Duration.ofMinutes(1), 30 * 60, 5000),
            past(BEGIN, Duration.ofHours(1), 30, 6000),
            past(BEGIN, Duration.ofHours(24), 1, 7000));

    stores.metrics().addPast(NODE, now, pasts);
    stores.tend(now);
    stores.metrics().addPast(NODE, now, pasts);
    stores.tend(now.plusSeconds(60));
    stores.restart();

    for (int points : new int[] {10, 300, 10_000}) {
      naive.requireRight(course(BEGIN, now, points), now);
    }
  }

  @Test
  void keepsThePastAsItGrowsOld() {
    Instant now = BEGIN.plus(Duration.ofHours(24));
    stores.metrics().addPast(NODE, now, List.of(past(BEGIN, Duration.ofMinutes(1), 24 * 60, 0.75)));
    for (int day = 1; day < 45; day++) {
      stores.tend(now.plus(Duration.ofDays(day)));
    }

    assertThat(course(BEGIN, now, 1000)).containsExactly(new Point(BEGIN, 0.75, 0.75, 0.75));
  }

  @Test
  void knowsThatThereIsNoPastToBeHad() {
    assertThat(stores.metrics().knowsPast(NODE)).isFalse();

    stores.metrics().addPast(NODE, BEGIN, List.of());
    stores.restart();

    assertThat(stores.metrics().knowsPast(NODE)).isTrue();
    assertThat(stores.metrics().knowsPast("pve:home:node:pve2")).isFalse();
    assertThat(stores.metrics().figures(NODE)).isEmpty();
  }

  @Test
  void tellsTheLivesOfAGuestApart() {
    ResourceRef guest = ResourceRef.guest(new ClusterId("home"), new GuestId(101));
    String first = MetricStore.subject(guest, Incarnation.FIRST);
    String second = MetricStore.subject(guest, new Incarnation("another"));
    stores.metrics().append(List.of(new Sample(first, "cpu", BEGIN, 1)));

    assertThat(stores.metrics().figures(second)).isEmpty();
    assertThat(MetricStore.subject(guest, null)).isEqualTo("pve:home:guest:101");
  }

  @Test
  void refusesWhatIsNoNumber() {
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Sample(NODE, "cpu", BEGIN, odd))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Past("cpu", POLL, Map.of(BEGIN, odd)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void averagesTheLargestNumbers() {
    for (int i = 0; i < 10; i++) {
      Sample sample = new Sample(NODE, "cpu", BEGIN.plusSeconds(i), Double.MAX_VALUE);
      stores.metrics().append(List.of(sample));
    }

    assertThat(course(BEGIN, BEGIN.plusSeconds(10), 1))
        .containsExactly(new Point(BEGIN, Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE));
  }
}
