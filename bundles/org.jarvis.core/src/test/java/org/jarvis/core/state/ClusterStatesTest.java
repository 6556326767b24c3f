package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class ClusterStatesTest {
  private static final ClusterId CABIN = new ClusterId("cabin");
  private static final ClusterId LAB = new ClusterId("lab");

  private final SteppingClock clock = new SteppingClock();
  private final List<Event> events = new ArrayList<>();
  private final Connections connections = new Connections();
  private final ClusterStates states =
      new ClusterStates(clock, connections, Runnable::run, events::add);

  @Test
  void expectsAClusterFromTheMomentItsConnectorAttaches() {
    states.attach(House.connection());

    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.CONNECTING);
  }

  @Test
  void refusesASecondClusterOfTheSameName() {
    states.attach(House.connection());

    assertThatThrownBy(() -> states.attach(House.connection()))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void keepsWhatItKnewAndItsAgeWhileReadingFails() {
    Attachment line = states.attach(House.connection());
    line.observed(observation(guest(101, Guest.Status.RUNNING)));
    clock.advance(Duration.ofMinutes(1));

    line.failed(ErrorCode.UNREACHABLE, "No route to host.");

    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.FAILING);
    assertThat(cluster().reason()).isEqualTo("No route to host.");
    assertThat(find(101).observation().staleAt(clock.instant())).isTrue();
  }

  @Test
  void saysWhyItIsNotKnownWhetherAClusterHasQuorum() {
    Attachment line = states.attach(House.connection());
    ClusterObservation seen = observation(guest(101, Guest.Status.RUNNING));

    line.observed(
        new ClusterObservation(
            seen.at(),
            seen.clusterName(),
            seen.version(),
            null,
            null,
            null,
            "atlas: does not have the call /cluster/status.",
            seen.nodes(),
            seen.guests(),
            seen.storages(),
            seen.counters(),
            Set.of(),
            List.of()));

    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.LIVE);
    assertThat(cluster().reason())
        .isEqualTo(
            "Whether it has quorum is not known: atlas: does not have the call /cluster/status.");
    line.observed(seen);
    assertThat(cluster().reason()).isNull();
  }

  @Test
  void keepsAClusterWhoseConnectorLeavesAndTakesItUpAgain() {
    Attachment line = states.attach(House.connection());
    line.observed(observation(guest(101, Guest.Status.RUNNING)));

    line.detach(DetachReason.CONNECTOR_LEAVING);

    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.MISSING);
    assertThat(find(101)).isNotNull();
    assertThatThrownBy(() -> connections.require(House.ID)).isInstanceOf(JarvisException.class);

    Attachment again = states.attach(House.connection());
    again.observed(observation(guest(101, Guest.Status.RUNNING)));
    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.LIVE);
  }

  @Test
  void forgetsAClusterWhoseConfigurationIsRemoved() {
    Attachment line = states.attach(House.connection());

    line.detach(DetachReason.CONFIGURATION_REMOVED);

    assertThat(states.clusters()).isEmpty();
  }

  @Test
  void forgetsTheFormerNameOfAClusterThatItsConfigurationRenames() {
    states.attach(House.connection(CABIN, "proxmox~cabin")).detach(DetachReason.CONNECTOR_LEAVING);
    states.attach(House.connection()).detach(DetachReason.CONFIGURATION_CHANGED);
    assertThat(cluster().reason()).contains("configuration was changed");

    states.attach(House.connection(LAB, House.CONFIGURATION));

    assertThat(ids()).containsExactly(CABIN, LAB);
  }

  @Test
  void givesAClusterTheReasonWhyItsConfigurationIsUnusableUntilItIsMended() {
    Attachment line = states.attach(House.connection());
    line.observed(observation(guest(101, Guest.Status.RUNNING)));
    states.unusable(House.CONFIGURATION, "of no concern: it is attached");
    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.LIVE);
    line.detach(DetachReason.CONFIGURATION_CHANGED);

    states.unusable("proxmox~cabin", "another's");
    states.unusable(House.CONFIGURATION, "etc/home.cfg: the key addresses needs one.");

    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.MISSING);
    assertThat(cluster().reason()).isEqualTo("etc/home.cfg: the key addresses needs one.");
    assertThat(find(101)).isNotNull();

    states.attach(House.connection());
    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.CONNECTING);
    assertThat(find(101)).isNotNull();
  }

  @Test
  void forgetsAClusterWhoseConfigurationIsDeletedWhileNoConnectorSpeaksForIt() {
    states.attach(House.connection(CABIN, "proxmox~cabin"));
    states.attach(House.connection()).detach(DetachReason.CONNECTOR_LEAVING);

    states.configurationDeleted(House.CONFIGURATION);
    // Heard late: it is there again.
    states.configurationDeleted("proxmox~cabin");

    assertThat(ids()).containsExactly(CABIN);
  }

  @Test
  void showsAClusterWhoseConfigurationWasUnusableFromTheStart() {
    states.unusable(House.CONFIGURATION, "etc/home.cfg: the key addresses needs one.");

    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.MISSING);
    assertThat(cluster().status()).isEqualTo(Cluster.Status.UNREACHABLE);
    assertThat(cluster().reason()).isEqualTo("etc/home.cfg: the key addresses needs one.");
    assertThat(cluster().whereabouts()).isEqualTo(new Whereabouts.Unknown());

    states.unusable(House.CONFIGURATION, "etc/home.cfg: the key token is missing.");
    assertThat(cluster().reason()).isEqualTo("etc/home.cfg: the key token is missing.");
    states.attach(House.connection(LAB, House.CONFIGURATION));
    assertThat(ids()).as("mended, it names its cluster otherwise").containsExactly(LAB);
  }

  @Test
  void showsNothingOfAnUnusableConfigurationThatNamesNoClusterOrOneThatIsThere() {
    states.attach(House.connection());

    states.unusable("proxmox~" + House.ID.value().toUpperCase(java.util.Locale.ROOT), "wrong");
    states.unusable("org.jarvis.connector.proxmox", "wrong");
    states.unusable("other~" + House.ID, "the cluster name home is taken");

    assertThat(ids()).containsExactly(House.ID);
    assertThat(cluster().connection()).isEqualTo(Cluster.Connection.CONNECTING);
  }

  @Test
  void forgetsAnUnusableConfigurationThatIsDeleted() {
    states.unusable(House.CONFIGURATION, "wrong");

    states.configurationDeleted(House.CONFIGURATION);

    assertThat(ids()).isEmpty();
  }

  @Test
  void knowsTheGuestsAgainOfAClusterWhoseFileComesBackUnderAnotherName() {
    Attachment line = states.attach(House.connection());
    line.observed(observation());
    line.observed(observation(guest(101, Guest.Status.RUNNING)));
    Incarnation life = life(101);
    line.detach(DetachReason.CONFIGURATION_REMOVED);
    assertThat(ids()).isEmpty();

    Attachment again = states.attach(House.connection(House.ID, "proxmox~house"));
    again.observed(observation(guest(101, Guest.Status.RUNNING)));

    assertThat(life(101)).isEqualTo(life);
  }

  @Test
  void takesNoGuestOfAnotherClusterForOneThatHadItsNumber() {
    Attachment line = states.attach(House.connection());
    line.observed(observation(guest(101, Guest.Status.RUNNING)));
    Incarnation life = life(101);
    line.detach(DetachReason.CONFIGURATION_CHANGED);

    ClusterObservation seen = observation(guest(101, Guest.Status.RUNNING));
    states
        .attach(House.connection())
        .observed(
            new ClusterObservation(
                seen.at(),
                "cabin",
                seen.version(),
                true,
                1,
                1,
                List.of(RecordFields.with(seen.nodes().get(0), "node", new NodeName("boreas"))),
                seen.guests(),
                seen.storages(),
                List.of()));

    assertThat(life(101)).isNotEqualTo(life);
  }

  @Test
  void ignoresWhatADetachedConnectorStillSays() {
    Attachment line = states.attach(House.connection());
    line.detach(DetachReason.CONNECTOR_LEAVING);

    line.observed(observation(guest(101, Guest.Status.RUNNING)));

    assertThat(states.find(guest(101, Guest.Status.RUNNING).ref())).isEmpty();
  }

  @Test
  void tellsWhatChangedButNotWhatItFoundAtFirst() {
    Attachment line = states.attach(House.connection());
    line.observed(observation(guest(101, Guest.Status.STOPPED), guest(102, Guest.Status.RUNNING)));
    events.clear();

    line.observed(observation(guest(101, Guest.Status.RUNNING), guest(103, Guest.Status.STOPPED)));

    assertThat(events)
        .extracting(Event::summary)
        .containsExactly(
            "web (VM 101) was stopped, is running.",
            "web (VM 102) was running, is absent: deleted, and no task tells by whom.",
            "web (VM 103) was absent, is stopped.");
  }

  @Test
  void doesNotFallBackToAnOlderReadingOfOneGuest() {
    Attachment line = states.attach(House.connection());
    line.observed(observation(guest(101, Guest.Status.STOPPED)));
    ClusterObservation older = observation(guest(101, Guest.Status.STOPPED));
    clock.advance(Duration.ofSeconds(1));

    states.absorb(new GuestReading(guest(101, Guest.Status.RUNNING), "", ""));
    line.observed(older);

    assertThat(find(101).statusWord()).isEqualTo("running");
  }

  @Test
  void goesOnWhenAListenerFails() {
    List<Integer> heard = new ArrayList<>();
    states.subscribe(
        clusters -> {
          throw new IllegalStateException("out of order");
        });
    states.subscribe(clusters -> heard.add(clusters.size()));

    states.attach(House.connection());

    assertThat(heard).containsExactly(0, 1);
  }

  private List<ClusterId> ids() {
    return states.clusters().stream().map(snapshot -> snapshot.cluster().id()).toList();
  }

  private Incarnation life(int id) {
    return states.cluster(House.ID).orElseThrow().incarnations().get(new GuestId(id));
  }

  private Cluster cluster() {
    return states.cluster(House.ID).orElseThrow().cluster();
  }

  private Guest find(int id) {
    return states.cluster(House.ID).orElseThrow().guests().get(new GuestId(id));
  }

  private ClusterObservation observation(Guest... guests) {
    return House.seen(clock.instant(), guests);
  }

  private Guest guest(int id, Guest.Status status) {
    return House.guest(clock.instant(), id, status);
  }
}
