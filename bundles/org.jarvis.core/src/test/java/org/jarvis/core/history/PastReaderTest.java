package org.jarvis.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Past;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.state.House;
import org.junit.jupiter.api.Test;

class PastReaderTest {
  private static final String NODE = "pve:home:node:atlas";
  private static final String GUEST = "pve:home:guest:101";
  private static final String STORAGE = "pve:home:storage:atlas:local-zfs";

  private final SteppingClock clock = new SteppingClock();
  private final ClusterStates states =
      new ClusterStates(clock, new Connections(), Runnable::run, event -> {});
  private final ServiceSlot<MetricStore> slot = new ServiceSlot<>("No storage.");
  private final MemoryPasts store = new MemoryPasts();
  private final Cluster cluster = new Cluster();
  private final PastReader reader = new PastReader(clock, states, cluster, slot);
  private final Attachment line = states.attach(House.connection());

  @Test
  void fetchesThePastOfEverythingOnce() {
    slot.fill(store);
    see(guest(101));

    steps(40);

    assertThat(cluster.asked)
        .containsExactly(
            NODE + " day",
            NODE + " month",
            NODE + " year",
            GUEST + " day",
            GUEST + " month",
            GUEST + " year",
            STORAGE + " day",
            STORAGE + " month",
            STORAGE + " year");
    assertThat(store.pasts.keySet()).containsExactlyInAnyOrder(NODE, GUEST + "#first", STORAGE);
    assertThat(store.pasts.get(GUEST + "#first"))
        .extracting(Past::figure)
        .contains("cpu", "memory", "netIn", "diskWritten")
        .doesNotContain("mem", "maxcpu");
    assertThat(store.pasts.get(STORAGE)).extracting(Past::figure).containsOnly("disk");
  }

  @Test
  void makesOneRequestAtATime() {
    slot.fill(store);
    see(guest(101));

    reader.step();

    assertThat(cluster.asked).hasSize(1);
  }

  @Test
  void asksForTheLastHourWhereADayIsCoarse() {
    slot.fill(store);
    cluster.step = Duration.ofMinutes(30);
    see();

    steps(4);

    assertThat(cluster.asked)
        .containsExactly(NODE + " day", NODE + " hour", NODE + " month", NODE + " year");
    assertThat(store.pasts.get(NODE))
        .filteredOn(past -> past.figure().equals("cpu"))
        .extracting(Past::step)
        .contains(Duration.ofMinutes(30));
  }

  @Test
  void asksForNothingThatIsThere() {
    slot.fill(store);
    store.pasts.put(NODE, List.of());
    store.pasts.put(STORAGE, List.of());
    store.pasts.put(GUEST + "#first", List.of());
    see(guest(101));

    steps(10);

    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void fetchesNoPastOfAGuestThatWasMadeWhileJarvisWatched() {
    slot.fill(store);
    see();
    clock.advance(Duration.ofSeconds(10));
    see(guest(101));

    steps(20);

    assertThat(cluster.asked).noneMatch(asked -> asked.startsWith(GUEST));
    assertThat(store.pasts).containsOnlyKeys(NODE, STORAGE);
  }

  @Test
  void waitsWhereNothingMayBeRead() {
    slot.fill(store);
    see();
    cluster.busy = true;
    steps(5);
    assertThat(store.pasts).isEmpty();

    cluster.busy = false;
    steps(10);

    assertThat(store.pasts).containsOnlyKeys(NODE, STORAGE);
  }

  @Test
  void triesAgainLaterWhenTheClusterDoesNotAnswer() {
    slot.fill(store);
    see();
    cluster.failure = ErrorCode.UNREACHABLE;
    steps(20);
    assertThat(cluster.asked).hasSize(1);
    assertThat(store.pasts).isEmpty();

    cluster.failure = null;
    clock.advance(Duration.ofMinutes(5));
    see();
    steps(10);

    assertThat(store.pasts).containsOnlyKeys(NODE, STORAGE);
  }

  @Test
  void leavesOutWhatTheClusterRefuses() {
    slot.fill(store);
    see();
    cluster.failure = ErrorCode.PRIVILEGE_MISSING;

    steps(20);

    assertThat(cluster.asked).containsExactly(NODE + " day", STORAGE + " day");
    assertThat(store.pasts).isEmpty();
  }

  @Test
  void takesAnEmptyPastForAnAnswer() {
    slot.fill(store);
    cluster.points = 0;
    see();

    steps(20);

    assertThat(store.pasts).containsOnlyKeys(NODE, STORAGE);
    assertThat(store.pasts.get(NODE)).isEmpty();
    assertThat(cluster.asked).hasSize(6);
  }

  @Test
  void doesNothingWithoutAStoreOrACluster() {
    see();
    steps(2);
    assertThat(cluster.asked).isEmpty();

    slot.fill(store);
    line.failed(ErrorCode.UNREACHABLE, "No route to host.");
    steps(2);

    assertThat(cluster.asked).isEmpty();
  }

  private void see(Guest... guests) {
    line.observed(House.seen(clock.instant(), guests));
  }

  private Guest guest(int id) {
    return House.guest(clock.instant(), id, Guest.Status.RUNNING);
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      reader.step();
      clock.advance(PastReader.PACE);
    }
  }

  private final class Cluster implements PastReader.Source {
    private final List<String> asked = new ArrayList<>();
    private Duration step = Duration.ofMinutes(1);
    private int points = 5;
    private boolean busy;
    private ErrorCode failure;

    @Override
    public Optional<RecordedCourse> course(ResourceRef resource, Timeframe timeframe) {
      if (busy) {
        return Optional.empty();
      }
      asked.add(resource + " " + timeframe.word());
      if (failure != null) {
        throw new JarvisException(failure, "Not now.");
      }
      List<RecordedCourse.Point> course = new ArrayList<>();
      for (int i = 0; i < points; i++) {
        Map<String, Double> figures = new HashMap<>();
        for (String name :
            List.of("cpu", "mem", "memused", "netin", "diskwrite", "used", "maxcpu")) {
          figures.put(name, i == 2 ? Double.NaN : i);
        }
        Instant at = clock.instant().minus(step.multipliedBy(points - i));
        course.add(new RecordedCourse.Point(at, i == 3 ? Map.of() : figures));
      }
      return Optional.of(new RecordedCourse(resource, timeframe, course));
    }
  }

  private static final class MemoryPasts implements MetricStore {
    private final Map<String, List<Past>> pasts = new TreeMap<>();

    @Override
    public void append(List<Sample> samples) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean knowsPast(String subject) {
      return pasts.containsKey(subject);
    }

    @Override
    public void addPast(String subject, Instant at, List<Past> more) {
      assertThat(pasts.put(subject, more)).as("the past of %s", subject).isNull();
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
