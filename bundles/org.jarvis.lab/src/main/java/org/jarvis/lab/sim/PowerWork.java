package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Plans the tasks that change a guest's power, with the checks in the order and the words of the
 * real workers: virtual machines and containers differ in both. Confined to the cluster's lock.
 */
final class PowerWork {

  private static final String PAUSED = "VM is paused - cannot shutdown";
  private static final String SUSPENDED = "suspended";
  private static final Duration DEFAULT_SHUTDOWN_TIMEOUT = ofSeconds(60);
  private static final Duration TERMINATION = ofMillis(800);

  /** How to ask for the start that follows a virtual machine's reboot. */
  interface Restart {
    void of(GuestKind kind, String node, int vmid);
  }

  private final GuestTable guests;
  private final Agenda agenda;
  private final Figures figures;
  private final Restart restart;
  private int processes = 21_000;
  private long planned;

  PowerWork(GuestTable guests, Agenda agenda, Figures figures, Restart restart) {
    this.guests = guests;
    this.agenda = agenda;
    this.figures = figures;
    this.restart = restart;
  }

  /** What is wrong with a request before a task is made, as the API handler itself checks. */
  void refuseAtOnce(PowerRequest request, boolean quorate) throws Refusal {
    Guest guest = guests.at(request.kind(), request.node(), request.vmid());
    boolean running = guest != null && guest.running();
    int vmid = request.vmid();
    boolean container = request.kind() == GuestKind.LXC;
    switch (request.operation()) {
      case START -> {
        if (container && running) {
          throw new Refusal("CT " + vmid + " already running");
        }
        if (!quorate) {
          throw new Refusal("cluster not ready - no quorum?");
        }
      }
      case STOP, SHUTDOWN -> {
        if (container && !running) {
          throw new Refusal("CT " + vmid + " not running");
        }
        boolean clean = request.operation() == PowerOperation.SHUTDOWN && !request.forceStop();
        if (clean && guest != null && guest.paused()) {
          throw new Refusal(PAUSED);
        }
      }
      case REBOOT -> {
        if (!container && guest == null) {
          throw new Refusal(noConfigurationOnNode(vmid, request.node()));
        }
        if (!running) {
          throw new Refusal("VM " + vmid + " not running");
        }
        if (guest != null && guest.paused()) {
          throw new Refusal(PAUSED);
        }
      }
    }
  }

  Plan plan(PowerRequest request) throws TaskFailure {
    planned++;
    return switch (request.operation()) {
      case START -> start(request);
      case STOP -> stop(request);
      case SHUTDOWN -> shutdown(request);
      case REBOOT -> reboot(request);
    };
  }

  private Plan start(PowerRequest request) throws TaskFailure {
    GuestKind kind = request.kind();
    Guest guest = guests.at(kind, request.node(), request.vmid());
    if (guest == null) {
      throw new TaskFailure(noConfiguration(request));
    }
    if (guest.spec().template()) {
      throw new TaskFailure(
          kind == GuestKind.QEMU
              ? "you can't start a vm if it's a template"
              : "you can't start a CT if it's a template");
    }
    boolean suspended = kind == GuestKind.QEMU && SUSPENDED.equals(guest.lock());
    if (!suspended) {
      checkLock(guest);
    }
    if (guest.running()) {
      throw new TaskFailure(kind.label() + " " + request.vmid() + " already running");
    }
    Duration length = figures.between(ofSeconds(2), ofSeconds(4), draw());
    Plan.Builder steps = Plan.of();
    if (suspended) {
      steps.log(length.dividedBy(4), "Resuming suspended VM");
    }
    if (guest.spec().osType().equals("win11")) {
      steps.log(length.dividedBy(4), "swtpm_setup: Not overwriting existing state file.");
    }
    return steps
        .effect(length.multipliedBy(4).dividedBy(5), () -> switchOn(request))
        .ends(length, "OK");
  }

  private Plan stop(PowerRequest request) throws TaskFailure {
    Guest guest = guests.at(request.kind(), request.node(), request.vmid());
    if (guest == null) {
      throw new TaskFailure(missing(request));
    }
    if (!guest.running()) {
      return Plan.nothingToDo();
    }
    checkLock(guest);
    Duration length = figures.between(ofSeconds(1), ofSeconds(2), draw());
    return Plan.of().effect(length.dividedBy(2), () -> switchOff(request)).ends(length, "OK");
  }

