package org.example.libvirt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;

/**
 * libvirt has no tasks that could be asked for, so these are the connector's own: each runs on a
 * thread of its own, whether somebody follows it or not. How one ended that nobody can tell of is
 * not remembered, so that nobody takes it for a failure. Safe from any thread.
 */
final class Tasks {
  /** Who asks, in tasks. */
  static final String ACCOUNT = "virsh";

  private static final String OK = "OK";
  private static final String LEFT =
      "What came of the task is unknown: the connector left while it ran, or failed.";
  private static final int KEPT = 200;

  private final Settings settings;
  private final ThreadPoolExecutor threads;

  /** Guarded by itself; the oldest is forgotten. */
  private final Map<TaskId, TaskState> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, TaskState> eldest) {
          return size() > KEPT;
        }
      };

  Tasks(Settings settings) {
    this.settings = settings;
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "libvirt-by-virsh-task");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs a task whose request was sent, and follows it to its end.
   *
   * @param type what it does
   * @param work does the rest of it; says why it failed, and nothing when it succeeded
   */
  TaskState follow(String type, GuestId guest, TaskFollower follower, Callable<String> work) {
    TaskId id =
        new TaskId(settings.node(), "virsh:" + type + ":" + guest + ":" + UUID.randomUUID());
    TaskState begun = new TaskState(id, type, guest.toString(), ACCOUNT, Instant.now(), null, null);
    note(begun);
    Future<TaskState> end = submit(begun, work);
    follower.began(id);
    return await(end);
  }

  private Future<TaskState> submit(TaskState begun, Callable<String> work) {
    try {
      return threads.submit(() -> run(begun, work));
    } catch (RejectedExecutionException late) {
      throw new JarvisException(ErrorCode.UNREACHABLE, LEFT, late);
    }
  }

  private TaskState run(TaskState begun, Callable<String> work) throws Exception {
    boolean told = false;
    try {
      String failure = work.call();
      TaskState end =
          new TaskState(
              begun.id(),
              begun.type(),
              begun.subject(),
              begun.user(),
              begun.startedAt(),
              Instant.now(),
              failure.isEmpty() ? OK : failure);
      note(end);
      told = true;
      return end;
    } finally {
      if (!told) {
        synchronized (known) {
          known.remove(begun.id());
        }
      }
    }
  }

  private static TaskState await(Future<TaskState> end) {
    try {
      return end.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof JarvisException told) {
        throw new JarvisException(told.code(), told.getMessage(), told);
      }
      throw new JarvisException(ErrorCode.UNREACHABLE, LEFT, failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.UNREACHABLE, "The task is not followed any more, and goes on.", interrupted);
    }
  }

  private void note(TaskState state) {
    synchronized (known) {
      known.put(state.id(), state);
    }
  }

  Optional<TaskState> find(TaskId id) {
    synchronized (known) {
      return Optional.ofNullable(known.get(id));
    }
  }

  /** Newest first. */
  List<TaskState> of(GuestId guest, Instant since) {
    List<TaskState> found = new ArrayList<>();
    synchronized (known) {
      for (TaskState task : known.values()) {
        if (task.subject().equals(guest.toString()) && !task.startedAt().isBefore(since)) {
          found.add(0, task);
        }
      }
    }
    return found;
  }

  /** Whoever follows one is told that its end is not known. */
  void leave() {
    threads.shutdownNow();
  }
}
