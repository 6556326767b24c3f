package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.resource.Guest;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class MetricRecorderTest {
  private final SteppingClock clock = new SteppingClock();
  private final ClusterStates states =
      new ClusterStates(clock, new Connections(), Runnable::run, event -> {});
  private final ServiceSlot<MetricStore> slot = new ServiceSlot<>("No storage.");
  private final MemoryMetrics store = new MemoryMetrics();
  private final MetricRecorder recorder = new MetricRecorder(slot);

  @Test
  void recordsWhatIsKnownAndLeavesAGapWhereNothingIs() {
    slot.fill(store);
    Instant now = clock.instant();
    attached()
        .observed(
            House.seen(
                now,
                House.guest(now, 101, Guest.Status.RUNNING),
                House.guest(now, 102, Guest.Status.STOPPED)));

    recorder.record(states.clusters());

    assertThat(store.samples)
        .containsExactlyInAnyOrder(
            new MetricStore.Sample("pve:home:node:atlas", "cpu", now, 0.25),
            new MetricStore.Sample("pve:home:node:atlas", "memory", now, 6_000),
            new MetricStore.Sample("pve:home:guest:101", "cpu", now, 0.5),
            new MetricStore.Sample("pve:home:guest:101", "memory", now, 1_024),
            new MetricStore.Sample("pve:home:guest:102", "memory", now, 1_024),
            new MetricStore.Sample("pve:home:storage:atlas:local-zfs", "disk", now, 400));
  }

  @Test
  void recordsEachFigureOnceAMinute() {
    slot.fill(store);
    Attachment line = attached();
    for (int reading = 0; reading < 13; reading++) {
      line.observed(House.seen(clock.instant()));
      recorder.record(states.clusters());
      recorder.record(states.clusters());
      clock.advance(Duration.ofSeconds(10));
    }

    assertThat(store.samples)
        .filteredOn(sample -> sample.figure().equals("cpu"))
        .extracting(MetricStore.Sample::at)
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void recordsALargeClusterLessOften() {
    slot.fill(store);
    Attachment line = attached();
    for (int minute = 0; minute < 11; minute++) {
      Instant now = clock.instant();
      Guest[] guests =
          IntStream.range(1_000, 1_501)
              .mapToObj(id -> House.guest(now, id, Guest.Status.STOPPED))
              .toArray(Guest[]::new);
      line.observed(House.seen(now, guests));
      recorder.record(states.clusters());
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(store.samples)
        .filteredOn(sample -> sample.subject().equals("pve:home:guest:1000"))
        .hasSize(3);
  }

  @Test
  void recordsNothingThatWasNotReadAnew() {
    slot.fill(store);
    Attachment line = attached();
    line.failed(ErrorCode.UNREACHABLE, "No route to host.");

    recorder.record(states.clusters());

    assertThat(store.samples).isEmpty();
  }

  @Test
  void goesOnOnceTheStoreIsThere() {
    Attachment line = attached();
    line.observed(House.seen(clock.instant()));
    recorder.record(states.clusters());

    slot.fill(store);
    recorder.record(states.clusters());

    assertThat(store.samples).isNotEmpty();
  }

  @Test
  void survivesAStoreThatCannotWrite() {
    slot.fill(store);
    store.full = true;
    Attachment line = attached();
    line.observed(House.seen(clock.instant()));
    recorder.record(states.clusters());

    store.full = false;
    recorder.record(states.clusters());

    assertThat(store.samples).isNotEmpty();
  }

  private Attachment attached() {
    return states.attach(House.connection());
  }

  private static final class MemoryMetrics implements MetricStore {
    private final List<Sample> samples = new ArrayList<>();
    private boolean full;

    @Override
    public void append(List<Sample> more) {
      if (full) {
        throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
      }
      samples.addAll(more);
    }

    @Override
    public boolean knowsPast(String subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void addPast(String subject, Instant at, List<Past> pasts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> figures(String subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Point> course(String subject, String figure, Instant from, Instant to, int points) {
      throw new UnsupportedOperationException();
    }
  }
}
