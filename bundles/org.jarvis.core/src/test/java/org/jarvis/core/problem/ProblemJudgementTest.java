package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.core.problem.ProblemHouse.ADA;
import static org.jarvis.core.problem.ProblemHouse.CLUSTER;
import static org.jarvis.core.problem.ProblemHouse.PVE1;
import static org.jarvis.core.problem.ProblemHouse.PVE2;
import static org.jarvis.core.problem.ProblemHouse.down;
import static org.jarvis.core.problem.ProblemHouse.finding;
import static org.jarvis.core.problem.ProblemHouse.kind;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.RecentTasks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not judged: what is silent, what is planned, and what another problem explains. */
class ProblemJudgementTest {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration STALE = Duration.ofSeconds(31);

  private final ProblemHouse house = new ProblemHouse();
  private final ResourceRef guest = house.guest(101);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void neitherRaisesNorClearsWhatIsStale() {
    ResourceRef other = house.guest(102);
    house.found.add(down(guest));
    house.look();
    house.silent(guest);
    house.silent(other);
    house.found.clear();
    house.found.add(down(other));

    house.lookAfter(STALE);
    assertThat(house.open()).extracting(Problem::subject).containsExactly(guest);

    house.silentSince.clear();
    house.look();
    assertThat(house.open()).extracting(Problem::subject).containsExactly(other);
  }

  @Test
  void countsNoTimeInWhichNobodyKnows() {
    house.watchFor(kind("guest-down").after(60, 0));
    house.found.add(down(guest));
    house.look();
    house.lookAfter(Duration.ofSeconds(20));
    house.silent(guest);
    house.lookAfter(STALE);
    house.lookAfter(Duration.ofHours(1));
    house.silentSince.clear();

    house.lookAfter(STEP);
    assertThat(house.open()).isEmpty();

    house.lookAfter(Duration.ofSeconds(40));
    assertThat(house.open()).hasSize(1);
  }

  @Test
  void neitherRaisesNorClearsWhileAnAspectIsUnknown() {
    house.watchFor(kind("guest-down").needs(Aspect.TASKS));
    house.found.add(down(guest));
    house.look();
    assertThat(house.open()).isEmpty();

    house.know(CLUSTER, new RecentTasks(List.of()));
    house.look();
    assertThat(house.open()).hasSize(1);

    house.found.clear();
    house.lookAfter(STALE);
    assertThat(house.open()).hasSize(1);

    house.know(CLUSTER, new RecentTasks(List.of()));
    house.look();
    assertThat(house.open()).isEmpty();
  }

  @Test
  void tellsOfADeadNodeOnce() {
    house.watchFor(kind("guest-down"), kind("node-offline").after(10, 0), kind("disk-failing"));
    house.found.add(down(guest));
    house.look();
    house.nodes.put(new NodeName("pve1"), Node.Status.OFFLINE);
    house.found.clear();
    house.found.add(finding("node-offline", PVE1, "").affecting(List.of(guest)));
    house.found.add(finding("disk-failing", PVE1, "/dev/sda"));
    for (int i = 200; i < 230; i++) {
      house.found.add(down(house.guest(i)));
    }

    house.lookAfter(STEP);
    house.lookAfter(Duration.ofSeconds(10));

    assertThat(house.open())
        .extracting(problem -> problem.kind().id())
        .containsExactlyInAnyOrder("guest-down", "node-offline");
    assertThat(house.problems().of(guest)).hasSize(2);
  }

  @Test
  void tellsOfAClusterThatIsSilentAndEndsNothingThen() {
    house.watchFor(kind("guest-down"), kind("unreachable"), kind("quorum-lost"));
    house.found.add(down(guest));
    house.found.add(finding("quorum-lost", CLUSTER, ""));
    house.look();
    house.connection = Cluster.Connection.FAILING;
    house.found.clear();
    house.found.add(finding("unreachable", CLUSTER, ""));

    house.lookAfter(STEP);
    assertThat(house.open())
        .extracting(problem -> problem.kind().id())
        .containsExactlyInAnyOrder("guest-down", "quorum-lost", "unreachable");

    house.connection = Cluster.Connection.LIVE;
    house.found.clear();
    house.lookAfter(STEP);
    assertThat(house.open()).isEmpty();
  }

