package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jarvis.api.event.Cause;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.event.DurableEventStream;
import org.junit.jupiter.api.Test;

/** What detectors may ask of the past. */
class MemoriesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final ResourceRef GUEST =
      ResourceRef.guest(new ClusterId("home"), new GuestId(101));

  private final SteppingClock clock = new SteppingClock();
  private final MemoryJournal journal = new MemoryJournal();
  private final ServiceSlot<EventJournal> slot = new ServiceSlot<>("No storage.");
  private final DurableEventStream events = new DurableEventStream(clock, slot, Runnable::run);
  private int learned;
  private final StopMemory stops = new StopMemory(events, () -> learned++);

  private void happens(String to, Cause.Kind why) {
    events.publish(new Event.StatusChanged(GUEST, "media", "x", to, new Cause(why, "it did")));
  }

  @Test
  void remembersWhyAGuestStopped() {
    slot.fill(journal);
    happens("stopped", Cause.Kind.USER);
    stops.follow();
    assertThat(learned).as("what is looked back on is no news").isZero();
    assertThat(stops.find(GUEST))
        .get()
        .extracting(s -> s.cause().kind())
        .isEqualTo(Cause.Kind.USER);

    events.publish(new Event.StatusChanged(GUEST, "media", "stopped", "running"));
    assertThat(stops.find(GUEST)).isEmpty();

    happens("stopped", Cause.Kind.CRASH);
    assertThat(learned).as("each is told, since it comes after the state").isEqualTo(2);
    assertThat(stops.find(GUEST))
        .get()
        .satisfies(
            stop -> {
              assertThat(stop.cause().kind()).isEqualTo(Cause.Kind.CRASH);
              assertThat(stop.at()).isEqualTo(clock.instant());
            });
  }

  @Test
  void aGuestThatWasOffHasNotStoppedWhenItsNodeIsSeenAgain() {
    slot.fill(journal);
    stops.follow();
    happens("stopped", Cause.Kind.USER);
    events.publish(new Event.StatusChanged(GUEST, "media", "stopped", "unknown"));
    events.publish(
        new Event.StatusChanged(
            GUEST, "media", "unknown", "stopped", new Cause(Cause.Kind.UNEXPLAINED, "it did")));
    assertThat(stops.find(GUEST))
        .get()
        .extracting(stop -> stop.cause().kind())
        .isEqualTo(Cause.Kind.USER);

    events.publish(new Event.StatusChanged(GUEST, "media", "stopped", "running"));
    events.publish(new Event.StatusChanged(GUEST, "media", "running", "unknown"));
    events.publish(
        new Event.StatusChanged(
            GUEST, "media", "unknown", "stopped", new Cause(Cause.Kind.NODE_DEATH, "it did")));
    assertThat(stops.find(GUEST))
        .get()
        .extracting(stop -> stop.cause().kind())
        .isEqualTo(Cause.Kind.NODE_DEATH);
  }

  @Test
  void looksBackOnceThereIsAJournal() {
    stops.follow();
    assertThat(stops.find(GUEST)).isEmpty();
    slot.fill(journal);
    happens("stopped", Cause.Kind.CRASH);

    stops.follow();

    assertThat(stops.find(GUEST)).isPresent();
  }

  @Test
  void reckonsHowFastSomethingGrows() {
    List<Point> points =
        IntStream.range(0, 72)
            .mapToObj(hour -> point(hour, 1_000.0 * hour + (hour % 2 == 0 ? 50 : -50)))
            .toList();

    assertThat(GrowthRates.slope(points).orElseThrow()).isCloseTo(24_000, Offset.offset(200.0));
  }

  @Test
  void saysNothingByTooLittle() {
    assertThat(GrowthRates.slope(List.of())).isEmpty();
    assertThat(
            GrowthRates.slope(
                IntStream.range(0, 100)
                    .mapToObj(i -> new Point(NOON.plusSeconds(i), i, i, i))
                    .toList()))
        .isEmpty();
  }

  @Test
  void tellsWhatIsBeingReckonedFromWhatIsTooShort() {
    ServiceSlot<MetricStore> metrics = new ServiceSlot<>("No storage.");
    List<Runnable> later = new ArrayList<>();
    GrowthRates rates = new GrowthRates(metrics, later::add);
    assertThat(rates.growth(GUEST, NOON)).isEqualTo(Growth.unknown(Growth.State.ASKED));

    metrics.fill(new Hourly(2));
    later.remove(0).run();
    assertThat(rates.growth(GUEST, NOON)).isEqualTo(Growth.unknown(Growth.State.TOO_LITTLE));

    metrics.fill(new Hourly(72));
    Instant soon = NOON.plus(Duration.ofMinutes(2));
    assertThat(rates.growth(GUEST, soon).state()).isEqualTo(Growth.State.TOO_LITTLE);
    later.remove(0).run();
    assertThat(rates.growth(GUEST, soon).bytesADay()).isCloseTo(24_000, Offset.offset(1.0));
    assertThat(Growth.of(24_000).timeToFull(new Bytes(2_000), new Bytes(50_000)))
        .contains(Duration.ofDays(2));
    assertThat(Growth.of(-1).timeToFull(new Bytes(2_000), new Bytes(50_000))).isEmpty();
    assertThat(Growth.of(1).timeToFull(new Bytes(2_000), new Bytes(50_000))).isEmpty();
  }

  /** Grows by 1,000 bytes an hour, and remembers so many hours. */
  private record Hourly(int hours) implements MetricStore {
    @Override
    public void append(List<Sample> samples) {
      throw new AssertionError("Growth is only read.");
    }

    @Override
    public boolean knowsPast(String subject) {
      throw new AssertionError("Growth is only read.");
    }

    @Override
    public void addPast(String subject, Instant at, List<Past> pasts) {
      throw new AssertionError("Growth is only read.");
    }

    @Override
    public List<String> figures(String subject) {
      throw new AssertionError("The figure is known.");
    }

    @Override
    public List<Point> course(String subject, String figure, Instant from, Instant to, int points) {
      return IntStream.range(0, hours).mapToObj(hour -> point(hour, 1_000.0 * hour)).toList();
    }
  }

  private static Point point(int hour, double value) {
    return new Point(NOON.plus(Duration.ofHours(hour)), value, value, value);
  }
}
