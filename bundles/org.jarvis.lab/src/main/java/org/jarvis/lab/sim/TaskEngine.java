package org.jarvis.lab.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs tasks as the workers of a real node do: each takes the lock of its guest's configuration,
 * waits up to ten seconds for another one that holds it, follows its plan and ends with an exit
 * status. Confined to the cluster's lock.
 */
final class TaskEngine {

  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  /**
   * What a task wants to do; asked when it holds the lock, since only then the guest's state is
   * settled.
   */
  interface Work {
    Plan plan() throws TaskFailure;
  }

  private record Waiting(TaskRun run, Work work) {}

  private static final class GuestLock {
    private final TaskRun holder;
    private final Deque<Waiting> queue;

    GuestLock(TaskRun holder, Deque<Waiting> queue) {
      this.holder = holder;
      this.queue = queue;
    }
  }

  private final Agenda agenda;
  private final TaskBook book;
  private final Map<Integer, GuestLock> locks = new HashMap<>();

  TaskEngine(Agenda agenda, TaskBook book) {
    this.agenda = agenda;
    this.book = book;
  }

  /** Makes a task that works on one guest. */
  void launch(Upid upid, GuestKind kind, int vmid, Work work) {
    TaskRun run = new TaskRun(upid, vmid);
    book.add(run);
    GuestLock lock = locks.get(vmid);
    if (lock == null) {
      locks.put(vmid, new GuestLock(run, new ArrayDeque<>()));
      begin(run, work);
      return;
    }
    run.log("trying to acquire lock...");
    lock.queue.addLast(new Waiting(run, work));
    agenda.after(LOCK_WAIT, () -> giveUp(run, kind, vmid));
  }

  /**
   * Makes a task that does not hold the lock of its guest's configuration while it runs, but at
   * most notes its own lock in it, or that works on no guest.
   *
   * @param vmid the guest, 0 where there is none
   */
  void launchWithoutLock(Upid upid, int vmid, Work work) {
    TaskRun run = new TaskRun(upid, vmid);
    book.add(run);
    begin(run, work);
  }

  /** Stops a task, which cleans up after itself. */
  void stop(TaskRun run, String exitStatus) {
    if (run.running()) {
      run.abort();
      end(run, exitStatus);
    }
  }

  /** Ends a task from outside without further ado, as the death of its node does. */
  void interrupt(TaskRun run, String exitStatus) {
    if (run.running()) {
      end(run, exitStatus);
    }
  }

  private void giveUp(TaskRun run, GuestKind kind, int vmid) {
    GuestLock lock = locks.get(vmid);
    if (lock != null && lock.queue.removeIf(waiting -> waiting.run == run)) {
      run.continueLastLine(" failed");
      end(run, "can't lock file '" + kind.lockFile(vmid) + "' - got timeout");
    }
  }

  private void begin(TaskRun run, Work work) {
    Plan plan;
    try {
      plan = work.plan();
    } catch (TaskFailure failure) {
      end(run, failure.exitStatus());
      return;
    }
    run.whenAborted(plan.aborted());
    for (Plan.Step step : plan.steps()) {
      agenda.after(step.after(), () -> take(step, run));
    }
    agenda.after(plan.length(), () -> finish(run, plan.exitStatus()));
  }

  private void take(Plan.Step step, TaskRun run) {
    if (!run.running()) {
      return;
    }
    if (step.line() != null) {
      run.log(step.line());
    }
    if (step.effect() != null) {
      try {
        step.effect().happen();
      } catch (TaskFailure failure) {
        run.abort();
        end(run, failure.exitStatus());
      }
    }
  }

  private void finish(TaskRun run, String exitStatus) {
    if (run.running()) {
      end(run, exitStatus);
    }
  }

  private void end(TaskRun run, String exitStatus) {
    run.end(agenda.now(), exitStatus);
    run.log(lastLine(exitStatus));
    GuestLock lock = locks.get(run.vmid());
    if (lock == null) {
      return;
    }
    if (lock.holder != run) {
      lock.queue.removeIf(waiting -> waiting.run == run);
      return;
    }
    Waiting next = lock.queue.pollFirst();
    if (next == null) {
      locks.remove(run.vmid());
    } else {
      locks.put(run.vmid(), new GuestLock(next.run, lock.queue));
      next.run.continueLastLine(" OK");
      begin(next.run, next.work);
    }
  }

  private static String lastLine(String exitStatus) {
    if (exitStatus.equals("OK")) {
      return "TASK OK";
    }
    return exitStatus.startsWith("WARNINGS: ") ? "TASK " + exitStatus : "TASK ERROR: " + exitStatus;
  }
}
