package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole cluster: its state, the tasks that change it, and the misfortunes that befall it.
 *
 * <p>Thread-safe; one lock guards all state and is held briefly, since everything handed out is
 * immutable. It has no thread of its own: every call first lets happen what was due by its clock.
 */
public final class SimulatedCluster {

  private static final String ROOT = "root@pam";

  private final ReentrantLock lock = new ReentrantLock();
  private final Inventory inventory;
  private final SimulatedClock clock;
  private final Figures figures;
  private final Agenda agenda;
  private final TaskBook book = new TaskBook();
  private final TaskEngine engine;
  private final GuestTable guests = new GuestTable();
  private final PowerWork power;
  private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
  private final Map<String, Instant> bootedAt = new HashMap<>();
  private final Set<String> offline = new HashSet<>();
  private final Map<Integer, Guest> vanished = new HashMap<>();
  private boolean quorumLost;
  private int processes = 13_000;

  /**
   * A cluster that begins now with this inventory; the seed decides lengths, figures and its past.
   */
  public SimulatedCluster(Inventory inventory, SimulatedClock clock, long seed) {
    this.inventory = inventory;
    this.clock = clock;
    this.figures = new Figures(seed, clock.zone());
    Instant now = clock.now();
    this.agenda = new Agenda(now);
    this.engine = new TaskEngine(agenda, book);
    this.power = new PowerWork(guests, agenda, figures, this::restartAsRoot);
    new Past(inventory, figures, now).fill(bootedAt, guests, book);
    inventory.nodes().forEach(node -> nodes.put(node.name(), node));
  }

  /** What it was made from. */
  public Inventory inventory() {
    return inventory;
  }

  /** The figures of its nodes, guests and storages. */
  public Figures figures() {
    return figures;
  }

  /** Everything as it is now. */
  public ClusterSnapshot snapshot() {
    return locked(() -> new ClusterSnapshot(agenda.now(), nodesNow(), guests.list(), quorate()));
  }

  /** One guest, where it is at this address. */
  public Optional<Guest> guest(GuestKind kind, String node, int vmid) {
    return locked(() -> Optional.ofNullable(guests.at(kind, node, vmid)));
  }

  /**
   * Makes a task that changes a guest's power.
   *
   * @param tokenId the API token that asks, or null for a person
   * @return the task's name; what becomes of it is another question
   * @throws Refusal where the real handler refuses before it makes a task
   */
  public Upid power(PowerRequest request, String user, @Nullable String tokenId) throws Refusal {
    lock.lock();
    try {
      agenda.advanceTo(clock.now());
      power.refuseAtOnce(request, quorate());
      return launch(request, user, tokenId);
    } finally {
      lock.unlock();
    }
  }

  /** One task, if it is known. */
  public Optional<Task> task(Upid upid) {
    return locked(() -> Optional.ofNullable(book.find(upid)).map(TaskRun::snapshot));
  }

  /** A node's latest tasks, newest first, at most so many. */
  public List<Task> tasks(String node, int limit) {
    return locked(() -> book.of(node).stream().limit(limit).map(TaskRun::snapshot).toList());
  }

  /** Stops a task; one that has ended stays as it is. */
  public void stopTask(Upid upid) {
    locked(
        () -> {
          TaskRun run = book.find(upid);
          if (run != null) {
            engine.interrupt(run, "received interrupt");
          }
          return upid;
        });
  }

  /** A guest dies without a task; false where there is none that runs. */
  public boolean crash(int vmid) {
    return locked(
        () -> {
          Guest guest = guests.find(vmid);
          boolean ran = guest != null && guest.running();
          guests.change(vmid, found -> found.stopped(agenda.now()));
          return ran;
        });
  }

  /**
   * Sets or, with null, removes the lock of a guest's configuration; false where there is no such
   * guest.
   */
  public boolean lockGuest(int vmid, @Nullable String name) {
    return locked(
        () -> {
          guests.change(vmid, guest -> guest.locked(name));
          return guests.find(vmid) != null;
        });
  }

