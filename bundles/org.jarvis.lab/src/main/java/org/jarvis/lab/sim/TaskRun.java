package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task in progress or at rest. Confined to the cluster's lock. */
final class TaskRun {

  private final Upid upid;
  private final int vmid;
  private final List<String> log = new ArrayList<>();
  private @Nullable Instant end;
  private @Nullable String exitStatus;
  private Runnable aborted = () -> {};

  TaskRun(Upid upid, int vmid) {
    this.upid = upid;
    this.vmid = vmid;
  }

  Upid upid() {
    return upid;
  }

  /** The guest that it works on. */
  int vmid() {
    return vmid;
  }

  boolean running() {
    return end == null;
  }

  /** What to do where it ends before it is done. */
  void whenAborted(Runnable cleanup) {
    aborted = cleanup;
  }

  void abort() {
    aborted.run();
  }

  void log(String line) {
    log.add(line);
  }

  /**
   * Continues the last line, as a program does that prints its success behind what it announced.
   */
  void continueLastLine(String text) {
    int last = log.size() - 1;
    log.set(last, log.get(last) + text);
  }

  void end(Instant when, String status) {
    end = when;
    exitStatus = status;
  }

  Task snapshot() {
    return new Task(upid, end, exitStatus, log);
  }
}
