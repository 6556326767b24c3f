package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.core.SteppingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Details, incarnations and events, as a connector's reports bring them about. */
class LivingClusterTest {
  private static final NodeName ATLAS = new NodeName("atlas");
  private static final ResourceRef CLUSTER = ResourceRef.cluster(House.ID);
  private static final ResourceRef NODE = ResourceRef.node(House.ID, ATLAS);
  private static final ResourceRef WEB = ResourceRef.guest(House.ID, new GuestId(101));

  private final SteppingClock clock = new SteppingClock();
  private final List<Event> events = new ArrayList<>();
  private final ClusterStates states =
      new ClusterStates(clock, new Connections(), Runnable::run, events::add);
  private final Journal journal = new Journal();
  private final Attachment line = states.attach(House.connection(journal.reader()));

  private Guest guest() {
    return home().guests().values().iterator().next();
  }

  // Details

  @Test
  void keepsDetailsFromReadingToReading() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    AspectState known = detail(Aspect.CONFIGURATION);

    pass(10);
    see(running());

    assertThat(detail(Aspect.CONFIGURATION)).isSameAs(known);
  }

  @Test
  void touchesNothingButTheDetailsWithADetail() {
    see(running(), House.guest(clock.instant(), 102, Guest.Status.RUNNING));
    line.detailed(NODE, read(new NodeServices(List.of())));
    ClusterSnapshot before = home();

    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));

    ClusterSnapshot after = home();
    assertThat(after.guests()).isSameAs(before.guests());
    assertThat(after.nodes()).isSameAs(before.nodes());
    assertThat(after.storages()).isSameAs(before.storages());
    assertThat(after.incarnations()).isSameAs(before.incarnations());
    assertThat(after.details().get(NODE)).isSameAs(before.details().get(NODE));
  }

  @Test
  void keepsTheObjectOfWhatWasReadAgainWithoutADifference() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    Detail first = detail(Aspect.CONFIGURATION).detail();
    pass(60);

    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));

    assertThat(detail(Aspect.CONFIGURATION).detail()).isSameAs(first);
    assertThat(detail(Aspect.CONFIGURATION).observation()).isEqualTo(observed());
  }

  @Test
  void keepsWhatWasReadWhenItCannotBeReadAnyMore() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));

    line.detailed(
        WEB,
        AspectState.failed(
            Aspect.CONFIGURATION, ErrorCode.PRIVILEGE_MISSING, "VM.Audit.", clock.instant()));

    assertThat(detail(Aspect.CONFIGURATION).detail()).isNotNull();
    assertThat(detail(Aspect.CONFIGURATION).failure()).isNotNull();
  }

  @Test
  void knowsWhatIsLeftOutOfADetailAlsoWhenTheRestIsAsBefore() {
    see(running());
    Detail known = configuration("d1", "g1", Map.of());
    line.detailed(WEB, read(known));
    pass(60);
    line.detailed(
        WEB,
        AspectState.readPartly(
            configuration("d1", "g1", Map.of()), observed(), "A part is not told."));

    assertThat(detail(Aspect.CONFIGURATION).detail()).isSameAs(known);
    assertThat(detail(Aspect.CONFIGURATION).incomplete()).isEqualTo("A part is not told.");

    line.detailed(
        WEB,
        AspectState.failed(Aspect.CONFIGURATION, ErrorCode.TIMED_OUT, "Late.", clock.instant()));
    assertThat(detail(Aspect.CONFIGURATION).incomplete()).isEqualTo("A part is not told.");

    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    assertThat(detail(Aspect.CONFIGURATION).incomplete()).isNull();
  }

  @Test
  void dropsTheDetailsOfWhatVanishes() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    line.detailed(NODE, read(new NodeServices(List.of())));

    see();

    assertThat(home().details()).containsOnlyKeys(NODE);
    assertThat(home().incarnations()).isEmpty();
  }

  @Test
  void keepsWhatASilentNodeDoesNotTellOfItsGuests() {
    see(running());
    Guest known = guest();
    pass(10);

    see(
        new Guest(
            House.ID,
            known.id(),
            known.type(),
            known.id().toString(),
            ATLAS,
            Guest.Status.UNKNOWN,
            false,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            observed()));

    assertThat(guest().name()).isEqualTo("web");
    assertThat(guest().tags()).isEqualTo(known.tags());
    assertThat(guest().memoryTotal()).isEqualTo(known.memoryTotal());
    assertThat(guest().memoryUsed()).isNull();
    assertThat(guest().observation()).isEqualTo(observed());
    assertThat(events.stream().map(Event::type)).doesNotContain("guest.renamed", "guest.tags");
  }

  @Test
  void ignoresDetailsOfWhatIsNotThereOrHasNoSuchAspect() {
    see();
    ClusterSnapshot before = home();

    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    line.detailed(NODE, read(configuration("d1", "g1", Map.of())));

    assertThat(home()).isSameAs(before);
  }

  @Test
  void keepsDetailsWhileReadingFailsAndTheConnectorIsReplaced() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    Incarnation life = life();

    line.failed(ErrorCode.UNREACHABLE, "No answer.");
    line.detach(Attachment.DetachReason.CONNECTOR_LEAVING);
    states.attach(House.connection(journal.reader()));

    assertThat(detail(Aspect.CONFIGURATION)).isNotNull();
    assertThat(life()).isEqualTo(life);
  }

  // Incarnations

  @Test
  void isTheSameGuestWhenItMovesIsRenamedOrEdited() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    Incarnation life = life();

    see(
        RecordFields.with(
            RecordFields.with(running(), "node", new NodeName("boreas")), "name", "shop"));
    line.detailed(WEB, read(configuration("d2", "g1", Map.of("memory", "4096"))));

    assertThat(life()).isEqualTo(life);
  }

  @Test
  void isAnotherGuestWhenItWasAbsent() {
    see(running());
    Incarnation life = life();
    see();
    see(running());

    assertThat(life()).isNotEqualTo(life);
  }

  @Test
  void isAnotherGuestWhenItsTypeChanged() {
    see(running());
    Incarnation life = life();
    events.clear();

    see(RecordFields.with(running(), "type", GuestType.LXC));

    assertThat(life()).isNotEqualTo(life);
    assertThat(events).hasAtLeastOneElementOfType(Event.GuestReplaced.class);
  }

  @Test
  void isAnotherGuestWhenItsConfigurationWasMadeAtAnotherTime() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    line.detailed(WEB, read(new GuestSnapshots(List.of(), null)));
    Incarnation life = life();
    events.clear();

    line.detailed(WEB, read(configuration("d2", "g2", Map.of("memory", "1"))));

    assertThat(life()).isNotEqualTo(life);
    assertThat(home().details(WEB).all())
        .as("what was known of the former says nothing of this one")
        .containsOnlyKeys(Aspect.CONFIGURATION);
    assertThat(types()).containsExactly("guest.replaced");
  }

  @Test
  void isAnotherGuestWhenAFreshReadingSaysSo() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    Incarnation life = life();

    states.absorb(new GuestReading(running(), "d2", "g2"));

    assertThat(life()).isNotEqualTo(life);
    assertThat(home().details(WEB).all()).isEmpty();
  }

  @Test
  void isAnotherGuestWhenATaskDeletedTheFormerThoughNobodySawItGone() {
    see(running());
    pass(10);
    Incarnation life = life();
    tasks(task("qmdestroy", "101", -6, -5, "OK"), task("qmcreate", "101", -4, -3, "OK"));
    see(running());
    Incarnation anew = life();

    pass(5);
    see(running());
    pass(5);
    see(running());

    assertThat(anew).isNotEqualTo(life);
    assertThat(life()).as("the same deletion begins no further life").isEqualTo(anew);
  }

  @Test
  void beginsOneLifeWhereADeletionWasSeenBothWays() {
    see(running());
    tasks(task("qmdestroy", "101", -2, -1, "OK"));
    see();
    pass(3);
    see(running());
    Incarnation anew = life();
    pass(3);
    see(running());

    assertThat(life()).isEqualTo(anew);
  }

  @Test
  void isTheSameGuestWhenADeletionFailedOrWasOfAnother() {
    see(running());
    pass(10);
    Incarnation life = life();
    tasks(
        task("qmdestroy", "101", -6, -5, "VM 101 is running - destroy failed"),
        task("qmdestroy", "102", -6, -5, "OK"));

    see(running());

    assertThat(life()).isEqualTo(life);
  }

  @Test
  void takesAnEntryThatCouldNotBeReadForNoDeletion() {
    see(running(), House.guest(clock.instant(), 102, Guest.Status.RUNNING));
    line.detailed(WEB, read(configuration("d1", "g1", Map.of())));
    Incarnation life = life();
    Guest known = home().guests().get(new GuestId(101));
    events.clear();

    pass(10);
    seeIncompletely(House.guest(clock.instant(), 102, Guest.Status.RUNNING));

    assertThat(home().guests().get(new GuestId(101))).isSameAs(known);
    assertThat(detail(Aspect.CONFIGURATION)).isNotNull();
    assertThat(life()).isEqualTo(life);
    pass(30);
    seeIncompletely();
    assertThat(home().guests().get(new GuestId(101)).observation().staleAt(clock.instant()))
        .as("it is shown as old as it is")
        .isTrue();
    assertThat(events).isEmpty();
    see(running());
    assertThat(life()).isEqualTo(life);
  }

  @Test
  void showsNotForeverWhatCannotBeReadAnyMore() {
    see(running());

    pass(299);
    seeIncompletely();
    assertThat(home().guests()).isNotEmpty();
    pass(1);
    seeIncompletely();

    assertThat(home().guests()).isEmpty();
    assertThat(types()).contains("guest.changed");
  }

  @Test
  void keepsAMemberThatCouldNotBeReadForADayAndShowsItAsOldAsItIs() {
    see(running());
    Node known = home().nodes().get(new NodeName("atlas"));
    ClusterObservation seen = House.seen(clock.instant(), running());
    Node other = RecordFields.with(seen.nodes().get(0), "node", new NodeName("rhea"));
    line.observed(RecordFields.with(seen, "nodes", List.of(seen.nodes().get(0), other)));

    pass(60 * 60);
    seeWithoutANode(other);
    assertThat(home().nodes().get(new NodeName("atlas"))).isEqualTo(known);
    assertThat(home().nodes().get(new NodeName("atlas")).observation().staleAt(clock.instant()))
        .isTrue();
    assertThat(home().cluster().nodesTotal()).isEqualTo(2);

    pass(24 * 60 * 60);
    seeWithoutANode(other);
    assertThat(home().nodes()).containsOnlyKeys(new NodeName("rhea"));
  }

  @Test
  void aGuestThatWasOffBeforeItsNodeWentHasNotStoppedByBeingOffAgain() {
    see(stopped());
    pass(10);
    see(House.guest(clock.instant(), 101, Guest.Status.UNKNOWN));
    events.clear();
    pass(10);

    see(stopped());

    assertThat(types()).containsExactly("guest.changed");
    assertThat(causes()).containsExactly("none");
    pass(10);
    see(running());
    pass(10);
    events.clear();
    see(House.guest(clock.instant(), 101, Guest.Status.UNKNOWN));
    assertThat(causes()).as("one that ran has stopped").isNotEqualTo(List.of("none"));
  }

  @Test
  void keepsNoGuestThatATaskDeletedThoughSomethingCouldNotBeRead() {
    see(running());
    pass(10);
    tasks(task("qmdestroy", "101", -6, -5, "OK"));

    seeIncompletely();

    assertThat(home().guests()).isEmpty();
  }

  // Events

  @Test
  void tellsEachAttributeThatChanged() {
    see(running());
    events.clear();

    Guest other = RecordFields.with(running(), "node", new NodeName("boreas"));
    other = RecordFields.with(other, "name", "shop");
    other = RecordFields.with(other, "tags", List.of("prod"));
    other = RecordFields.with(other, "lock", "backup");
    other = RecordFields.with(other, "pool", "customers");
    other = RecordFields.with(other, "haState", "started");
    see(other);

    assertThat(events)
        .extracting(event -> event.type() + " | " + event.summary())
        .containsExactly(
            "guest.renamed | shop (VM 101) was renamed: web to shop.",
            "guest.moved | shop (VM 101) moved: atlas to boreas.",
            "guest.tags | shop (VM 101) has other tags: prod, web to prod.",
            "guest.lock | shop (VM 101) has another lock: none to backup.",
            "guest.pool | shop (VM 101) is in another pool: none to customers.",
            "guest.ha | shop (VM 101) has another HA state: none to started.");
  }

  @Test
  void tellsOfQuorumAndVersion() {
    see(running());
    events.clear();

    observe(false, "9.2");
    observe(true, "9.3");

    assertThat(events)
        .extracting(event -> event.type() + " | " + event.summary())
        .containsExactly(
            "cluster.quorum | Cluster home has lost quorum.",
            "cluster.version | Cluster home runs another version of Proxmox VE: 9.2 to 9.3.",
            "cluster.quorum | Cluster home has quorum again.");
  }

  @Test
  void tellsWhichKeysOfAConfigurationChanged() {
    see(running());
    line.detailed(WEB, read(configuration("d1", "g1", Map.of("memory", "1", "cores", "2"))));
    events.clear();

    line.detailed(
        WEB, read(configuration("d2", "g1", Map.of("memory", "2", "cores", "2", "net1", "x"))));
    line.detailed(
        WEB,
        read(
            configuration(
                "d3", "g1", Map.of("memory", "2", "cores", "2", "net1", "x", "lock", "backup"))));

    assertThat(events)
        .extracting(Event::summary)
        .containsExactly("The configuration of web (VM 101) changed: memory, net1.");
  }

  @Test
  void tellsOfSnapshotsMadeAndRemoved() {
    see(running());
    line.detailed(WEB, read(snapshots("before-update")));
    events.clear();

    line.detailed(WEB, read(snapshots("after-update")));

    assertThat(events)
        .extracting(event -> event.type() + " | " + event.summary())
        .containsExactly(
            "guest.snapshot-made | Snapshot after-update of web (VM 101) was made.",
            "guest.snapshot-removed | Snapshot before-update of web (VM 101) was removed.");
  }

  @Test
  void tellsOfServicesThatFail() {
    see(running());
    line.detailed(NODE, read(services("active")));
    events.clear();

    line.detailed(NODE, read(services("activating")));
    line.detailed(NODE, read(services("active")));
    line.detailed(NODE, read(services("failed")));

    assertThat(events)
        .filteredOn(event -> event.summary().contains("failed"))
        .extracting(event -> event.type() + " | " + event.summary())
        .containsExactly("node.service | Service pveproxy of node atlas was active, is failed.");
  }

  @Test
  void tellsOfBackupsAndOfTasksThatFailed() {
    see(running());
    tasks(task("vzdump", "101", -50, null, null), task("qmstart", "101", -90, -89, "no space"));
    events.clear();

    tasks(
        task("vzdump", "101", -50, -1, "OK"),
        task("vzdump", "", -40, -2, "job errors"),
        task("qmclone", "101", -30, -29, "OK"),
        task("imgcopy", "", -20, -10, "disk full"),
        task("qmstart", "101", -90, -89, "no space"));

    assertThat(events)
        .extracting(event -> event.type() + " | " + event.summary())
        .containsExactly(
            "backup.finished | The backup of web (VM 101) by anna@pam finished.",
            "backup.failed | The backup of atlas by anna@pam failed: job errors.",
            "task.failed | Task imgcopy on atlas by anna@pam failed: disk full.");
  }

  @Test
  void tellsNothingOfTasksThatComeBackWithTheirNode() {
    see(running());
    tasks(task("qmstart", "101", -90, -89, "OK"));
    events.clear();

    tasks(
        task("qmstart", "101", -90, -89, "OK"),
        task("vzdump", "", -90_000, -86_400, "OK"),
        task("vzdump", "101", -4000, -3500, "OK"));

    assertThat(events)
        .as("that of yesterday is old, the other may have ended while nobody could see it")
        .extracting(Event::summary)
        .containsExactly("The backup of web (VM 101) by anna@pam finished.");
  }

  @Test
  void tellsNothingOfWhatIsReadForTheFirstTime() {
    see(running());
    events.clear();

    tasks(task("vzdump", "101", -50, -1, "OK"));
    line.detailed(WEB, read(snapshots("before-update")));
    line.detailed(NODE, read(services("failed")));

    assertThat(events).isEmpty();
  }

  // Causes

  @Test
  void tellsWhoStoppedAGuest() {
    see(running());
    pass(10);
    tasks(task("qmstop", "101", -5, -4, "OK"));
    events.clear();

    see(stopped());

    assertThat(causes()).containsExactly("user: stopped by anna@pam (qmstop)");
    assertThat(journal.asked).as("the task list tells, so nobody asks further").isEmpty();
  }

  @Test
  void namesTheActionByWhichJarvisStoppedAGuest() {
    see(running());
    pass(10);
    TaskState task =
        RecordFields.with(task("qmstop", "101", -5, -4, "OK"), "user", "jarvis@pve!operator");
    states.taskBegan(task.id(), "action-7");
    tasks(task);
    events.clear();

    see(stopped());

    Event.StatusChanged told = (Event.StatusChanged) events.get(0);
    assertThat(told.summary())
        .isEqualTo("web (VM 101) was running, is stopped: stopped by Jarvis (qmstop).");
    assertThat(told.cause()).isNotNull().extracting(cause -> cause.action()).isEqualTo("action-7");
  }

  @Test
  void asksNoJournalOfHours() {
    see(running());
    pass(16 * 60);
    tasks();
    journal.lines = List.of();
    events.clear();

    see(stopped());

    assertThat(journal.asked).isEmpty();
    assertThat(causes()).singleElement().asString().startsWith("unexplained: ");
  }

  @Test
  void readsOneJournalAtATime() {
    List<Runnable> later = new ArrayList<>();
    ClusterStates patient = new ClusterStates(clock, new Connections(), later::add, events::add);
    Attachment own = patient.attach(House.connection(journal.reader()));
    journal.lines = List.of();
    own.observed(
        House.seen(
            clock.instant(), running(), House.guest(clock.instant(), 102, Guest.Status.RUNNING)));
    clock.advance(Duration.ofSeconds(10));
    own.observed(
        House.seen(
            clock.instant(), stopped(), House.guest(clock.instant(), 102, Guest.Status.RUNNING)));
    own.observed(
        House.seen(
            clock.instant(), stopped(), House.guest(clock.instant(), 102, Guest.Status.STOPPED)));

    List<Runnable> begun = List.copyOf(later);
    later.clear();
    begun.forEach(Runnable::run);
    assertThat(journal.asked).as("the second waits for the first").hasSize(1);

    List.copyOf(later).forEach(Runnable::run);
    assertThat(journal.asked).hasSize(2);
  }

  @Test
  void asksTheJournalOnceForAllGuestsThatStoppedTogether() {
    see(running(), House.guest(clock.instant(), 102, Guest.Status.RUNNING));
    pass(10);
    tasks();
    journal.lines =
        List.of(
            "Nov 26 12:00:00 atlas systemd[1]: 101.scope: Deactivated successfully.",
            "Nov 26 12:00:00 atlas systemd[1]: 102.scope: Failed with result 'oom-kill'.");
    events.clear();

    see(stopped(), House.guest(clock.instant(), 102, Guest.Status.STOPPED));

    assertThat(journal.asked).containsExactly(ATLAS);
    assertThat(causes())
        .containsExactly(
            "inside: shut down from the inside",
            "crash: it crashed; the journal of its node says: 102.scope: Failed with result"
                + " 'oom-kill'.");
  }

  @Test
  void looksAtTheTasksAgainBeforeItCallsAStopUnexplained() {
    see(running());
    pass(10);
    tasks();
    journal.tasks = new RecentTasks(List.of(task("qmshutdown", "101", -5, -1, "OK")));
    events.clear();

    see(stopped());

    assertThat(causes()).containsExactly("user: stopped by anna@pam (qmshutdown)");
  }

  @Test
  void saysSoWhereTheJournalCannotBeRead() {
    see(running());
    pass(10);
    tasks();
    events.clear();

    see(stopped());

    assertThat(causes())
        .containsExactly(
            "unexplained: unexplained: no task did it, and the journal of its node cannot be read");
  }

  @Test
  void tellsARestartThatNoStatusShows() {
    see(RecordFields.with(running(), "uptime", Duration.ofDays(3)));
    pass(10);
    tasks();
    events.clear();

    see(RecordFields.with(running(), "uptime", Duration.ofSeconds(4)));

    assertThat(events)
        .extracting(Event::summary)
        .containsExactly("web (VM 101) was started anew: rebooted from the inside.");
  }

  @Test
  void takesAMigratedGuestsNewProcessForNoRestart() {
    see(RecordFields.with(running(), "uptime", Duration.ofDays(3)));
    pass(10);
    tasks(task("qmigrate", "101", -9, -1, "OK"));
    events.clear();

    see(
        RecordFields.with(
            RecordFields.with(running(), "uptime", Duration.ofSeconds(4)),
            "node",
            new NodeName("boreas")));

    assertThat(types()).containsExactly("guest.moved");
  }

  @Test
  void keepsTheHistoryOfAGuestInOrderWhileItsStopIsBeingExplained() {
    List<Runnable> later = new ArrayList<>();
    List<Event> told = new ArrayList<>();
    ClusterStates slow = new ClusterStates(clock, new Connections(), later::add, told::add);
    Attachment attached = slow.attach(House.connection(journal.reader()));
    attached.observed(House.seen(clock.instant(), running()));
    told.clear();

    pass(10);
    attached.observed(House.seen(clock.instant(), stopped()));
    pass(10);
    attached.observed(House.seen(clock.instant(), running()));
    assertThat(told).isEmpty();
    slow.settle();

    assertThat(told)
        .extracting(event -> ((Event.StatusChanged) event).to())
        .containsExactly("stopped", "running");
    List.copyOf(later).forEach(Runnable::run);
    assertThat(told).as("what was told is not told again").hasSize(2);
  }

  // Clocks

  @Test
  void clockThatIsWrongMakesNoCauseWrong() {
    clockIs(Duration.ofHours(-1));
    see(running());
    pass(10);
    tasks(task("qmshutdown", "101", -3605, -3601, "OK"));
    events.clear();

    see(stopped());

    assertThat(causes()).containsExactly("user: stopped by anna@pam (qmshutdown)");
  }

  @Test
  void tasksThatAreReadForAnExplanationCountByTheirNodesClockToo() {
    clockIs(Duration.ofHours(1));
    see(running());
    pass(10);
    tasks();
    journal.tasks = new RecentTasks(List.of(task("qmshutdown", "101", 3595, 3599, "OK")));
    events.clear();

    see(stopped());

    assertThat(causes()).containsExactly("user: stopped by anna@pam (qmshutdown)");
  }

  @Test
  void whatWasWrittenDownWhileTheClockWasRightIsNoCauseOnceItIsWrong() {
    TaskState old = task("qmshutdown", "101", -3595, -3591, "OK");
    see(running());
    tasks(old);
    clockIs(Duration.ofHours(-1));
    pass(10);
    tasks(old);
    events.clear();

    see(stopped());

    assertThat(causes()).singleElement().asString().startsWith("unexplained: ");
  }

  /** The node's clock is found to be so far ahead. */
  private void clockIs(Duration ahead) {
    line.detailed(
        CLUSTER,
        AspectState.read(
            new ConnectionDetail(
                List.of(
                    new ConnectionDetail.Member(
                        "https://10.0.0.1:8006",
                        ATLAS,
                        true,
                        ConnectionDetail.Member.State.ANSWERING,
                        clock.instant(),
                        null,
                        null,
                        ahead)),
                new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0)),
            new Observation("pve:home", clock.instant(), House.INTERVAL)));
  }

  @Test
  void warningsAreShownWhileTheClusterIsRead() {
    ClusterObservation seen = House.seen(clock.instant(), running());
    line.observed(RecordFields.with(seen, "warnings", List.of("atlas's clock is 40 s behind.")));
    assertThat(home().cluster().warnings()).containsExactly("atlas's clock is 40 s behind.");
    assertThat(home().cluster().status()).isEqualTo(Cluster.Status.ONLINE);

    line.failed(ErrorCode.UNREACHABLE, "It does not answer.");
    assertThat(home().cluster().warnings()).isEmpty();

    see(running());
    assertThat(home().cluster().warnings()).isEmpty();
  }

  private List<String> types() {
    return events.stream().map(Event::type).toList();
  }

  private List<String> causes() {
    return events.stream()
        .filter(Event.StatusChanged.class::isInstance)
        .map(event -> ((Event.StatusChanged) event).cause())
        .map(cause -> cause == null ? "none" : cause.kind().word() + ": " + cause.explanation())
        .toList();
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  private void see(Guest... guests) {
    line.observed(House.seen(clock.instant(), guests));
  }

  /** A reading of which entries of guests were left out. */
  private void seeIncompletely(Guest... guests) {
    ClusterObservation seen = House.seen(clock.instant(), guests);
    line.observed(
        new ClusterObservation(
            seen.at(),
            "home",
            "9.2",
            true,
            1,
            1,
            null,
            seen.nodes(),
            seen.guests(),
            seen.storages(),
            seen.counters(),
            Set.of(ResourceKind.GUEST),
            List.of("resources: a guest without a usable number or node was left out")));
  }

  /** A reading of which an entry of a node was left out. */
  private void seeWithoutANode(Node... nodes) {
    ClusterObservation seen =
        RecordFields.with(
            House.seen(clock.instant(), running()), "incomplete", Set.of(ResourceKind.NODE));
    line.observed(RecordFields.with(seen, "nodes", List.of(nodes)));
  }

  private void observe(boolean quorate, String version) {
    ClusterObservation seen = House.seen(clock.instant(), running());
    line.observed(
        new ClusterObservation(
            seen.at(),
            "home",
            version,
            quorate,
            1,
            1,
            seen.nodes(),
            seen.guests(),
            seen.storages(),
            List.of()));
  }

  private Guest running() {
    return House.guest(clock.instant(), 101, Guest.Status.RUNNING);
  }

  private Guest stopped() {
    return House.guest(clock.instant(), 101, Guest.Status.STOPPED);
  }

  private ClusterSnapshot home() {
    return states.cluster(House.ID).orElseThrow();
  }

  private Incarnation life() {
    return home().incarnations().get(new GuestId(101));
  }

  private AspectState detail(Aspect aspect) {
    return home().details(WEB).state(aspect).orElseThrow();
  }

  private Observation observed() {
    return new Observation("pve:home", clock.instant(), Duration.ofSeconds(60));
  }

  private AspectState read(Detail detail) {
    return AspectState.read(detail, observed());
  }

  private void tasks(TaskState... tasks) {
    line.detailed(CLUSTER, read(new RecentTasks(List.of(tasks))));
  }

  private TaskState task(
      String type, String subject, int from, @Nullable Integer to, @Nullable String exit) {
    return new TaskState(
        new TaskId(ATLAS, "UPID:atlas:" + type + ":" + subject + ":" + from),
        type,
        subject,
        "anna@pam",
        clock.instant().plusSeconds(from),
        to == null ? null : clock.instant().plusSeconds(to),
        exit);
  }

  private static GuestSnapshots snapshots(String name) {
    return new GuestSnapshots(
        List.of(new GuestSnapshots.Snapshot(name, null, Instant.EPOCH, null, false)), name);
  }

  private static NodeServices services(String state) {
    return new NodeServices(
        List.of(new NodeServices.Service("pveproxy", null, "running", state, "enabled")));
  }

  private static GuestConfiguration configuration(
      String digest, String generation, Map<String, String> values) {
    return new GuestConfiguration(
        digest,
        generation,
        null,
        false,
        false,
        false,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        values,
        List.of());
  }

  /** What a node's journal and the cluster's tasks hold, and who was asked for the journal. */
  private static final class Journal {
    private final List<NodeName> asked = new ArrayList<>();
    private @Nullable List<String> lines;
    private @Nullable RecentTasks tasks;

    ClusterReader reader() {
      ClusterReader silent = House.unused(ClusterReader.class);
      return (ClusterReader)
          java.lang.reflect.Proxy.newProxyInstance(
              ClusterReader.class.getClassLoader(),
              new Class<?>[] {ClusterReader.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "journal" -> {
                      asked.add((NodeName) arguments[0]);
                      yield lines == null
                          ? silent.journal(ATLAS, Instant.EPOCH, Instant.EPOCH)
                          : lines;
                    }
                    case "detail" ->
                        tasks == null
                            ? silent.detail(CLUSTER, Aspect.TASKS)
                            : AspectState.read(
                                tasks,
                                new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10)));
                    default -> throw new AssertionError(method);
                  });
    }
  }
}
