package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guest at one moment. Immutable, so that replies are rendered outside the cluster's lock.
 *
 * @param spec what it is
 * @param node where it is
 * @param lock the configuration's lock, such as {@code backup}
 * @param runs when it ran, oldest first, the last one open while it runs; bounded
 * @param processId of the running guest, meaningless while it is stopped
 * @param deaf whether it ignores requests to shut down
 * @param alterations what became of its configuration since the simulation began
 */
public record Guest(
    GuestSpec spec,
    String node,
    @Nullable String lock,
    List<Run> runs,
    int processId,
    boolean deaf,
    Alterations alterations) {

  private static final int RUNS_KEPT = 32;

  /** Copies the runs. */
  public Guest {
    runs = List.copyOf(runs);
  }

  /** Its number. */
  public int vmid() {
    return spec.vmid();
  }

  /** Whether it runs now. */
  public boolean running() {
    return currentRun().isPresent();
  }

  /** The open run, if it runs. */
  public Optional<Run> currentRun() {
    return runs.isEmpty() || runs.get(runs.size() - 1).to() != null
        ? Optional.empty()
        : Optional.of(runs.get(runs.size() - 1));
  }

  /** The run that covers a moment, if it ran then. */
  public Optional<Run> runAt(Instant moment) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).covers(moment)) {
        return Optional.of(runs.get(i));
      }
    }
    return Optional.empty();
  }

  /** How long it has been running; zero while it is stopped. */
  public Duration uptime(Instant now) {
    return currentRun().map(run -> Duration.between(run.from(), now)).orElse(Duration.ZERO);
  }

  Guest started(Instant now, int pid) {
    Guest ready = Settings.started(stopped(now));
    List<Run> longer = new ArrayList<>(ready.runs);
    longer.add(new Run(now, null));
    List<Run> kept = longer.subList(Math.max(0, longer.size() - RUNS_KEPT), longer.size());
    return new Guest(ready.spec, node, lock, kept, pid, deaf, ready.alterations);
  }

  Guest stopped(Instant now) {
    if (!running()) {
      return this;
    }
    List<Run> closed = new ArrayList<>(runs);
    Run open = closed.remove(closed.size() - 1);
    closed.add(new Run(open.from(), now));
    return new Guest(spec, node, lock, closed, processId, deaf, alterations.paused(false));
  }

  /** The same, where the clocks were set to another time: it runs no longer for that. */
  Guest stepped(Duration by) {
    if (!running()) {
      return this;
    }
    List<Run> stepped = new ArrayList<>(runs);
    Run open = stepped.remove(stepped.size() - 1);
    stepped.add(new Run(open.from().plus(by), null));
    return new Guest(spec, node, lock, stepped, processId, deaf, alterations);
  }

  Guest locked(@Nullable String newLock) {
    return new Guest(spec, node, newLock, runs, processId, deaf, alterations);
  }

  Guest movedTo(String target) {
    return new Guest(spec, target, lock, runs, processId, deaf, alterations);
  }

  Guest hearing(boolean ignoresShutdown) {
    return new Guest(spec, node, lock, runs, processId, ignoresShutdown, alterations);
  }

  Guest respecified(GuestSpec newSpec) {
    return new Guest(newSpec, node, lock, runs, processId, deaf, alterations);
  }

  Guest altered(Alterations newAlterations) {
    return new Guest(spec, node, lock, runs, processId, deaf, newAlterations);
  }

  /** Whether its processors stand still although it runs. */
  public boolean paused() {
    return running() && alterations.paused();
  }

  /** What its hardware addresses follow from; stays when its name changes. */
  public String origin() {
    return alterations.origin().isEmpty() ? spec.vmid() + spec.name() : alterations.origin();
  }

  /** Whether it starts with its node. */
  public boolean startsAtBoot() {
    return !spec.template() && alterations.get("onboot", "1").equals("1");
  }
}
