package org.jarvis.testkit.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.connector.ClusterTrust;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.connector.PartialOperations;
import org.jarvis.api.connector.PartialReader;
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
import org.jspecify.annotations.Nullable;

/** A connector as it should be, but for the faults that it is made with. */
class SampleConnector {
  private static final ClusterId CLUSTER = new ClusterId("sample");
  private static final NodeName NODE = new NodeName("n1");
  private static final Duration INTERVAL = Duration.ofMillis(20);

  /** What a connector can do wrong. */
  enum Fault {
    PUBLISHES,
    ANOTHER_SOURCE,
    SEEMS_FRESHER,
    READS_ONCE,
    HIDES_SILENCE,
    TELLS_SECRETS,
    GIVES_UP,
    NEEDS_AN_ANSWER,
    BREAKS_WHERE_TAKEN,
    READS_OLD,
    GUESSES,
    SILENCE_IS_GONE,
    KNOWS_EVERY_TASK,
    KNOWS_NO_TASK,
    ANY_ASPECT,
    ALWAYS_WELL,
    ACCEPTED_IS_DONE,
    TELLS_NO_TASK,
    DOES_NOTHING,
    FAILURE_IS_SUCCESS,
    UNSENT_IS_UNKNOWN,
    LOST_IS_UNSENT,
    REPEATS,
    INTERRUPT_CANCELS,
    FOLLOWER_FIRST,
    ANY_GUEST,
    DOES_MORE,
    REFUSES_MUTELY,
    LEAVES_WITHOUT_A_WORD,
    ANOTHER_REASON,
    LEAVES_A_THREAD,
    TALKS_ON,
    LEAVES_FOLLOWERS
  }

  /** One that would be registered as a service of what it hands over. */
  static final class Publishing extends SampleConnector implements ClusterTrust {
    Publishing(SampleSystem system, ClusterRegistry registry) {
      super(system, registry, Set.of(Fault.PUBLISHES));
    }

    @Override
    public List<MemberCertificate> certificates() {
      return List.of();
    }

    @Override
    public void consented(Map<String, String> fingerprints) {
      // Of no interest here.
    }
  }

