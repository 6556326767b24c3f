package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link MetricStore} must do. */
public abstract class MetricStoreContract extends PersistenceContract {
  private static final String NODE = "pve:home:node:pve1";

  private static Sample sample(int second, double value) {
    return new Sample(NODE, "cpu", NOON.plusSeconds(second), value);
  }

  private static Point point(int second, double value) {
    return new Point(NOON.plusSeconds(second), value, value, value);
  }

  private List<Point> course(Instant from, Instant to, int points) {
    return stores.metrics().course(NODE, "cpu", from, to, points);
  }

  @Test
  void givesSamplesBackAsTheyAreOldestFirst() {
    stores.metrics().append(List.of(sample(20, 0.75), sample(0, -1.5)));
    stores.metrics().append(List.of(sample(10, 1e300)));
    stores.metrics().append(List.of());
    stores.restart();

    assertThat(course(NOON, NOON.plusSeconds(60), 100))
        .containsExactly(point(0, -1.5), point(10, 1e300), point(20, 0.75));
  }

  @Test
  void countsTheFirstMomentInAndTheLastOut() {
    stores.metrics().append(List.of(sample(0, 1), sample(10, 2), sample(20, 3)));

    assertThat(course(NOON, NOON.plusSeconds(20), 100)).containsExactly(point(0, 1), point(10, 2));
    assertThat(course(NOON.plusNanos(1), NOON.plusSeconds(20).plusNanos(1), 100))
        .containsExactly(point(10, 2), point(20, 3));
    assertThat(course(NOON, NOON, 100)).isEmpty();
    assertThat(course(NOON.plusSeconds(20), NOON, 100)).isEmpty();
  }

  @Test
  void replacesTheSampleOfTheSameMoment() {
    stores.metrics().append(List.of(sample(0, 1), sample(0, 2)));
    stores.metrics().append(List.of(sample(0, 3)));

    assertThat(course(NOON, NOON.plusSeconds(1), 10)).containsExactly(point(0, 3));
  }

  @Test
  void tellsSubjectsAndFiguresApart() {
    stores
        .metrics()
        .append(
            List.of(
                new Sample("a", "memory", NOON, 1),
                new Sample("a", "cpu", NOON, 2),
                new Sample("A", "cpu", NOON, 3)));
    stores.restart();

    assertThat(stores.metrics().figures("a")).containsExactly("cpu", "memory");
    assertThat(stores.metrics().figures("A")).containsExactly("cpu");
    assertThat(stores.metrics().figures("b")).isEmpty();
    assertThat(stores.metrics().course("a", "cpu", NOON, NOON.plusSeconds(1), 1))
        .containsExactly(point(0, 2));
    assertThat(stores.metrics().course("b", "cpu", NOON, NOON.plusSeconds(1), 1)).isEmpty();
  }

  @Test
  void standsForSeveralSamplesWhereThereAreMoreThanPoints() {
    stores
        .metrics()
        .append(List.of(sample(0, 1), sample(1, 2), sample(2, 6), sample(60, 10), sample(61, 20)));

    List<Point> course = course(NOON, NOON.plusSeconds(120), 2);

    assertThat(course)
        .containsExactly(new Point(NOON, 3, 1, 6), new Point(NOON.plusSeconds(60), 15, 10, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 999, 1000, 5000})
  void givesNoMorePointsThanAskedForAndLosesNoExtreme(int points) {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < 1000; second++) {
      samples.add(sample(second, second));
    }
    stores.metrics().append(samples);

    List<Point> course = course(NOON.minusSeconds(5), NOON.plusSeconds(5000), points);

    assertThat(course).hasSizeBetween(Math.min(points, 500), points);
    assertThat(course).extracting(Point::at).isSorted();
    assertThat(course.stream().mapToDouble(Point::lowest).min()).hasValue(0);
    assertThat(course.stream().mapToDouble(Point::highest).max()).hasValue(999);
    assertThat(course).allSatisfy(p -> assertThat(p.average()).isBetween(p.lowest(), p.highest()));
    assertThat(IntStream.range(1, course.size()))
        .allSatisfy(
            i -> assertThat(course.get(i).lowest()).isGreaterThan(course.get(i - 1).highest()));
  }

  @Test
  void averagesEverySampleOnce() {
    stores.metrics().append(IntStream.range(0, 100).mapToObj(i -> sample(i, i)).toList());

    assertThat(course(NOON, NOON.plusSeconds(100), 1).get(0).average())
        .isCloseTo(49.5, within(1e-9));
  }

  @Test
  void refusesACourseWithoutPoints() {
    assertThatThrownBy(() -> course(NOON, NOON.plusSeconds(1), 0))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    stores.metrics().append(List.of(new Sample(text, text, NOON, 1)));
    stores.restart();

    assertThat(stores.metrics().figures(text)).containsExactly(text);
    assertThat(stores.metrics().course(text, text, NOON, NOON.plusSeconds(1), 5)).hasSize(1);
  }
}
