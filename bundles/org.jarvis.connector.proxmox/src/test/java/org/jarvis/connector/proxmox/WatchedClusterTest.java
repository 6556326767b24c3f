package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedClusterTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final String UPID =
      "UPID:pve1:000038AB:0009A815:6B03403B:qmstart:201:root@pam!full:";
  private static final String TASK =
      "GET /nodes/pve1/tasks/"
          + "UPID%3Apve1%3A000038AB%3A0009A815%3A6B03403B%3Aqmstart%3A201%3Aroot%40pam%21full%3A";
  private static final String GUEST = "/nodes/pve1/qemu/201";
  private static final String RUNNING = "{\"status\":\"running\",\"qmpstatus\":\"running\"}";
  private static final String STOPPED = "{\"status\":\"stopped\",\"qmpstatus\":\"stopped\"}";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);
  private static final Pace BRISK =
      new Pace(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofMillis(1),
          Duration.ofMillis(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  private static final Pace ATTENTIVE =
      new Pace(
          Duration.ofMillis(5),
          BRISK.versionInterval(),
          BRISK.followFirst(),
          BRISK.followLongest(),
          BRISK.followPatience(),
          BRISK.settlePatience());

  private final FakeMember member = new FakeMember(CERTIFICATE);
  private final RecordingRegistry registry = new RecordingRegistry();
  private final ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(1);
  private final AtomicReference<String> obstacle = new AtomicReference<>("never told");
  private final Follower follower = new Follower();
  private WatchedCluster cluster;
  private ClusterObservation last;

  @BeforeEach
  void answerAsRecorded() {
    member
        .on("GET /version", "get-version")
        .on("GET /cluster/status", "get-cluster_status")
        .on("GET /cluster/resources", "get-cluster_resources")
        .on("GET /cluster/tasks", "get-cluster_tasks")
        .on("GET " + GUEST + "/status/current", "get-nodes_pve1_qemu_201_status_current")
        .on("GET " + GUEST + "/config", "get-nodes_pve1_qemu_201_config")
        .on("POST " + GUEST + "/status/start", "post-start")
        .on(TASK + "/status", "task-000038AB-qmstart-201-status")
        .on(TASK + "/log", "task-000038AB-qmstart-201-log");
  }

  @AfterEach
  void close() {
    if (cluster != null) {
      cluster.close(DetachReason.CONNECTOR_LEAVING);
    }
    schedule.shutdownNow();
    member.close();
  }

  private void open(Duration interval, Pace pace) {
    open(interval, pace, PATIENT);
  }

  private void open(Duration interval, Pace pace, Timeouts timeouts) {
    open(interval, pace, timeouts, member);
  }

  private void open(Duration interval, Pace pace, Timeouts timeouts, FakeMember asked) {
    ClusterSettings settings =
        new ClusterSettings(
            new ClusterId("home"),
            "org.jarvis.connector.proxmox~home",
            List.of(asked.address()),
            new Access(
                new ApiToken("root@pam!full", Secret.of("s")),
                Set.of(CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            interval);
    cluster =
        new WatchedCluster(
            settings,
            registry,
            new ApiClient("test", settings.addresses(), settings.access(), timeouts),
            schedule,
            Clock.systemUTC(),
            pace,
            Duration.ZERO,
            obstacle::set);
    cluster.open();
  }

  /** Opened, and the first observation taken; no other comes by itself. */
  private ClusterObservation opened() {
    open(Duration.ofHours(1), BRISK);
    return registry.observation();
  }

  private ClusterOperations operations() {
    return registry.attached.get(0).operations();
  }

  private ClusterReader reader() {
    return registry.attached.get(0).reader();
  }

  private static Guest guest(ClusterObservation observation, int id) {
    return observation.guests().stream()
        .filter(guest -> guest.id().value() == id)
        .findFirst()
        .orElseThrow();
  }

  private static JarvisException failure(Runnable call) {
    JarvisException failure = catchThrowableOfType(JarvisException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** Answers in turn, the last one for good. */
  private static Function<FakeMember.Request, byte[]> inTurn(String... data) {
    AtomicInteger turn = new AtomicInteger();
    return request ->
        FakeMember.reply(
            200, "{\"data\":" + data[Math.min(turn.getAndIncrement(), data.length - 1)] + "}");
  }

  @Test
  void attachesAndReportsWhatItReads() {
    Instant before = Instant.now();
    ClusterObservation observation = opened();

    assertThat(obstacle.get()).isNull();
    assertThat(registry.attached.get(0).account()).isEqualTo("root@pam!full");
    assertThat(registry.attached.get(0).whereabouts()).isEqualTo(new Whereabouts.Outside());
    assertThat(observation.at()).isAfterOrEqualTo(before);
    assertThat(observation.version()).isEqualTo("9.2.11");
    assertThat(observation.quorate()).isTrue();
    assertThat(observation.votes()).isNull();
    assertThat(observation.nodes()).extracting(Node::name).containsExactly("pve1");
    assertThat(observation.guests()).hasSize(3);
    assertThat(observation.storages()).hasSize(1);
    assertThat(observation.oddities()).isEmpty();
    assertThat(guest(observation, 201).observation().source()).isEqualTo("pve:home");
    assertThat(guest(observation, 201).observation().at()).isEqualTo(observation.at());
  }

  @Test
  void warnsOfAClockThatIsWrongAndAsksTheNodeByIt() {
    member.tells(Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
    member.json("GET /nodes/pve1/journal", "[]").json("GET /nodes/pve1/tasks", "[]");
    Instant noon = Instant.parse("2026-11-26T12:00:00Z");

    assertThat(opened().warnings())
        .singleElement()
        .asString()
        .startsWith("pve1's clock is 1 h 0 min behind Jarvis's");
    reader().journal(new NodeName("pve1"), noon, noon.plusSeconds(60));
    reader().tasksOf(new NodeName("pve1"), new GuestId(201), noon);

    long there = noon.minus(Duration.ofHours(1)).getEpochSecond();
    assertThat(asked("GET /nodes/pve1/journal", "since")).isBetween(there - 1, there + 1);
    assertThat(asked("GET /nodes/pve1/journal", "until")).isBetween(there + 59, there + 61);
    assertThat(asked("GET /nodes/pve1/tasks", "since")).isBetween(there - 1, there + 1);
    List<Class<?>> told = new ArrayList<>();
    registry.order().forEach(one -> told.add(one.getClass()));
    assertThat(told.indexOf(ConnectionDetail.class))
        .as("by which clock tasks are written down is told before them")
        .isNotNegative()
        .isLessThan(told.indexOf(RecentTasks.class));
  }

  @Test
  void warnsOfNothingWhileTheClockIsRight() {
    member.tells(Clock.systemUTC());

    assertThat(opened().warnings()).isEmpty();
  }

  /** A number that a call was made with. */
  private long asked(String call, String parameter) {
    String target =
        member.requests().stream()
            .filter(request -> request.call().equals(call))
            .findFirst()
            .orElseThrow()
            .target();
    return Long.parseLong(target.replaceFirst(".*[?&]" + parameter + "=([0-9]+).*", "$1"));
  }

  @Test
  void readsAgainAndAgainButTheVersionOnce() {
    open(Duration.ofMillis(5), BRISK);
    registry.observation();
    registry.observation();
    registry.observation();

    assertThat(member.requests()).filteredOn(r -> r.call().equals("GET /version")).hasSize(1);
  }

  @Test
  void reportsAFailureAndRecovers() {
    member.on("GET /cluster/resources", "401-expired-token");
    open(Duration.ofMillis(5), BRISK);

    RecordingRegistry.Failure failure = registry.failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED);
    assertThat(failure.reason()).contains("root@pam!full").contains("etc/home.cfg");

    member.on("GET /cluster/resources", "get-cluster_resources");
    assertThat(registry.observation().guests()).hasSize(3);
  }

  @Test
  void anUnreadableClusterStatusIsSaidAndHidesNothingElse() {
    member.on(
        "GET /cluster/status",
        request ->
            FakeMember.reply(
                403, "{\"data\":null,\"message\":\"Permission check failed (/, Sys.Audit)\\n\"}"));

    ClusterObservation observation = opened();

    assertThat(observation.quorate()).isNull();
    assertThat(observation.guests()).hasSize(3);
    assertThat(observation.oddities()).hasSize(1);
    assertThat(observation.oddities().get(0)).contains("Sys.Audit");
  }

  @Test
  void aClusterStatusThatMayNotBeReadIsNotAskedForAgainAtOnce() {
    member.on(
        "GET /cluster/status",
        request ->
            FakeMember.reply(
                403, "{\"data\":null,\"message\":\"Permission check failed (/, Sys.Audit)\\n\"}"));
    open(Duration.ofMillis(5), BRISK);
    for (int i = 0; i < 4; i++) {
      assertThat(registry.observation().quorumUnknown()).contains("lacks the privilege Sys.Audit");
    }

    assertThat(member.requests())
        .filteredOn(r -> r.call().equals("GET /cluster/status"))
        .hasSize(1);
  }

  @Test
  void aServerThatHasNothingButTheListIsShownWithAllItsGuests() {
    try (FakeMember bare = new FakeMember(CERTIFICATE)) {
      bare.on("GET /version", "get-version").on("GET /cluster/resources", "get-cluster_resources");
      open(Duration.ofMillis(5), BRISK, PATIENT, bare);
      for (int i = 0; i < 5; i++) {
        ClusterObservation observation = registry.observation();
        assertThat(observation.guests()).hasSize(3);
        assertThat(observation.quorate()).isNull();
        assertThat(observation.quorumUnknown()).contains("/cluster/status");
        // The same words each time: the log says them once.
        assertThat(observation.oddities()).containsExactly(observation.quorumUnknown());
      }
      assertThat(registry.failures()).isZero();
      cluster.close(DetachReason.CONNECTOR_LEAVING);
    }
  }

  @Test
  void aClusterStatusThatIsNoListHidesNothingElse() {
    member.json("GET /cluster/status", "{}");

    ClusterObservation observation = opened();

    assertThat(observation.guests()).hasSize(3);
    assertThat(observation.quorumUnknown()).contains("/cluster/status");
  }

  @Test
  void anEmptyClusterMeansATokenWithoutRights() {
    member.json("GET /cluster/resources", "[]").json("GET /cluster/status", "[]");
    open(Duration.ofHours(1), BRISK);

    RecordingRegistry.Failure failure = registry.failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
    assertThat(failure.reason()).contains("--tokens 'root@pam!full' --roles PVEAuditor");
  }

  @Test
  void aReplyThatIsNoListIsNoEmptyCluster() {
    member.json("GET /cluster/resources", "{}");
    open(Duration.ofHours(1), BRISK);

    assertThat(registry.failure().code()).isEqualTo(ErrorCode.BAD_REPLY);
  }

  @Test
  void waitsForANameThatIsTaken() {
    registry.taken(true);
    open(Duration.ofMillis(5), BRISK);
    assertThat(obstacle.get()).contains("etc/home.cfg").contains("home is taken");
    assertThat(registry.unusable).hasSize(1).first().asString().contains("home is taken");
    assertThat(member.requests()).isEmpty();

    registry.taken(false);
    registry.observation();
    assertThat(obstacle.get()).isNull();
    assertThat(registry.attached).hasSize(1);
  }

  @Test
  void detachesWithTheReason() {
    opened();
    cluster.close(DetachReason.CONFIGURATION_REMOVED);

    assertThat(registry.detached).containsExactly(DetachReason.CONFIGURATION_REMOVED);
    assertThat(schedule.isShutdown()).isTrue();
    assertThat(failure(() -> reader().guest(new GuestId(201))).getMessage()).contains("leaving");
  }

  /** The first reading sees no task, the looks after it one that has ended. */
  private void aTaskEndsAfterTheFirstReading() {
    String ended =
        "{\"upid\":\"UPID:pve1:00000001:00000002:6B034000:qmstop:201:ann@pam:\","
            + "\"status\":\"OK\",\"endtime\":1795375999}";
    member.on("GET /cluster/tasks", inTurn("[]", "[]", "[" + ended + "]"));
  }

  @Test
  void aTouchedGuestOnASilentNodeDoesNotHoldUpTheReading() {
    aTaskEndsAfterTheFirstReading();
    member.on("GET " + GUEST + "/status/current", request -> FakeMember.SILENCE);
    Duration ages = Duration.ofMinutes(10);
    open(Duration.ofHours(1), ATTENTIVE, new Timeouts(ages, ages, ages, ages));
    registry.observation();

    // The time-outs are minutes: it does not come when the guest is waited for.
    assertThat(guest(registry.observation(), 201).status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(asked(GUEST + "/status/current")).isPositive();
  }

  @Test
  void aTouchedGuestOnANodeThatIsNotOnlineIsNotAskedFor() {
    aTaskEndsAfterTheFirstReading();
    member.on(
        "GET /cluster/status",
        inTurn("[{\"type\":\"node\",\"name\":\"pve1\",\"id\":\"node/pve1\",\"online\":0}]"));
    open(Duration.ofHours(1), ATTENTIVE);
    registry.observation();

    registry.observation();
    assertThat(asked(GUEST + "/status/current")).isZero();
  }

  private long asked(String path) {
    return member.requests().stream().filter(r -> r.call().equals("GET " + path)).count();
  }

  @Test
  void aTaskThatSomebodyElseEndedIsSeenBeforeTheNextReading() {
    aTaskEndsAfterTheFirstReading();
    member.json("GET " + GUEST + "/status/current", STOPPED);
    open(Duration.ofHours(1), ATTENTIVE);

    assertThat(guest(registry.observation(), 201).status()).isEqualTo(Guest.Status.RUNNING);
    // The list lags behind; the guest's own node does not.
    assertThat(guest(registry.observation(), 201).status()).isEqualTo(Guest.Status.STOPPED);
  }

  @Test
  void anOperationReturnsWhenTheTaskHasEndedAndTheLiveStateShowsIt() {
    member
        .on(
            TASK + "/status",
            inTurn(
                "{\"status\":\"running\"}",
                "{\"status\":\"running\"}",
                "{\"status\":\"stopped\",\"exitstatus\":\"OK\"}"))
        .on(
            TASK + "/log",
            request ->
                FakeMember.reply(
                    200,
                    request.target().contains("start=0")
                        ? "{\"data\":[{\"n\":1,\"t\":\"first\"}]}"
                        : request.target().contains("start=1")
                            ? "{\"data\":[{\"n\":2,\"t\":\"TASK OK\"}]}"
                            : "{\"data\":[]}"))
        .json("GET " + GUEST + "/status/current", STOPPED);
    Guest guest = guest(opened(), 201);

    TaskState end = operations().start(guest, follower);

    assertThat(end.exitStatus()).isEqualTo("OK");
    assertThat(end.succeeded()).isTrue();
    assertThat(follower.events).containsExactly("began " + UPID, "first", "TASK OK");
    assertThat(registry.waiting()).isEqualTo(1);
    assertThat(guest(registry.observation(), 201).status()).isEqualTo(Guest.Status.STOPPED);
    assertThat(member.requests("POST")).hasSize(1);
  }

  @Test
  void aFailedTaskIsReturnedWithItsWords() {
    member
        .on(TASK + "/status", "task-000038CE-qmstart-201-status")
        .on(TASK + "/log", "task-000038CE-qmstart-201-log");

    TaskState end = operations(opened()).start(guest(), follower);

    assertThat(end.succeeded()).isFalse();
    assertThat(end.exitStatus()).isEqualTo("VM 201 already running");
    assertThat(follower.events).contains("TASK ERROR: VM 201 already running");
  }

  private ClusterOperations operations(ClusterObservation first) {
    last = first;
    return operations();
  }

  private Guest guest() {
    return guest(last, 201);
  }

  @Test
  void refusalsBeforeATaskExistsAreTyped() {
    ClusterOperations operations = operations(opened());

    member.on("POST " + GUEST + "/status/start", "nq-start");
    assertThat(failure(() -> operations.start(guest(), follower)).code())
        .isEqualTo(ErrorCode.NO_QUORUM);
    member.on("POST " + GUEST + "/status/start", "403-ro-start");
    assertThat(failure(() -> operations.start(guest(), follower)).code())
        .isEqualTo(ErrorCode.PRIVILEGE_MISSING);
    member.on("POST " + GUEST + "/status/start", "500-no-vm");
    assertThat(failure(() -> operations.start(guest(), follower)).code())
        .isEqualTo(ErrorCode.VANISHED);
    member.on("POST " + GUEST + "/status/start", "get-nodes_pve1_qemu_201_migrate");
    assertThat(failure(() -> operations.start(guest(), follower)).code())
        .isEqualTo(ErrorCode.LOCKED);
    assertThat(follower.events).isEmpty();
  }

  @Test
  void anAcceptedRequestWithoutATaskIsNoSuccess() {
    ClusterOperations operations = operations(opened());
    member.json("POST " + GUEST + "/status/start", "null");

    assertThat(failure(() -> operations.start(guest(), follower)).getMessage())
        .contains("without naming a task");
  }

  @Test
  void aShutdownTakesThePatienceAlongAndAStopIsHard() {
    member
        .on("POST " + GUEST + "/status/shutdown", "post-start")
        .on("POST " + GUEST + "/status/stop", "post-start");
    ClusterOperations operations = operations(opened());

    operations.shutdown(guest(), Duration.ofSeconds(90), follower);
    operations.stop(guest(), follower);

    assertThat(member.requests("POST"))
        .extracting(FakeMember.Request::body)
        .containsExactly("timeout=90", "");
  }

  @Test
  void aTaskStaysInSightWhileItsNodeIsSilent() {
    AtomicInteger turn = new AtomicInteger();
    member.on(
        TASK + "/status",
        request ->
            switch (turn.getAndIncrement()) {
              case 0 -> Recorded.reply("595-offline-node");
              case 1 -> FakeMember.reply(502, "<html>");
              default -> Recorded.reply("task-000038AB-qmstart-201-status");
            });

    assertThat(operations(opened()).start(guest(), follower).succeeded()).isTrue();
  }

  @Test
  void aTaskThatStaysOutOfSightEndsUnknown() {
    member.on(TASK + "/status", "595-offline-node");
    open(
        Duration.ofHours(1),
        new Pace(
            BRISK.taskListInterval(),
            BRISK.versionInterval(),
            BRISK.followFirst(),
            BRISK.followLongest(),
            Duration.ofMillis(50),
            BRISK.settlePatience()));
    last = registry.observation();

    JarvisException unknown = failure(() -> operations().start(guest(), follower));

    assertThat(unknown.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(unknown.getMessage()).contains(UPID).contains("unknown");
  }

  @Test
  void waitsForWhatHighAvailabilityDoes() {
    String upid = UPID.replace("qmstart", "hastart");
    String path = TASK.replace("qmstart", "hastart");
    member
        .json("POST " + GUEST + "/status/start", "\"" + upid + "\"")
        .json(path + "/status", "{\"status\":\"stopped\",\"exitstatus\":\"OK\"}")
        .json(path + "/log", "[]")
        .on("GET " + GUEST + "/status/current", inTurn(STOPPED, STOPPED, RUNNING));

    operations(opened()).start(guest(), follower);

    assertThat(guest(registry.observation(), 201).status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(member.requests())
        .filteredOn(request -> request.call().equals("GET " + GUEST + "/status/current"))
        .hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void leavingEndsFollowingAndLeavesTheTask() throws Exception {
    member.json(TASK + "/status", "{\"status\":\"running\"}");
    ClusterOperations operations = operations(opened());
    BlockingQueue<JarvisException> ends = new LinkedBlockingQueue<>();
    Thread thread = new Thread(() -> ends.add(failure(() -> operations.start(guest(), follower))));
    thread.start();
    follower.awaitBegin();

    cluster.close(DetachReason.CONNECTOR_LEAVING);

    JarvisException end = ends.poll(20, TimeUnit.SECONDS);
    assertThat(end).isNotNull();
    assertThat(end.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.TIMED_OUT);
    assertThat(end.getMessage()).contains("unknown");
    assertThat(member.requests("DELETE")).isEmpty();
    thread.join();
  }

  @Test
  void followsAnEarlierTaskAndCancelsOne() {
    opened();
    TaskId task = new TaskId(new NodeName("pve1"), UPID);
    member.on(TASK.replace("GET", "DELETE"), request -> FakeMember.reply(200, "{\"data\":null}"));

    assertThat(operations().follow(task, follower).succeeded()).isTrue();
    operations().cancel(task);

    assertThat(registry.waiting()).isEqualTo(1);
    assertThat(member.requests("DELETE")).hasSize(1);
  }

  @Test
  void readsAGuestFreshWithItsDigestAndGeneration() {
    opened();

    GuestReading reading = reader().guest(new GuestId(201)).orElseThrow();

    assertThat(reading.guest().status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(reading.configurationDigest()).isEqualTo("783f2ff087dc289bf479a5516afeb961d0e3eedd");
    assertThat(reading.generation()).isEqualTo("ctime:1795375159");
  }

  @Test
  void aGuestThatIsGoneIsEmpty() {
    opened();
    assertThat(reader().guest(new GuestId(999))).isEmpty();

    member.on("GET " + GUEST + "/config", "500-no-vm");
    assertThat(reader().guest(new GuestId(201))).isEmpty();
  }

  @Test
  void aGuestOnASilentNodeIsAnErrorAndNotGone() {
    opened();
    member.on("GET " + GUEST + "/status/current", "595-offline-node");

    assertThat(failure(() -> reader().guest(new GuestId(201))).code())
        .isEqualTo(ErrorCode.UNREACHABLE);
  }

  @Test
  void aTaskThatItsNodeDoesNotKnowIsEmpty() {
    opened();
    TaskId task = new TaskId(new NodeName("pve1"), UPID);
    assertThat(reader().task(task).orElseThrow().succeeded()).isTrue();

    member.on(
        TASK + "/status",
        request ->
            FakeMember.reply(
                400,
                "{\"data\":null,\"message\":\"Parameter verification failed.\\n\","
                    + "\"errors\":{\"upid\":\"no such task\"}}"));
    assertThat(reader().task(task)).isEmpty();
  }

  @Test
  void listsTheTasksOfAGuestSinceAMoment() {
    opened();
    member.on("GET /nodes/pve1/tasks", "get-nodes_pve1_tasks_limit_30");
    Instant since = Instant.ofEpochSecond(1795375181).plusMillis(900);

    List<TaskState> tasks = reader().tasksOf(new NodeName("pve1"), new GuestId(201), since);

    assertThat(tasks).extracting(TaskState::type).containsExactly("qmstop", "qmstop", "qmshutdown");
    assertThat(tasks).isSortedAccordingTo((a, b) -> b.startedAt().compareTo(a.startedAt()));
    assertThat(member.requests())
        .filteredOn(request -> request.call().equals("GET /nodes/pve1/tasks"))
        .singleElement()
        .extracting(FakeMember.Request::target)
        .asString()
        .contains("vmid=201", "since=1795375181", "source=all");
  }

  /** Remembers what it is told, in order. */
  private static final class Follower implements TaskFollower {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<TaskId> begun = new LinkedBlockingQueue<>();

    @Override
    public void began(TaskId task) {
      events.add("began " + task);
      begun.add(task);
    }

    @Override
    public void logged(List<String> lines) {
      events.addAll(new ArrayList<>(lines));
    }

    void awaitBegin() throws InterruptedException {
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