  private final SampleSystem system;
  private final ClusterRegistry registry;
  private final Set<Fault> faults;
  private final CountDownLatch leaving = new CountDownLatch(1);
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final Map<TaskId, TaskState> tasks = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::watch, "sample-connector");
  private @Nullable Attachment line;

  SampleConnector(SampleSystem system, ClusterRegistry registry, Set<Fault> faults) {
    this.system = system;
    this.registry = registry;
    this.faults = faults;
    if (has(Fault.BREAKS_WHERE_TAKEN) || has(Fault.NEEDS_AN_ANSWER)) {
      attach();
    }
    thread.setDaemon(true);
    thread.start();
  }

  private boolean has(Fault fault) {
    return faults.contains(fault);
  }

  private void attach() {
    if (has(Fault.NEEDS_AN_ANSWER)) {
      system.read();
    }
    line =
        registry.attach(
            new ClusterConnection(
                CLUSTER,
                "org.example.sample~sample",
                new Whereabouts.Unknown(),
                "me",
                INTERVAL,
                new Reader(),
                new Operations()));
  }

  private void watch() {
    try {
      do {
        look();
      } while (!leaving.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
          && !has(Fault.READS_ONCE));
      if (has(Fault.LEAVES_A_THREAD)) {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      if (line == null) {
        attach();
      }
    } catch (JarvisException taken) {
      registry.unusable("org.example.sample~sample", taken.getMessage());
      return;
    }
    Instant began = Instant.now();
    try {
      Map<GuestId, Guest.Status> guests = system.read();
      tell(observation(has(Fault.SEEMS_FRESHER) ? Instant.now() : began, guests));
    } catch (SampleSystem.Unreached silent) {
      if (!has(Fault.HIDES_SILENCE) && line != null) {
        String why = has(Fault.TELLS_SECRETS) ? SampleSystem.SECRET : "it does not answer";
        line.failed(ErrorCode.UNREACHABLE, "sample: " + why);
        if (has(Fault.GIVES_UP)) {
          line.detach(DetachReason.CONNECTOR_LEAVING);
        }
      }
    }
  }

  private synchronized void tell(ClusterObservation seen) {
    if (line != null && (leaving.getCount() > 0 || has(Fault.TALKS_ON))) {
      line.observed(seen);
    }
  }

  void leave(DetachReason reason) {
    synchronized (this) {
      leaving.countDown();
      if (line != null && !has(Fault.LEAVES_WITHOUT_A_WORD)) {
        line.detach(has(Fault.ANOTHER_REASON) ? DetachReason.CONNECTOR_LEAVING : reason);
      }
    }
    if (!has(Fault.LEAVES_FOLLOWERS)) {
      left.completeExceptionally(
          new JarvisException(ErrorCode.UNREACHABLE, "The connector left; the end is unknown."));
    }
  }

  private ClusterObservation observation(Instant at, Map<GuestId, Guest.Status> guests) {
    Observation observation = observed(at);
    Node node =
        new Node(
            CLUSTER,
            NODE,
            Node.Status.ONLINE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            observation);
    List<Guest> all =
        guests.entrySet().stream()
            .map(entry -> guest(entry.getKey(), entry.getValue(), observation))
            .toList();
    return new ClusterObservation(
        at, null, null, true, null, null, List.of(node), all, List.of(), List.of());
  }

  private Observation observed(Instant at) {
    return new Observation(has(Fault.ANOTHER_SOURCE) ? "me" : "pve:" + CLUSTER, at, INTERVAL);
  }

  private static Guest guest(GuestId id, Guest.Status status, Observation observation) {
    return new Guest(
        CLUSTER,
        id,
        GuestType.QEMU,
        "g" + id,
        NODE,
        status,
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
        observation);
  }

  private final class Reader extends PartialReader {
    @Override
    public Optional<GuestReading> guest(GuestId id) {
      Instant began = Instant.now();
      try {
        Guest.Status status = system.read().get(id);
        if (status == null && !has(Fault.GUESSES)) {
          return Optional.empty();
        }
        Guest guest =
            SampleConnector.guest(
                id,
                status == null ? Guest.Status.UNKNOWN : status,
                observed(has(Fault.READS_OLD) ? began.minusSeconds(60) : began));
        return Optional.of(new GuestReading(guest, "d", "g"));
      } catch (SampleSystem.Unreached silent) {
        if (has(Fault.SILENCE_IS_GONE)) {
          return Optional.empty();
        }
        throw new JarvisException(ErrorCode.UNREACHABLE, "sample does not answer.", silent);
      }
    }

    @Override
    public AspectState detail(ResourceRef resource, Aspect aspect) {
      if (has(Fault.ANY_ASPECT)) {
        return AspectState.failed(aspect, ErrorCode.NOT_PRESENT, "There is none.", Instant.now());
      }
      return super.detail(resource, aspect);
    }

    @Override
    public Optional<TaskState> task(TaskId task) {
      if (has(Fault.KNOWS_EVERY_TASK)) {
        return Optional.of(state(task, "start", "101", "OK"));
      }
      return Optional.ofNullable(tasks.get(task));
    }

    @Override
    public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
      return tasks.values().stream()
          .filter(task -> task.subject().equals(guest.toString()))
          .filter(task -> !task.startedAt().isBefore(since))
          .toList();
    }

    @Override
    public Examination examine() {
      Examination.Outcome outcome = Examination.Outcome.PASSED;
      try {
        system.read();
      } catch (SampleSystem.Unreached silent) {
        outcome = has(Fault.ALWAYS_WELL) ? Examination.Outcome.PASSED : Examination.Outcome.FAILED;
      }
      return new Examination(
          List.of(new Examination.Check("read it", outcome, "It was tried.", null)));
    }
  }

  private static TaskState state(TaskId id, String type, String subject, @Nullable String status) {
    Instant now = Instant.now();
    return new TaskState(id, type, subject, "me", now, status == null ? null : now, status);
  }

  private final class Operations extends PartialOperations {
    @Override
    public TaskState start(Guest guest, TaskFollower follower) {
      return change("start", guest, Guest.Status.RUNNING, follower);
    }

    @Override
    public TaskState stop(Guest guest, TaskFollower follower) {
      return change("stop", guest, Guest.Status.STOPPED, follower);
    }

    @Override
    public TaskState reset(Guest guest, TaskFollower follower) {
      if (has(Fault.DOES_MORE)) {
        change("stop", guest, Guest.Status.STOPPED, follower);
      }
      if (has(Fault.REFUSES_MUTELY)) {
        throw new UnsupportedOperationException();
      }
      return super.reset(guest, follower);
    }

    private TaskState change(String type, Guest guest, Guest.Status wanted, TaskFollower follower) {
      GuestId id = guest.id();
      try {
        if (!system.read().containsKey(id)) {
          if (!has(Fault.ANY_GUEST)) {
            throw new JarvisException(ErrorCode.VANISHED, "There is no guest " + id + ".");
          }
          id = system.running();
        }
        return begin(type, id, wanted, follower);
      } catch (SampleSystem.Unreached silent) {
        throw new JarvisException(
            has(Fault.UNSENT_IS_UNKNOWN) ? ErrorCode.UNREACHABLE : ErrorCode.NOT_SENT,
            "sample does not answer.",
            silent);
      }
    }

    private TaskState begin(String type, GuestId id, Guest.Status wanted, TaskFollower follower) {
      TaskId task = new TaskId(NODE, type + ":" + id);
      if (has(Fault.FOLLOWER_FIRST)) {
        follower.began(task);
      }
      CompletableFuture<Void> answer =
          has(Fault.DOES_NOTHING)
              ? CompletableFuture.completedFuture(null)
              : system.change(id, wanted);
      if (!has(Fault.KNOWS_NO_TASK)) {
        tasks.put(task, state(task, type, id.toString(), null));
      }
      if (!has(Fault.FOLLOWER_FIRST) && !has(Fault.TELLS_NO_TASK)) {
        follower.began(task);
      }
      String status = has(Fault.ACCEPTED_IS_DONE) ? "OK" : await(answer, id, wanted);
      TaskState end = state(task, type, id.toString(), status);
      tasks.computeIfPresent(task, (known, before) -> end);
      return end;
    }

    private String await(CompletableFuture<Void> answer, GuestId id, Guest.Status wanted) {
      try {
        CompletableFuture.anyOf(answer, left).get();
        return "OK";
      } catch (InterruptedException interrupted) {
        if (has(Fault.INTERRUPT_CANCELS)) {
          system.cancel();
        }
        throw new JarvisException(ErrorCode.UNREACHABLE, "It is not followed.", interrupted);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof JarvisException gone) {
          throw gone;
        }
        if (failed.getCause() instanceof SampleSystem.Failed) {
          return has(Fault.FAILURE_IS_SUCCESS) ? "OK" : "it failed";
        }
        if (has(Fault.REPEATS)) {
          CompletableFuture<Void> unused = system.change(id, wanted);
        }
        throw new JarvisException(
            has(Fault.LOST_IS_UNSENT) ? ErrorCode.NOT_SENT : ErrorCode.UNREACHABLE,
            "The answer was lost.",
            failed);
      }
    }
  }
}
