package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class SnapshotKeeperTest {
  private final SteppingClock clock = new SteppingClock();
  private final MemorySnapshots kept = new MemorySnapshots();
  private final Life before = new Life();

  @Test
  void showsAfterARestartWhatWasLastSeenWithItsAge() {
    before
        .attach()
        .observed(
            House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();
    clock.advance(Duration.ofHours(8));

    Life after = new Life();
    after.keeper.restore();
    assertThat(after.states.clusters()).as("before any connector speaks for it").isEmpty();
    after.attach();

    ClusterSnapshot snapshot = after.home();
    assertThat(snapshot.cluster().connection()).isEqualTo(Cluster.Connection.CONNECTING);
    assertThat(snapshot.cluster().whereabouts()).isEqualTo(new Whereabouts.Outside());
    assertThat(snapshot.guests()).isEqualTo(before.home().guests());
    assertThat(snapshot.nodes()).isEqualTo(before.home().nodes());
    assertThat(snapshot.storages()).isEqualTo(before.home().storages());
    assertThat(snapshot.resources())
        .allMatch(resource -> resource.observation().staleAt(clock.instant()));
  }

  @Test
  void tellsWhatChangedWhileJarvisWasAway() {
    before
        .attach()
        .observed(
            House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();
    Life after = new Life();
    Attachment line = after.attach();
    after.keeper.restore();

    clock.advance(Duration.ofHours(1));
    line.observed(
        House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.STOPPED)));

    assertThat(after.events)
        .extracting(Event::summary)
        .contains(
            "web (VM 101) was running, is stopped: unexplained: the cluster's tasks cannot be"
                + " read.");
  }

  @Test
  void doesNotPutThePastOverWhatWasReadAlready() {
    before
        .attach()
        .observed(
            House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();
    Life after = new Life();
    after
        .attach()
        .observed(
            House.seen(clock.instant(), House.guest(clock.instant(), 102, Guest.Status.STOPPED)));

    after.keeper.restore();

    assertThat(after.home().guests().values())
        .extracting(Guest::label)
        .containsExactly("web (VM 102)");
  }

  @Test
  void tellsWhatChangedAlsoWhereTheFirstReadingWasFaster() {
    before
        .attach()
        .observed(
            House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();
    Life after = new Life();
    after
        .attach()
        .observed(
            House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.STOPPED)));

    after.keeper.restore();
    after.keeper.restore();

    assertThat(after.events)
        .extracting(Event::summary)
        .filteredOn(summary -> summary.contains("VM 101"))
        .containsExactly(
            "web (VM 101) was running, is stopped: unexplained: the cluster's tasks cannot be"
                + " read.");
  }

  @Test
  void knowsAfterARestartWhichGuestsAreStillTheSame() {
    Attachment line = before.attach();
    line.observed(House.seen(clock.instant(), guest(101)));
    line.observed(House.seen(clock.instant(), guest(101), guest(102), guest(103)));
    before.keeper.keep();
    clock.advance(Duration.ofHours(8));

    Life after = new Life();
    after.keeper.restore();
    Attachment again = after.attach();
    again.detailed(ResourceRef.cluster(House.ID), deleted(103, Duration.ofHours(4)));
    again.observed(House.seen(clock.instant(), guest(101), guest(102), guest(103)));

    assertThat(after.life(101)).isEqualTo(before.life(101));
    assertThat(after.life(102)).isEqualTo(before.life(102));
    assertThat(after.life(103))
        .as("deleted and made anew while Jarvis was away")
        .isNotEqualTo(before.life(103));
    assertThat(after.events).extracting(Event::type).contains("guest.replaced");
  }

  @Test
  void knowsWhichGuestsAreTheSameAlsoWhereTheFirstReadingWasFaster() {
    Attachment line = before.attach();
    line.observed(House.seen(clock.instant(), guest(101)));
    line.observed(House.seen(clock.instant(), guest(101), guest(102)));
    line.detailed(
        guest(102).ref(),
        AspectState.failed(Aspect.AGENT, ErrorCode.NOT_PRESENT, "No agent.", clock.instant()));
    before.keeper.keep();
    Life after = new Life();
    after.attach().observed(House.seen(clock.instant(), guest(101), guest(102)));

    after.keeper.restore();

    assertThat(after.life(102)).isEqualTo(before.life(102));
    assertThat(after.home().details()).isEqualTo(before.home().details());
    assertThat(after.events).extracting(Event::type).doesNotContain("guest.replaced");
  }

  @Test
  void keepsALargeClusterLessOften() {
    Guest[] many = IntStream.range(100, 6_100).mapToObj(this::guest).toArray(Guest[]::new);
    Attachment line = before.attach();
    for (int minute = 0; minute < 2; minute++) {
      line.observed(House.seen(clock.instant(), many));
      before.keeper.keep();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(kept.writes).isEqualTo(1);

    before.keeper.keepLast();

    assertThat(kept.writes).isEqualTo(2);
  }

  private Guest guest(int id) {
    return House.guest(clock.instant(), id, Guest.Status.RUNNING);
  }

  private AspectState deleted(int id, Duration ago) {
    Instant at = clock.instant().minus(ago);
    return AspectState.read(
        new RecentTasks(
            List.of(
                new TaskState(
                    new TaskId(new NodeName("atlas"), "UPID:atlas:1"),
                    "qmdestroy",
                    Integer.toString(id),
                    "anna@pam",
                    at,
                    at,
                    "OK"))),
        new Observation("pve:home", clock.instant(), House.INTERVAL));
  }

  @Test
  void forgetsAClusterThatNobodySpokeForInAMonth() {
    before.attach().observed(House.seen(clock.instant()));
    before.keeper.keep();
    clock.advance(Duration.ofDays(31));

    new Life().keeper.restore();

    assertThat(kept.all()).isEmpty();
  }

  @Test
  void keepsNothingThatIsOldAlready() {
    Attachment line = before.attach();
    line.observed(
        House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();
    before.keeper.keep();
    line.failed(ErrorCode.UNREACHABLE, "No route to host.");
    before.keeper.keep();

    assertThat(kept.writes).isEqualTo(1);
  }

  @Test
  void remembersAClusterWhoseConfigurationIsRemovedForAMonth() {
    Attachment line = before.attach();
    line.observed(
        House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();

    line.detach(DetachReason.CONFIGURATION_REMOVED);
    before.keeper.keep();

    clock.advance(Duration.ofDays(29));
    Life after = new Life();
    after.keeper.restore();
    assertThat(after.states.clusters()).as("nothing is shown of it").isEmpty();
    after.attach();
    assertThat(after.home().guests()).isNotEmpty();
    clock.advance(Duration.ofDays(2));
    new Life().keeper.restore();
    assertThat(kept.all()).isEmpty();
  }

  @Test
  void startsAfreshWhereWhatIsKeptCannotBeRead() {
    kept.put(new SnapshotStore.StoredSnapshot("home", clock.instant(), "{\"cluster\":7}"));
    Life after = new Life();

    after.keeper.restore();
    after.attach();

    assertThat(after.home().guests()).isEmpty();
  }

  /** One life of Jarvis: what is not in the store is forgotten with it. */
  private final class Life {
    private final List<Event> events = new ArrayList<>();
    private final ClusterStates states =
        new ClusterStates(clock, new Connections(), Runnable::run, events::add);
    private final SnapshotKeeper keeper;

    Life() {
      ServiceSlot<SnapshotStore> slot = new ServiceSlot<>("none");
      slot.fill(kept);
      this.keeper = new SnapshotKeeper(clock, states, slot);
    }

    Attachment attach() {
      return states.attach(House.connection());
    }

    Incarnation life(int id) {
      return home().incarnations().get(new GuestId(id));
    }

    ClusterSnapshot home() {
      return states.cluster(House.ID).orElseThrow();
    }
  }

  private static final class MemorySnapshots implements SnapshotStore {
    private final Map<String, StoredSnapshot> byCluster = new LinkedHashMap<>();
    private int writes;

    @Override
    public List<StoredSnapshot> all() {
      return List.copyOf(byCluster.values());
    }

    @Override
    public void put(StoredSnapshot snapshot) {
      writes++;
      byCluster.put(snapshot.cluster(), snapshot);
    }

    @Override
    public void remove(String cluster) {
      byCluster.remove(cluster);
    }
  }
}