  /**
   * Makes a guest ignore requests to shut down, or hear them again; false where there is no such
   * guest.
   */
  public boolean deafen(int vmid, boolean deaf) {
    return locked(
        () -> {
          guests.change(vmid, guest -> guest.hearing(deaf));
          return guests.find(vmid) != null;
        });
  }

  /** Takes a guest away, configuration and all; false where there is no such guest. */
  public boolean vanish(int vmid) {
    return locked(
        () -> {
          Guest guest = guests.remove(vmid);
          if (guest != null) {
            vanished.put(vmid, guest.stopped(agenda.now()));
          }
          return guest != null;
        });
  }

  /** Brings a vanished guest back, stopped. */
  public void reappear(int vmid) {
    locked(
        () -> {
          Guest guest = vanished.remove(vmid);
          if (guest != null) {
            guests.put(guest);
          }
          return vmid;
        });
  }

  /** A node dies with its guests and tasks; false where there is no such node. */
  public boolean nodeDies(String node) {
    return locked(
        () -> {
          if (!nodes.containsKey(node)) {
            return false;
          }
          offline.add(node);
          book.of(node).forEach(run -> engine.interrupt(run, "unexpected status"));
          return true;
        });
  }

  /** A dead node boots: its guests that ran are started again. */
  public void nodeBoots(String node) {
    locked(
        () -> {
          if (offline.remove(node)) {
            Instant now = agenda.now();
            bootedAt.put(node, now);
            for (Guest guest : guests.list()) {
              if (guest.node().equals(node) && guest.running()) {
                guests.put(guest.stopped(now).started(now, ++processes));
              }
            }
          }
          return node;
        });
  }

  /** The answering member loses sight of so many others that quorum is lost, or sees them again. */
  public void quorum(boolean lost) {
    locked(() -> quorumLost = lost);
  }

  private <T> T locked(Supplier<T> access) {
    lock.lock();
    try {
      agenda.advanceTo(clock.now());
      return access.get();
    } finally {
      lock.unlock();
    }
  }

  private Upid launch(PowerRequest request, String user, @Nullable String tokenId) {
    Instant now = agenda.now();
    Instant boot = bootedAt.getOrDefault(request.node(), now);
    long processStart = Duration.between(boot, now).toMillis() / 10;
    String type = request.kind().taskPrefix() + request.operation().word();
    processes += 3 + Math.floorMod(request.vmid(), 7);
    Upid upid =
        new Upid(
            request.node(),
            processes,
            processStart,
            now.getEpochSecond(),
            type,
            String.valueOf(request.vmid()),
            user,
            tokenId);
    engine.launch(upid, request.kind(), request.vmid(), () -> power.plan(request));
    return upid;
  }

  private void restartAsRoot(GuestKind kind, String node, int vmid) {
    if (!offline.contains(node)) {
      launch(
          new PowerRequest(kind, node, vmid, PowerOperation.START, Optional.empty(), false),
          ROOT,
          null);
    }
  }

  private List<Node> nodesNow() {
    List<Node> now = new ArrayList<>();
    for (NodeSpec node : nodes.values()) {
      now.add(new Node(node, bootedAt.getOrDefault(node.name(), agenda.now()), reached(node)));
    }
    now.sort(Comparator.comparingInt(node -> node.spec().id()));
    return now;
  }

  /** A partition without quorum still sees half of the nodes, itself among them. */
  private boolean reached(NodeSpec node) {
    boolean seen = !quorumLost || node.id() <= Math.max(1, nodes.size() / 2);
    return seen && !offline.contains(node.name());
  }

  private boolean quorate() {
    long reached = nodes.values().stream().filter(this::reached).count();
    return !quorumLost && reached * 2 > nodes.size();
  }
}
