package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Whereabouts;
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
        .contains("web (VM 101) was running, is stopped.");
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
        .containsExactly("web (VM 101) was running, is stopped.");
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
  void forgetsAClusterWhoseConfigurationIsRemoved() {
    Attachment line = before.attach();
    line.observed(
        House.seen(clock.instant(), House.guest(clock.instant(), 101, Guest.Status.RUNNING)));
    before.keeper.keep();

    line.detach(DetachReason.CONFIGURATION_REMOVED);
    before.keeper.keep();

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
