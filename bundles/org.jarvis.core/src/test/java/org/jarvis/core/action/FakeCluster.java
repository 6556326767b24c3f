package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.testkit.connector.UnusedCluster;
import org.jspecify.annotations.Nullable;

/** A cluster of one node whose guests do what a test says. */
final class FakeCluster extends UnusedCluster {
  static final ClusterId ID = new ClusterId("home");
  static final NodeName NODE = new NodeName("atlas");
  static final String ACCOUNT = "jarvis@pve!operator";

  private final Clock clock;
  private final Map<GuestId, Guest> guests = new HashMap<>();
  private final Map<TaskId, TaskState> tasks = new HashMap<>();
  private final List<String> done = new ArrayList<>();
  private Function<Guest, String> exit = guest -> "OK";
  private @Nullable Runnable beforeTask;
  private @Nullable Runnable afterTask;
  private boolean effectMissing;
  private boolean silent;
  private String generation = "1";
  private int taskCount;

  FakeCluster(Clock clock) {
    this.clock = clock;
  }

  ClusterConnection connection() {
    return new ClusterConnection(
        ID, "proxmox~home", new Whereabouts.Outside(), ACCOUNT, Duration.ofSeconds(10), this, this);
  }

  synchronized ClusterObservation observation() {
    Node node =
        new Node(ID, NODE, Node.Status.ONLINE, 0.1, 4, null, null, null, null, null, observed());
    return new ClusterObservation(
        clock.instant(),
        "home",
        "9.2.11",
        true,
        1,
        1,
        List.of(node),
        List.copyOf(guests.values()),
        List.of(),
        List.of());
  }

  synchronized void put(int id, Guest.Status status) {
    put(id, status, null, 0.1, List.of());
  }

  synchronized void put(
      int id, Guest.Status status, @Nullable String lock, double cpu, List<String> tags) {
    guests.put(
        new GuestId(id),
        new Guest(
            ID,
            new GuestId(id),
            GuestType.QEMU,
            "guest-" + id,
            NODE,
            status,
            false,
            tags,
            lock,
            null,
            null,
            cpu,
            2,
            null,
            null,
            null,
            null,
            observed()));
  }

  synchronized void remove(int id) {
    guests.remove(new GuestId(id));
  }

  synchronized Guest.Status status(int id) {
    return guests.get(new GuestId(id)).status();
  }

  /** What was really done, in order, such as {@code stop 101}. */
  synchronized List<String> done() {
    return List.copyOf(done);
  }

  synchronized void exitsWith(String status) {
    exit = guest -> status;
  }

  synchronized void hasNoEffect() {
    effectMissing = true;
  }

  synchronized void fallSilent() {
    silent = true;
  }

  synchronized void isMadeAnew() {
    generation = "2";
  }

  synchronized void beforeTask(Runnable action) {
    beforeTask = action;
  }

  synchronized void afterTask(Runnable action) {
    afterTask = action;
  }

  private Observation observed() {
    return new Observation("pve:home", clock.instant(), Duration.ofSeconds(10));
  }

  @Override
  public synchronized Optional<GuestReading> guest(GuestId guest) {
    if (silent) {
      throw new JarvisException(ErrorCode.TIMED_OUT, "No answer.");
    }
    return Optional.ofNullable(guests.get(guest))
        .map(found -> new GuestReading(found, "digest", generation));
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    throw new JarvisException(ErrorCode.PRIVILEGE_MISSING, "Only guests can be read here.");
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    throw new JarvisException(ErrorCode.PRIVILEGE_MISSING, "Sys.Syslog is missing.");
  }

  @Override
  public synchronized Optional<TaskState> task(TaskId task) {
    return Optional.ofNullable(tasks.get(task));
  }

  @Override
  public synchronized List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    return tasks.values().stream()
        .filter(task -> task.id().value().endsWith(":" + guest))
        .filter(task -> !task.startedAt().isBefore(since))
        .toList();
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    return act("start", guest, Guest.Status.RUNNING, follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    return act("shutdown", guest, Guest.Status.STOPPED, follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    return act("stop", guest, Guest.Status.STOPPED, follower);
  }

  private TaskState act(String verb, Guest guest, Guest.Status after, TaskFollower follower) {
    run(beforeTask);
    TaskState state;
    synchronized (this) {
      taskCount++;
      TaskId id = new TaskId(NODE, "UPID:" + taskCount + ":" + verb + ":" + guest.id());
      state =
          new TaskState(
              id,
              verb,
              guest.id().toString(),
              ACCOUNT,
              clock.instant(),
              clock.instant(),
              exit.apply(guest));
      tasks.put(id, state);
      if (state.succeeded()) {
        done.add(verb + " " + guest.id());
        if (!effectMissing) {
          put(guest.id().value(), after);
        }
      }
    }
    run(afterTask);
    follower.began(state.id());
    follower.logged(List.of("doing " + verb, "done"));
    return state;
  }

  private static void run(@Nullable Runnable action) {
    if (action != null) {
      action.run();
    }
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    return task(task).orElseThrow();
  }

  @Override
  public void cancel(TaskId task) {
    throw new JarvisException(ErrorCode.CONFLICT, "The task has ended.");
  }
}