  private Plan shutdown(PowerRequest request) throws TaskFailure {
    Guest guest = guests.at(request.kind(), request.node(), request.vmid());
    if (guest == null) {
      throw new TaskFailure(missing(request));
    }
    if (!guest.running()) {
      return Plan.nothingToDo();
    }
    checkLock(guest);
    Duration needed = timeToShutDown(request);
    Duration allowed = request.timeout().orElse(DEFAULT_SHUTDOWN_TIMEOUT);
    if (!guest.deaf() && needed.compareTo(allowed) <= 0) {
      return Plan.of().effect(needed, () -> switchOff(request)).ends(needed.plusMillis(300), "OK");
    }
    if (!request.forceStop()) {
      return Plan.of().ends(allowed, timedOut(request, allowed));
    }
    Plan.Builder steps = Plan.of();
    if (request.kind() == GuestKind.QEMU) {
      steps.log(allowed, "VM still running - terminating now with SIGTERM");
    }
    Duration terminated = allowed.plus(TERMINATION);
    return steps
        .effect(terminated, () -> switchOff(request))
        .ends(terminated.plusMillis(200), "OK");
  }

  /**
   * A container reboots within its task; a virtual machine's task ends with the shutdown, and
   * another one starts it.
   */
  private Plan reboot(PowerRequest request) throws TaskFailure {
    Guest guest = guests.at(request.kind(), request.node(), request.vmid());
    if (guest == null) {
      throw new TaskFailure(missing(request));
    }
    if (!guest.running()) {
      return Plan.nothingToDo();
    }
    checkLock(guest);
    Duration needed = timeToShutDown(request);
    Duration allowed = request.timeout().orElse(DEFAULT_SHUTDOWN_TIMEOUT);
    if (guest.deaf() || needed.compareTo(allowed) > 0) {
      return Plan.of().ends(allowed, timedOut(request, allowed));
    }
    Plan.Builder steps = Plan.of().effect(needed, () -> switchOff(request));
    if (request.kind() == GuestKind.LXC) {
      Duration booted = needed.plusMillis(1500);
      return steps.effect(booted, () -> switchOn(request)).ends(booted.plusMillis(300), "OK");
    }
    Duration length = needed.plusMillis(300);
    steps.effect(
        length,
        () ->
            agenda.after(
                ofMillis(500), () -> restart.of(request.kind(), request.node(), request.vmid())));
    return steps.ends(length, "OK");
  }

  private void switchOn(PowerRequest request) throws TaskFailure {
    if (guests.at(request.kind(), request.node(), request.vmid()) == null) {
      throw new TaskFailure(noConfiguration(request));
    }
    guests.change(
        request.vmid(),
        guest ->
            (SUSPENDED.equals(guest.lock()) ? guest.locked(null) : guest)
                .started(agenda.now(), ++processes));
  }

  private void switchOff(PowerRequest request) {
    guests.change(request.vmid(), guest -> guest.stopped(agenda.now()));
  }

  private Duration timeToShutDown(PowerRequest request) {
    return request.kind() == GuestKind.QEMU
        ? figures.between(ofSeconds(5), ofSeconds(15), draw())
        : figures.between(ofMillis(2500), ofSeconds(7), draw());
  }

  private static void checkLock(Guest guest) throws TaskFailure {
    @Nullable String lock = guest.lock();
    if (lock != null) {
      throw new TaskFailure(guest.spec().kind().label() + " is locked (" + lock + ")");
    }
  }

  private static String timedOut(PowerRequest request, Duration allowed) {
    return request.kind() == GuestKind.QEMU
        ? "VM quit/powerdown failed - got timeout"
        : "command 'lxc-stop -n %d --nokill --timeout %d' failed: exit code 1"
            .formatted(request.vmid(), allowed.toSeconds());
  }

  private static String missing(PowerRequest request) {
    return request.kind() == GuestKind.QEMU
        ? noConfigurationOnNode(request.vmid(), request.node())
        : noConfiguration(request);
  }

  private static String noConfigurationOnNode(int vmid, String node) {
    return "unable to find configuration file for VM " + vmid + " on node '" + node + "'";
  }

  private static String noConfiguration(PowerRequest request) {
    return "Configuration file '"
        + request.kind().configPath(request.node(), request.vmid())
        + "' does not exist";
  }

  private long draw() {
    return -500_000L - planned;
  }
}
