package org.jarvis.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.connector.ClusterTrust;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.ErrorKind;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every connector of a cluster has to do, whatever its system is: report what is there and how
 * old that is, never take silence for an answer, tell of a change what really became of it, ask for
 * none twice, and leave nothing behind. What is asserted of a change is looked up at the system
 * itself.
 *
 * @param <C> the connector, as Declarative Services would make it
 */
public abstract class ConnectorContract<C> {
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

  /** Enough for whoever does not wait. */
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  /** Threads of Java itself, which every use of processes and futures shares. */
  private static final List<String> SHARED =
      List.of(
          "process reaper",
          "CompletableFutureDelayScheduler",
          "ForkJoinPool.commonPool",
          "Common-Cleaner",
          "Keep-Alive-Timer");

  private final List<C> opened = new ArrayList<>();
  private final List<Thread> asking = new ArrayList<>();
  private FakeClusterRegistry registry = new FakeClusterRegistry(Duration.ZERO);
  private @Nullable WatchedSystem system;
  private Set<Thread> before = Set.of();

  /** A system of the test's own, with two guests at least; new for each test. */
  protected abstract WatchedSystem system();

  /**
   * Makes a connector as its component is made, with a configuration that names this system and
   * reads it every two seconds at most. Time-outs that are longer than {@link #patience} make sure
   * that what has to end at once does not end by them.
   */
  protected abstract C open(WatchedSystem system, ClusterRegistry registry);

  /** Does what is done when the component is deactivated for this reason. */
  protected abstract void leave(C connector, DetachReason reason);

  /**
   * The writing methods that the connector has; it refuses all others. What is true of all changes
   * is tried by {@link WritingMethod#START}, and skipped where there is none.
   */
  protected abstract Set<WritingMethod> abilities();

  /** How long to wait for what has to come. */
  protected Duration patience() {
    return Duration.ofSeconds(30);
  }

  /** Whether a thread is none that the connector has made, such as those of the test's system. */
  protected boolean isOfTheSystem(Thread thread) {
    return false;
  }

  /** Makes the system. */
  @BeforeEach
  public final void begin() {
    registry = new FakeClusterRegistry(patience());
    system = system();
    before = Thread.getAllStackTraces().keySet();
  }

  /** Lets every connector leave, and takes the system away. */
  @AfterEach
  public final void end() {
    asking.forEach(Thread::interrupt);
    List.copyOf(opened).forEach(connector -> leaves(connector, DetachReason.CONNECTOR_LEAVING));
    there().close();
  }

  private WatchedSystem there() {
    return Objects.requireNonNull(system, "begin() was not called");
  }

  private C opens() {
    C connector = open(there(), registry);
    opened.add(connector);
    return connector;
  }

  private void leaves(C connector, DetachReason reason) {
    opened.remove(connector);
    leave(connector, reason);
  }

  /** Opened, read once, and what a test asks of it. */
  private Seen seen() {
    opens();
    return new Seen(registry.connection(), registry.observation());
  }

  /** The same, of a connector that can start guests. */
  private Seen startable() {
    assumeTrue(abilities().contains(WritingMethod.START));
    return seen();
  }

  /** A cluster and its first reading. */
  private record Seen(ClusterConnection connection, ClusterObservation first) {
    Guest guest(GuestId id) {
      return first.guests().stream()
          .filter(guest -> guest.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new AssertionError("Guest " + id + " was not reported."));
    }

    Node node(Guest guest) {
      return first.nodes().stream()
          .filter(node -> node.node().equals(guest.node()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("Node " + guest.node() + " was not reported."));
    }

    ClusterReader reader() {
      return connection.reader();
    }

    ClusterOperations operations() {
      return connection.operations();
    }
  }

  // What it announces and reports.

  /** It hands its writing methods over, and offers them to nobody else. */
  @Test
  public void announcesOneClusterAndPublishesNothing() {
    C connector = opens();

    ClusterConnection connection = registry.connection();
    assertThat(connection.configuration()).isNotBlank();
    assertThat(connection.account()).isNotBlank();
    assertThat(connection.pollInterval()).isPositive().isLessThanOrEqualTo(LONGEST_INTERVAL);
    assertThat(connection.whereabouts()).isNotNull();
    registry.observation();
    assertThat(registry.furtherConnections()).isZero();
    // Declarative Services registers a component by the interfaces that its class implements.
    assertThat(connector)
        .isNotInstanceOf(ClusterOperations.class)
        .isNotInstanceOf(ClusterReader.class)
        .isNotInstanceOf(ClusterTrust.class);
  }

