package org.jarvis.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.connector.GuestCounters;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.state.House;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricRecorderTest {
  private final SteppingClock clock = new SteppingClock();
  private final ClusterStates states =
      new ClusterStates(clock, new Connections(), Runnable::run, event -> {});
  private final ServiceSlot<MetricStore> slot = new ServiceSlot<>("No storage.");
  private final MemoryMetrics store = new MemoryMetrics();
  private final GuestRates rates = new GuestRates();
  private final ClusterRegistry registry = new CountedRegistry(states, rates);
  private final MetricRecorder recorder = new MetricRecorder(slot, rates);

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
            new MetricStore.Sample("pve:home:guest:101#first", "cpu", now, 0.5),
            new MetricStore.Sample("pve:home:guest:101#first", "memory", now, 1_024),
            new MetricStore.Sample("pve:home:guest:102#first", "memory", now, 1_024),
            new MetricStore.Sample("pve:home:storage:atlas:local-zfs", "disk", now, 400));
  }

  @Test
  void recordsEveryReadingOnce() {
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
        .hasSize(13)
        .doesNotHaveDuplicates();
  }

  @Test
  void goesOnWhenTheClockWasSetBack() {
    slot.fill(store);
    Attachment line = attached();
    line.observed(House.seen(clock.instant()));
    recorder.record(states.clusters());
    line.failed(ErrorCode.UNREACHABLE, "No route to host.");
    clock.advance(Duration.ofHours(-1));

    line.observed(House.seen(clock.instant()));
    recorder.record(states.clusters());

    assertThat(store.samples)
        .filteredOn(sample -> sample.figure().equals("cpu"))
        .extracting(MetricStore.Sample::at)
        .contains(clock.instant());
  }

  @Test
  void recordsWhatGuestsMoveASecond() {
    slot.fill(store);
    Attachment line = attached();
    line.observed(counted(100, 1_000, 0));
    recorder.record(states.clusters());
    clock.advance(Duration.ofSeconds(13));
    line.observed(counted(110, 11_240, 5_120));
    recorder.record(states.clusters());
    Instant at = clock.instant();
    clock.advance(Duration.ofSeconds(10));
    // The cluster has not counted anew.
    line.observed(counted(110, 11_240, 5_120));
    recorder.record(states.clusters());
    clock.advance(Duration.ofSeconds(10));
    // Started again.
    line.observed(counted(4, 9_999_999, 9_999_999));
    recorder.record(states.clusters());

    String guest = "pve:home:guest:101#first";
    assertThat(store.samples)
        .filteredOn(sample -> sample.subject().equals(guest))
        .filteredOn(sample -> sample.figure().startsWith("net") || sample.figure().contains("Wr"))
        .containsExactly(
            new MetricStore.Sample(guest, "netIn", at, 1_024),
            new MetricStore.Sample(guest, "diskWritten", at, 512));
  }

  @Test
  void recordsWhatAllGuestsMoveThoughTheirNodesCountAtOtherMoments() {
    slot.fill(store);
    Attachment line = attached();
    line.observed(counted(100, 1_000, 0));
    recorder.record(states.clusters());
    clock.advance(Duration.ofSeconds(10));
    line.observed(counted(110, 11_240, 0));
    recorder.record(states.clusters());
    Instant first = clock.instant();
    clock.advance(Duration.ofSeconds(10));
    // Nothing was counted anew, and what was counted last still holds.
    line.observed(counted(110, 11_240, 0));
    recorder.record(states.clusters());
    Instant second = clock.instant();
    clock.advance(Duration.ofMinutes(2));
    // By now nobody can tell.
    line.observed(counted(110, 11_240, 0));
    recorder.record(states.clusters());

    assertThat(store.samples)
        .filteredOn(sample -> sample.subject().equals("pve:home:cluster"))
        .filteredOn(sample -> sample.figure().equals("netIn"))
        .containsExactly(
            new MetricStore.Sample("pve:home:cluster", "netIn", first, 1_024),
            new MetricStore.Sample("pve:home:cluster", "netIn", second, 1_024));
  }

  private ClusterObservation counted(int uptime, long netIn, long diskWritten) {
    Instant now = clock.instant();
    ClusterObservation seen = House.seen(now, House.guest(now, 101, Guest.Status.RUNNING));
    return new ClusterObservation(
        now,
        seen.clusterName(),
        seen.version(),
        seen.quorate(),
        seen.votes(),
        seen.expectedVotes(),
        seen.quorumUnknown(),
        seen.nodes(),
        seen.guests(),
        seen.storages(),
        List.of(
            new GuestCounters(
                new GuestId(101),
                Duration.ofSeconds(uptime),
                new Bytes(netIn),
                null,
                null,
                new Bytes(diskWritten))),
        seen.incomplete(),
        seen.oddities());
  }

  @Test
  void beginsAnotherCourseForAnotherGuestUnderTheSameNumber() {
    slot.fill(store);
    Attachment line = attached();
    line.observed(House.seen(clock.instant(), guest()));
    recorder.record(states.clusters());
    clock.advance(Duration.ofSeconds(10));
    line.observed(House.seen(clock.instant()));
    clock.advance(Duration.ofSeconds(10));

    line.observed(House.seen(clock.instant(), guest()));
    recorder.record(states.clusters());

    assertThat(store.samples)
        .extracting(MetricStore.Sample::subject)
        .filteredOn(subject -> subject.startsWith("pve:home:guest:101#"))
        .hasSize(4)
        .satisfies(subjects -> assertThat(Set.copyOf(subjects)).hasSize(2));
  }

  private Guest guest() {
    return House.guest(clock.instant(), 101, Guest.Status.RUNNING);
  }

  @Test
  void recordsTheLoadWheneverItIsReadAnew() {
    slot.fill(store);
    Attachment line = attached();
    line.observed(House.seen(clock.instant()));
    Instant read = clock.instant();
    line.detailed(
        ResourceRef.parse("pve:home:node:atlas").orElseThrow(),
        AspectState.read(load(1.5), new Observation("pve:home", read, Duration.ofMinutes(1))));
    for (int i = 0; i < 3; i++) {
      recorder.record(states.clusters());
      clock.advance(Duration.ofSeconds(10));
      line.observed(House.seen(clock.instant()));
    }

    assertThat(store.samples)
        .filteredOn(sample -> sample.figure().equals("load"))
        .containsExactly(new MetricStore.Sample("pve:home:node:atlas", "load", read, 1.5));
  }

  private static NodeSystem load(double load) {
    return new NodeSystem(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(load),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, 0.123456789, 1e-9, 123_456_789_012.0, 1e300, Double.MAX_VALUE})
  void roundsToWhatAChartCanShow(double figure) {
    double rounded = Rounding.of(figure);

    assertThat(Math.abs(rounded - figure)).isLessThanOrEqualTo(Math.abs(figure) / 4_096);
    assertThat(rounded).isFinite();
    assertThat(Rounding.of(rounded)).isEqualTo(rounded);
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
    return registry.attach(House.connection());
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