  @Test
  void tellsOfANodeThatIsSilentButOfNothingElseOfIt() {
    house.watchFor(kind("node-silent"), kind("cpu-high").after(600, 0));
    house.found.add(finding("cpu-high", PVE2, ""));
    house.look();
    house.silent(PVE2);
    house.found.add(finding("node-silent", PVE2, ""));

    house.lookAfter(STALE);
    house.lookAfter(Duration.ofHours(1));

    assertThat(house.only().kind().id()).isEqualTo("node-silent");
  }

  @Test
  void doesNotRaiseWhatAnotherExplains() {
    house.watchFor(kind("guest-down"), kind("node-offline").after(60, 0));
    house.found.add(finding("node-offline", PVE2, ""));
    house.found.add(down(guest).because(finding("node-offline", PVE2, "").identity()));
    house.look();
    house.lookAfter(Duration.ofSeconds(60));
    assertThat(house.only().kind().id()).isEqualTo("node-offline");

    house.found.removeIf(found -> found.kind().equals("node-offline"));
    house.lookAfter(STEP);
    house.lookAfter(STEP);

    assertThat(house.only().subject()).isEqualTo(guest);
  }

  @Test
  void raisesBothWhereTwoExplainEachOther() {
    ResourceRef other = house.guest(102);
    house.found.add(down(guest).because(down(other).identity()));
    house.found.add(down(other).because(down(guest).identity()));

    house.look();

    assertThat(house.open()).hasSize(2);
  }

  @Test
  void keepsBothOfTwoCausesAtOnce() {
    house.watchFor(kind("guest-down"), kind("node-offline"), kind("storage-gone"));
    house.found.add(finding("node-offline", PVE2, ""));
    house.found.add(finding("storage-gone", PVE1, "nas"));
    house.found.add(down(guest).because(finding("storage-gone", PVE1, "nas").identity()));
    house.look();
    assertThat(house.open())
        .extracting(problem -> problem.kind().id())
        .containsExactlyInAnyOrder("node-offline", "storage-gone");
  }

  @Test
  void raisesNothingNewOfANodeThatIsBeingWorkedOn() {
    house.watchFor(kind("guest-down"), kind("node-offline"));
    ResourceRef elsewhere = house.guest(102, "pve2");
    house.found.add(down(guest));
    house.look();
    house.problems().maintain(PVE1, house.clock.instant().plusSeconds(600), "new disk", ADA);
    house.found.add(finding("node-offline", PVE1, ""));
    house.found.add(down(house.guest(103)));
    house.found.add(down(elsewhere));

    house.lookAfter(STEP);
    assertThat(house.open())
        .extracting(Problem::subject)
        .containsExactlyInAnyOrder(guest, elsewhere);

    house.lookAfter(Duration.ofMinutes(10));
    assertThat(house.open()).hasSize(4);
    assertThat(house.told()).contains("maintenance.began", "maintenance.ended");
    assertThat(house.settings.audit())
        .extracting(entry -> entry.activity())
        .contains("maintenance.began");
  }

  @Test
  void remembersMaintenanceAcrossARestart() {
    house.problems().maintain(PVE1, house.clock.instant().plusSeconds(600), "new disk", ADA);
    house.restartWithDetector();
    house.found.add(down(guest));

    house.lookAfter(STEP);

    assertThat(house.open()).isEmpty();
    assertThat(house.problems().maintained()).hasSize(1);
    house.problems().endMaintenance(PVE1, ADA);
    house.lookAfter(STEP);
    assertThat(house.open()).hasSize(1);
  }
}