  /** Everything carries its cluster, its source and how often it is read. */
  @Test
  public void reportsWhatIsThere() {
    Seen seen = seen();
    ClusterObservation first = seen.first();

    List<Resource> all =
        Stream.of(first.nodes(), first.guests(), first.storages())
            .<Resource>flatMap(List::stream)
            .toList();
    assertThat(first.nodes()).isNotEmpty();
    for (Resource resource : all) {
      assertThat(resource.ref().cluster()).isEqualTo(seen.connection().id());
      assertThat(resource.observation().source()).isEqualTo("pve:" + seen.connection().id());
      assertThat(resource.observation().interval()).isEqualTo(seen.connection().pollInterval());
      assertThat(resource.observation().at()).isAfterOrEqualTo(first.at());
    }
    assertThat(all.stream().map(Resource::ref)).doesNotHaveDuplicates();
    assertThat(first.nodes().stream().map(Node::node))
        .containsAll(first.guests().stream().map(Guest::node).toList());
    assertThat(seen.guest(there().running()).status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(seen.guest(there().stopped()).status()).isEqualTo(Guest.Status.STOPPED);
    assertThat(first.guests().stream().map(Guest::id)).doesNotContain(there().nobody());
  }

  /** Nothing seems fresher than it is. */
  @Test
  public void saysWhenTheReadingBegan() {
    Instant earliest = Instant.now();
    WatchedSystem.Held answers = there().holdReadings();
    opens();
    answers.await();
    Instant asked = Instant.now();
    answers.letGo();

    assertThat(registry.observation().at()).isBetween(earliest, asked);
  }

  /** It goes on reading. */
  @Test
  public void readsAgainAndAgain() {
    Seen seen = seen();
    Instant second = registry.observation().at();

    assertThat(second).isAfter(seen.first().at());
    assertThat(registry.observation().at()).isAfter(second);
  }

  /** Silence is told with its reason, ends nothing, and passes. */
  @Test
  public void tellsThatItsSystemDoesNotAnswerAndRecovers() {
    seen();
    there().reachable(false);
    FakeClusterRegistry.Failure failure = registry.failure();
    registry.forget();
    registry.failure();

    assertThat(failure.code().kind()).isIn(ErrorKind.TRANSIENT, ErrorKind.EXTERNAL);
    assertClear(failure.reason());
    assertThat(registry.detached()).isEmpty();
    there().reachable(true);
    registry.forget();
    registry.observation();
    assertThat(registry.furtherConnections()).isZero();
  }

  /** A system that is silent from the beginning is announced and read once it answers. */
  @Test
  public void waitsForASystemThatIsNotThereYet() {
    there().reachable(false);
    opens();
    registry.connection();
    assertClear(registry.failure().reason());
    there().reachable(true);

    assertThat(registry.observation().guests()).isNotEmpty();
  }

  /** A name that another configuration holds is said, and taken once it is free. */
  @Test
  public void waitsForANameThatIsTaken() {
    registry.taken(true);
    opens();
    assertClear(registry.unusable().reason());
    registry.taken(false);

    registry.connection();
    registry.observation();
  }

  // What it is asked.

  /** A guest that is asked for by itself is the one that was reported. */
  @Test
  public void readsOneGuestAsItIs() {
    Seen seen = seen();
    for (GuestId id : List.of(there().running(), there().stopped())) {
      Instant asked = Instant.now();
      GuestReading reading = seen.reader().guest(id).orElseThrow();
      GuestReading again = seen.reader().guest(id).orElseThrow();

      assertThat(reading.guest().ref()).isEqualTo(seen.guest(id).ref());
      assertThat(reading.guest().name()).isEqualTo(seen.guest(id).name());
      assertThat(reading.guest().status()).isEqualTo(there().status(id));
      assertThat(reading.guest().observation().at()).isAfterOrEqualTo(asked);
      assertThat(reading.guest().observation().interval())
          .isEqualTo(seen.connection().pollInterval());
      assertThat(reading.configurationDigest()).isEqualTo(again.configurationDigest());
      assertThat(reading.generation()).isEqualTo(again.generation());
    }
  }

  /** Nothing is made up for a number that no guest has. */
  @Test
  public void knowsNoGuestThatIsNotThere() {
    assertThat(seen().reader().guest(there().nobody())).isEmpty();
  }

  /** Whoever does not answer has not said that a guest is gone. */
  @Test
  public void takesSilenceForNoAnswer() {
    Seen seen = seen();
    there().reachable(false);

    assertClear(failure(() -> seen.reader().guest(there().running())).getMessage());
    assertClear(failure(() -> seen.reader().guest(there().nobody())).getMessage());
  }

  /** A task that it never heard of has neither ended nor failed. */
  @Test
  public void knowsNoTaskThatIsNotThere() {
    Seen seen = seen();
    NodeName node = seen.first().nodes().get(0).node();

    assertThat(seen.reader().task(new TaskId(node, "no-such-task"))).isEmpty();
  }

  /** A resource of one kind has no aspect of another. */
  @Test
  public void refusesAnAspectOfAnotherKind() {
    Seen seen = seen();
    ResourceRef guest = seen.guest(there().running()).ref();

    assertThat(failure(() -> seen.reader().detail(guest, Aspect.SERVICES)).code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  /** It says what works and what does not. */
  @Test
  public void examinesItsSystem() {
    Seen seen = seen();
    Examination well = seen.reader().examine();
    there().reachable(false);
    Examination ill = seen.reader().examine();

    assertThat(well.checks()).isNotEmpty();
    assertThat(well.passed()).as(well.toString()).isTrue();
    assertThat(ill.passed()).as(ill.toString()).isFalse();
    Stream.of(well, ill)
        .flatMap(examination -> examination.checks().stream())
        .forEach(
            check -> {
              assertThat(check.name()).isNotBlank();
              assertClear(check.detail());
            });
  }

  // What it changes.

  /** What it can do to a guest is done once it returns, and said so. */
  @ParameterizedTest
  @EnumSource(names = {"START", "SHUTDOWN", "STOP", "REBOOT"})
  public void doesWhatItIsAsked(WritingMethod method) {
    assumeTrue(abilities().contains(method));
    boolean starts = method == WritingMethod.START;
    GuestId id = starts ? there().stopped() : there().running();
    GuestId other = starts ? there().running() : there().stopped();
    Guest.Status otherBefore = there().status(other);
    boolean runs = starts || method == WritingMethod.REBOOT;
    Seen seen = seen();
    Instant asked = Instant.now();
    RecordingFollower follower = new RecordingFollower();

    TaskState end = Objects.requireNonNull(call(seen, method, id, follower));

    assertThat(end.succeeded()).as(end.toString()).isTrue();
    assertThat(follower.begun()).containsExactly(end.id());
    assertThat(end.user()).isEqualTo(seen.connection().account());
    assertThat(there().status(id)).isEqualTo(runs ? Guest.Status.RUNNING : Guest.Status.STOPPED);
    assertThat(there().changes()).isNotEmpty();
    assertThat(there().status(other)).isEqualTo(otherBefore);
    assertThat(seen.reader().task(end.id()).orElseThrow().succeeded()).isTrue();
    assertThat(
            seen.reader().tasksOf(seen.guest(id).node(), id, asked.minusSeconds(1)).stream()
                .map(TaskState::id))
        .contains(end.id());
  }

  /** A request that was accepted is no success yet, and its task is told before its end. */
  @Test
  public void tellsATaskBeforeItEnds() {
    Seen seen = startable();
    WatchedSystem.Held change = there().holdChanges();
    RecordingFollower follower = new RecordingFollower();
    Asked asked = asks(() -> start(seen, follower));
    change.await();
    TaskId task = follower.task(patience());

    assertThat(asked.returnsWithin(A_MOMENT)).isFalse();
    assertThat(seen.reader().task(task).orElseThrow().ended()).isFalse();
    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.STOPPED);
    change.letGo();
    assertThat(asked.answer().succeeded()).isTrue();
  }

  /** What ended badly is not told as a success, and not tried again. */
  @Test
  public void tellsAFailureAsOne() {
    Seen seen = startable();
    there().fail();
    RecordingFollower follower = new RecordingFollower();
    try {
      TaskState end = start(seen, follower);
      assertThat(end.ended()).isTrue();
      assertThat(end.succeeded()).as(end.toString()).isFalse();
      assertClear(String.valueOf(end.exitStatus()));
      assertThat(follower.begun()).containsExactly(end.id());
    } catch (JarvisException refused) {
      assertThat(refused.code()).isNotEqualTo(ErrorCode.NOT_SENT);
      assertClear(refused.getMessage());
    }

    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.STOPPED);
    assertThat(there().changes()).hasSize(1);
  }

  /** What could not be asked for is said to be without effect, and is. */
  @Test
  public void saysThatNothingWasSent() {
    Seen seen = startable();
    there().reachable(false);

    JarvisException failure = failure(() -> start(seen, new RecordingFollower()));

    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.NOT_SENT);
    assertClear(failure.getMessage());
    assertThat(there().changes()).isEmpty();
    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.STOPPED);
  }

  /** What may have had an effect is said so, and never asked for a second time. */
  @Test
  public void repeatsNothingThatMayHaveHadAnEffect() {
    Seen seen = startable();
    there().loseAnswers();

    JarvisException failure = failure(() -> start(seen, new RecordingFollower()));

    assertThat(failure.code())
        .as(failure.getMessage())
        .isIn(ErrorCode.TIMED_OUT, ErrorCode.UNREACHABLE);
    assertClear(failure.getMessage());
    assertThat(there().changes()).hasSize(1);
    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.RUNNING);
  }

  /** An interrupted thread stops following, not the task. */
  @Test
  public void anInterruptedThreadLetsTheTaskGoOn() {
    Seen seen = startable();
    WatchedSystem.Held change = there().holdChanges();
    RecordingFollower follower = new RecordingFollower();
    Asked asked = asks(() -> start(seen, follower));
    change.await();
    follower.task(patience());
    asked.interrupt();

    assertThat(asked.failure().code()).isIn(ErrorCode.TIMED_OUT, ErrorCode.UNREACHABLE);
    change.letGo();
    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.RUNNING);
    assertThat(there().changes()).hasSize(1);
  }

  /** A follower that fails does not stop the task, and is no reason to ask again. */
  @Test
  public void aFollowerThatFailsLetsTheTaskGoOn() {
    Seen seen = startable();
    WatchedSystem.Held change = there().holdChanges();
    RecordingFollower follower =
        new RecordingFollower() {
          @Override
          public void began(TaskId task) {
            super.began(task);
            throw new IllegalStateException("A follower as it should not be.");
          }
        };
    Asked asked = asks(() -> start(seen, follower));

    assertThat(asked.error()).isInstanceOf(RuntimeException.class);
    change.await();
    change.letGo();
    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.RUNNING);
    assertThat(there().changes()).hasSize(1);
  }

  /** What is asked of a guest that is not there befalls no other. */
  @Test
  public void touchesNoOtherGuest() {
    Seen seen = seen();
    Guest model = seen.guest(there().running());
    Guest gone = numbered(model, there().nobody());
    for (WritingMethod method : List.of(WritingMethod.STOP, WritingMethod.SHUTDOWN)) {
      if (abilities().contains(method)) {
        Throwable failure =
            catchThrowable(
                () -> {
                  TaskState end =
                      method.call(
                          seen.operations(), gone, seen.node(model), new RecordingFollower());
                  assertThat(end == null || end.succeeded()).as(method + ": " + end).isFalse();
                });
        if (failure != null) {
          assertThat(failure).isInstanceOf(JarvisException.class);
        }
      }
    }

    assertThat(there().status(there().running())).isEqualTo(Guest.Status.RUNNING);
    assertThat(there().status(there().stopped())).isEqualTo(Guest.Status.STOPPED);
  }

  /** What it cannot do is refused in words, and nothing happens. */
  @Test
  public void refusesWhatItCannotDo() {
    Seen seen = seen();
    for (WritingMethod method : WritingMethod.values()) {
      if (!abilities().contains(method)) {
        RecordingFollower follower = new RecordingFollower();
        JarvisException refusal = failure(() -> call(seen, method, there().running(), follower));
        assertThat(refusal.code().kind()).as(method + ": " + refusal).isEqualTo(ErrorKind.USER);
        assertClear(refusal.getMessage());
        assertThat(follower.begun()).as(method.toString()).isEmpty();
      }
    }

    assertThat(there().changes()).isEmpty();
    assertThat(there().status(there().running())).isEqualTo(Guest.Status.RUNNING);
  }

  // How it leaves.

  /** It says why it leaves, says nothing after that, and leaves no thread behind. */
  @ParameterizedTest
  @EnumSource
  public void leavesNothingBehind(DetachReason reason) {
    C connector = opens();
    registry.observation();

    leaves(connector, reason);

    assertThat(registry.detached()).containsExactly(reason);
    assertLeft();
  }

  /** What it reads while it leaves is not reported any more. */
  @Test
  public void leavesWhileItReads() {
    C connector = opens();
    registry.observation();
    WatchedSystem.Held answers = there().holdReadings();
    answers.await();

    leaves(connector, DetachReason.CONNECTOR_LEAVING);
    answers.letGo();

    assertThat(registry.detached()).containsExactly(DetachReason.CONNECTOR_LEAVING);
    assertLeft();
  }

  /** Whoever follows a task while it leaves is told that its end is not known. */
  @Test
  public void leavesWhileSomethingIsChanged() {
    assumeTrue(abilities().contains(WritingMethod.START));
    C connector = opens();
    Seen seen = new Seen(registry.connection(), registry.observation());
    WatchedSystem.Held change = there().holdChanges();
    RecordingFollower follower = new RecordingFollower();
    Asked asked = asks(() -> start(seen, follower));
    change.await();
    follower.task(patience());

    leaves(connector, DetachReason.CONFIGURATION_CHANGED);

    assertThat(asked.failure().code()).isIn(ErrorCode.TIMED_OUT, ErrorCode.UNREACHABLE);
    change.letGo();
    assertThat(there().changes()).hasSize(1);
    assertLeft();
  }

  /** One whose system never answered leaves, too. */
  @Test
  public void leavesWithoutEverHavingBeenAnswered() {
    there().reachable(false);
    C connector = opens();
    registry.failure();

    leaves(connector, DetachReason.CONFIGURATION_REMOVED);

    assertThat(registry.detached()).containsExactly(DetachReason.CONFIGURATION_REMOVED);
    assertLeft();
  }

  private void assertLeft() {
    long deadline = System.nanoTime() + patience().toNanos();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && !isOfTheSystem(thread) && !isShared(thread)) {
        assertEnds(thread, deadline);
      }
    }
    // Now nobody is left who could still report something.
    assertThat(registry.late()).isEmpty();
  }

  private static void assertEnds(Thread thread, long deadline) {
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).as("thread " + thread.getName() + " is left behind").isFalse();
  }

  private boolean isShared(Thread thread) {
    return asking.contains(thread) || SHARED.stream().anyMatch(thread.getName()::startsWith);
  }

  // How it is asked.

  private static @Nullable TaskState call(
      Seen seen, WritingMethod method, GuestId id, RecordingFollower follower) {
    Guest guest = seen.guest(id);
    return method.call(seen.operations(), guest, seen.node(guest), follower);
  }

  private TaskState start(Seen seen, RecordingFollower follower) {
    return Objects.requireNonNull(call(seen, WritingMethod.START, there().stopped(), follower));
  }

  private static JarvisException failure(Callable<?> call) {
    Throwable thrown = catchThrowable(call::call);
    assertThat(thrown).isInstanceOf(JarvisException.class);
    return (JarvisException) thrown;
  }

  /** For people, and without a secret. */
  private void assertClear(String words) {
    assertThat(words).isNotBlank();
    Set<String> secrets = new HashSet<>(there().secrets());
    assertThat(secrets).isNotEmpty();
    secrets.forEach(secret -> assertThat(words).doesNotContain(secret));
  }

  private static Guest numbered(Guest guest, GuestId id) {
    return new Guest(
        guest.cluster(),
        id,
        guest.type(),
        guest.name(),
        guest.node(),
        guest.status(),
        guest.template(),
        guest.tags(),
        guest.lock(),
        guest.pool(),
        guest.haState(),
        guest.cpu(),
        guest.cpus(),
        guest.memoryUsed(),
        guest.memoryTotal(),
        guest.diskTotal(),
        guest.uptime(),
        guest.observation());
  }

  private Asked asks(Callable<TaskState> call) {
    FutureTask<TaskState> answer = new FutureTask<>(call);
    Thread thread = new Thread(answer, "connector-contract-asks");
    thread.setDaemon(true);
    asking.add(thread);
    thread.start();
    return new Asked(thread, answer, patience());
  }

  /** A change that is asked for on a thread of its own. */
  private record Asked(Thread thread, FutureTask<TaskState> future, Duration patience) {
    boolean returnsWithin(Duration time) {
      try {
        future.get(time.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException goesOn) {
        return false;
      } catch (ExecutionException | InterruptedException failed) {
        throw new AssertionError("It failed.", failed);
      }
    }

    void interrupt() {
      thread.interrupt();
    }

    TaskState answer() {
      try {
        return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException failed) {
        throw new AssertionError("It failed.", failed.getCause());
      } catch (InterruptedException | TimeoutException none) {
        throw new AssertionError("It did not return.", none);
      }
    }

    Throwable error() {
      try {
        throw new AssertionError(
            "It did not fail: " + future.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (ExecutionException failed) {
        return Objects.requireNonNull(failed.getCause());
      } catch (InterruptedException | TimeoutException none) {
        throw new AssertionError("It did not return.", none);
      }
    }

    JarvisException failure() {
      Throwable error = error();
      assertThat(error).isInstanceOf(JarvisException.class);
      return (JarvisException) error;
    }
  }
}
