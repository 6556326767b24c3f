package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole cluster: its state, the tasks that change it, and the misfortunes that befall it.
 *
 * <p>Thread-safe; one lock guards all state and is held briefly, since everything handed out is
 * immutable. It has no thread of its own: every call first lets happen what was due by its clock.
 */
public final class SimulatedCluster {

  static final String ROOT = "root@pam";

  /** As often as the managers of high availability look. */
  private static final Duration UNTIL_FULFILLED = Duration.ofSeconds(5);

  private static final Duration LONG_AGO = Duration.ofDays(30);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String KERNEL = "6.17.4-1-pve";

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Inventory inventory;
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
  private final Set<String> isolated = new HashSet<>();
  private final Troubles troubles = new Troubles();
  private final PlantedWords plantedWords = new PlantedWords();
  private final Sensors sensors;
  private final Journal journal = new Journal();
  private final Routine routine;
  private final SnapshotBook snapshots = new SnapshotBook();
  private final ServiceTable services =
      new ServiceTable(() -> agendaNow(), host -> guestHostKeys().contains(host));
  private final BackupShelf shelf;
  private final Misfortunes misfortunes = new Misfortunes(this);
  private final Map<Integer, Guest> vanished = new HashMap<>();
  private final Set<String> switchedOff = new HashSet<>();
  private final Set<Integer> purged = new HashSet<>();
  private final Set<Integer> disabled = new HashSet<>();
  private final Map<String, Instant> replicated = new HashMap<>();
  private final Works works = Works.on(this);
  private boolean quorumLost;
  private int processes = 13_000;

  /**
   * A cluster that begins now with this inventory; the seed decides lengths, figures and its past.
   */
  public SimulatedCluster(Inventory inventory, SimulatedClock clock, long seed) {
    this.inventory = inventory;
    this.clock = clock;
    this.figures = new Figures(seed, clock.zone(), troubles);
    this.sensors = new Sensors(figures, troubles);
    this.routine = new Routine(seed);
    Instant now = clock.now();
    this.agenda = new Agenda(now);
    this.engine = new TaskEngine(agenda, book);
    this.power = new PowerWork(guests, agenda, figures, this::restartAsRoot);
    PastBackups backups = new PastBackups(inventory, figures, now);
    new Past(inventory, figures, backups, now).fill(bootedAt, guests, book);
    this.shelf = new BackupShelf(backups::backups);
    snapshots.fill(inventory, now);
    inventory.nodes().forEach(node -> nodes.put(node.name(), node));
    guests.watchedBy(this::write);
  }

  /** What it was made from, and the storages that it has. */
  public Inventory inventory() {
    return inventory;
  }

  /** The figures of its nodes, guests and storages. */
  public Figures figures() {
    return figures;
  }

  /** What the chips of its nodes measure. */
  public Sensors sensors() {
    return sensors;
  }

  /** Whether a node is there, runs, and can be reached over the network. */
  public boolean isReachable(String node) {
    return locked(() -> isNode(node) && isOnline(node));
  }

  /** The further hosts that can be reached besides the nodes: guests that somebody logs in to. */
  public List<Guest> guestHosts() {
    return snapshot().guests().stream()
        .filter(guest -> guest.spec().profile() == Profile.SERVICES && guest.vmid() < 1000)
        .toList();
  }

  /** The further host of this name. */
  public Optional<Guest> guestHost(String name) {
    return guestHosts().stream().filter(guest -> guest.spec().name().equals(name)).findFirst();
  }

  /** What is out of order because a fault says so. */
  public Troubles troubles() {
    return troubles;
  }

  /** What guests say because a fault says so. */
  public PlantedWords plantedWords() {
    return plantedWords;
  }

  /** The zone in which the household lives. */
  public ZoneId zone() {
    return clock.zone();
  }

  /** What can be asked of it. */
  public Works works() {
    return works;
  }

  /** The scheduled backups, without the guests that were purged from them. */
  public List<BackupJob> backupJobs() {
    return locked(
        () ->
            BackupJob.every().stream()
                .flatMap(job -> job.without(purged))
                .flatMap(job -> job.forgetting(forgotten()))
                .toList());
  }

  private Set<Integer> forgotten() {
    return troubles.subjects(Troubles.Kind.NOT_IN_A_JOB).stream()
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /** What can befall it. */
  public Misfortunes misfortunes() {
    return misfortunes;
  }

  /** A guest's snapshots, oldest first. */
  public List<GuestSnapshot> snapshots(int vmid) {
    return locked(() -> snapshots.of(vmid).snapshots());
  }

  /** The snapshot that a guest's present state descends from, if any. */
  public Optional<String> currentSnapshot(int vmid) {
    return locked(() -> Optional.ofNullable(snapshots.of(vmid).current()));
  }

  /** The backups on a storage, by guest and then oldest first. */
  public List<Backup> backups(String storage) {
    return locked(
        () -> shelf.on(storage).stream().flatMap(backup -> asTold(backup).stream()).toList());
  }

  /** A backup of a guest whose backups are gone is not there, and one of a month ago is older. */
  private Optional<Backup> asTold(Backup backup) {
    String vmid = String.valueOf(backup.vmid());
    if (troubles.on(Troubles.Kind.NO_BACKUP, vmid)) {
      return Optional.empty();
    }
    return Optional.of(
        troubles.on(Troubles.Kind.BACKUPS_OLD, vmid)
            ? backup.begunAt(backup.at().minus(LONG_AGO))
            : backup);
  }

  /** What a person would see to have mended by this. */
  void backedUp(int vmid) {
    troubles.end(Troubles.Kind.NO_BACKUP, String.valueOf(vmid));
    troubles.end(Troubles.Kind.BACKUPS_OLD, String.valueOf(vmid));
  }

  /** A service of a node runs anew, and with it what hung on it. */
  void served(String node, String service) {
    if (service.equals("chrony")) {
      troubles.end(Troubles.Kind.CLOCK_SKEWED, node);
    } else if (service.equals("pvestatd")) {
      for (String subject : troubles.subjects(Troubles.Kind.STORAGE_UNAVAILABLE)) {
        if (subject.startsWith(node + "/")) {
          troubles.end(Troubles.Kind.STORAGE_UNAVAILABLE, subject);
        }
      }
    }
  }

  /** Whether a node's daemon that tells its figures has failed, so that nobody knows them. */
  public boolean isGrey(String node) {
    return locked(
        () ->
            services.find(node, "pvestatd").stream()
                .anyMatch(daemon -> daemon.activeState().equals("failed")));
  }

  /** How far the clock of one node is ahead of the others'. */
  public Duration skew(String node) {
    return troubles.on(Troubles.Kind.CLOCK_SKEWED, node) ? SKEW : Duration.ZERO;
  }

  /** Whether a storage can be used on a node. */
  public boolean isUsable(StorageSpec storage, String node) {
    return !troubles.on(Troubles.Kind.STORAGE_UNAVAILABLE, node + "/" + storage.id());
  }

  /** The services of a node, or of a guest by {@code guest/} and its number. */
  public List<NodeService> services(String node) {
    return locked(() -> services.of(node));
  }

  /** When a service last changed, where it did since its host booted. */
  public Optional<Instant> serviceSince(String host, String id) {
    return locked(() -> services.since(host, id));
  }

  private Instant agendaNow() {
    return agenda.now();
  }

  private List<String> guestHostKeys() {
    return guestHosts().stream().map(guest -> "guest/" + guest.vmid()).toList();
  }

  /**
   * The latest lines of a node's journal in a span of time, oldest first.
   *
   * @param from the oldest to tell of; nothing is kept for longer than a week
   * @param to the youngest
   * @param most how many at most
   */
  public List<JournalEntry> journal(String node, Instant from, Instant to, int most) {
    return locked(
        () -> {
          NodeSpec spec = nodes.get(node);
          boolean guest = node.startsWith("guest/");
          return spec == null && !guest
              ? List.of()
              : new JournalReading(
                      routine, node, spec, journal.of(node), book.of(node), agenda.now())
                  .latest(from, to, most);
        });
  }

  /** High availability as it is now. */
  public HighAvailability highAvailability() {
    return locked(
        () -> {
          List<HighAvailability.Service> managed = new ArrayList<>();
          for (Guest guest : guests.list()) {
            if (HighAvailability.manages(guest.spec())) {
              managed.add(new HighAvailability.Service(guest, managedState(guest), wanted(guest)));
            }
          }
          return new HighAvailability(managed.isEmpty() ? null : manager(), managed);
        });
  }

  private String managedState(Guest guest) {
    if (troubles.on(Troubles.Kind.HA_ERROR, String.valueOf(guest.vmid()))) {
      return "error";
    }
    boolean fenced = guest.running() && !isOnline(guest.node());
    return fenced ? "fence" : guest.running() ? "started" : "stopped";
  }

  private String wanted(Guest guest) {
    return disabled.contains(guest.vmid()) ? "disabled" : guest.running() ? "started" : "stopped";
  }

  /**
   * Says what high availability shall do with a guest: what is disabled is stopped, and whatever
   * went wrong with it is forgotten. False where it does not manage the guest.
   *
   * @param state {@code started}, {@code stopped}, {@code disabled} or {@code ignored}
   */
  public boolean request(int vmid, String state) {
    return locked(
        () -> {
          Guest guest = guests.find(vmid);
          if (guest == null || !HighAvailability.manages(guest.spec())) {
            return false;
          }
          if (state.equals("disabled")) {
            disabled.add(vmid);
            troubles.end(Troubles.Kind.HA_ERROR, String.valueOf(vmid));
          } else {
            disabled.remove(vmid);
          }
          boolean failed = troubles.on(Troubles.Kind.HA_ERROR, String.valueOf(vmid));
          if (!failed && !state.equals("ignored")) {
            agenda.after(UNTIL_FULFILLED, () -> fulfil(vmid, state));
          }
          return true;
        });
  }

  private void fulfil(int vmid, String state) {
    Guest guest = guests.find(vmid);
    boolean runs = state.equals("started");
    // A wish that came later counts.
    boolean outdated =
        runs ? disabled.contains(vmid) : state.equals("disabled") && !disabled.contains(vmid);
    if (guest == null || guest.running() == runs || outdated) {
      return;
    }
    if (isOnline(guest.node())) {
      launch(
          new PowerRequest(
              guest.spec().kind(),
              guest.node(),
              vmid,
              runs ? PowerOperation.START : PowerOperation.SHUTDOWN,
              Optional.empty(),
              false),
          ROOT,
          null);
    }
  }

  /** Runs a replication job at once, which mends one that fails; false where there is none. */
  public boolean replicate(String job) {
    return locked(
        () -> {
          boolean known = replication().stream().anyMatch(one -> one.id().equals(job));
          if (known) {
            agenda.after(
                UNTIL_FULFILLED,
                () -> {
                  troubles.end(Troubles.Kind.REPLICATION_FAILING, job);
                  replicated.put(job, agenda.now());
                });
          }
          return known;
        });
  }

  /** The replication jobs: of what is managed and lies on ZFS, to another node with ZFS. */
  public List<ReplicationJob> replication() {
    return locked(
        () -> {
          List<ReplicationJob> jobs = new ArrayList<>();
          for (Guest guest : guests.list()) {
            Optional<String> target = replicaOf(guest);
            if (target.isPresent()) {
              Instant now = agenda.now();
              jobs.add(
                  troubles
                      .since(Troubles.Kind.REPLICATION_FAILING, ReplicationJob.id(guest.vmid()))
                      .map(since -> ReplicationJob.failing(guest, target.get(), since, now))
                      .orElseGet(
                          () ->
                              ReplicationJob.well(guest, target.get(), now)
                                  .ranAt(replicated.get(ReplicationJob.id(guest.vmid())))));
            }
          }
          return jobs;
        });
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
      Guest guest = guests.at(request.kind(), request.node(), request.vmid());
      boolean wished = request.operation() != PowerOperation.REBOOT;
      return guest != null && wished && isManaged(guest)
          ? wish(request, new TaskOwner(user, tokenId))
          : launch(request, user, tokenId);
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
            // What catches the signal says so in its own words.
            boolean backup = upid.type().equals("vzdump");
            engine.stop(run, backup ? "interrupted by signal" : "received interrupt");
          }
          return upid;
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

  /**
   * A node dies with its guests and tasks; false where there is no such node. What is managed on it
   * is started elsewhere after some time.
   */
  public boolean nodeDies(String node, Duration untilFenced) {
    return locked(
        () -> {
          if (!nodes.containsKey(node)) {
            return false;
          }
          if (offline.add(node)) {
            book.of(node).forEach(run -> engine.interrupt(run, "unexpected status"));
            Instant died = agenda.now();
            agenda.after(untilFenced, () -> recoverFrom(node, died));
          }
          return true;
        });
  }

  /** A dead node boots: its guests that ran are started again. */
  public void nodeBoots(String node) {
    locked(
        () -> {
          switchedOff.remove(node);
          boot(node);
          return node;
        });
  }

  /** A node that is off boots, whatever took it down; under the lock. */
  void boot(String node) {
    if (offline.remove(node)) {
      Instant now = agenda.now();
      bootedAt.put(node, now);
      services.reset(node);
      journal.booted(node, now, KERNEL);
      for (Guest guest : guests.list()) {
        if (guest.node().equals(node) && guest.running()) {
          Guest started = guest.stopped(now).started(now, ++processes);
          guests.put(started);
          journal.started(started, now);
        }
      }
    }
  }

  /** A node goes off after its guests were stopped; what still runs on it ends with it. */
  void switchOff(String node) {
    if (offline.add(node)) {
      switchedOff.add(node);
      book.of(node).forEach(run -> engine.interrupt(run, "unexpected status"));
      for (Guest guest : guestsOn(node)) {
        guests.put(guest.stopped(agenda.now()));
      }
    }
  }

  /** A node that was switched off boots; false where it was not. */
  boolean switchOn(String node) {
    boolean off = switchedOff.remove(node);
    if (off) {
      boot(node);
    }
    return off;
  }

  /** Whether a node is off, for whatever reason. */
  public boolean isDead(String node) {
    return locked(() -> offline.contains(node));
  }

  boolean isSwitchedOff(String node) {
    return switchedOff.contains(node);
  }

  /**
   * A node loses sight of the others, or sees them again, while all that runs on it goes on; false
   * where there is no such node.
   */
  public boolean isolate(String node, boolean alone) {
    return locked(
        () -> {
          if (alone) {
            isolated.add(node);
          } else {
            isolated.remove(node);
          }
          return nodes.containsKey(node);
        });
  }

  /** The answering member loses sight of so many others that quorum is lost, or sees them again. */
  public void quorum(boolean lost) {
    locked(() -> quorumLost = lost);
  }

  /**
   * The clocks of all nodes are set to another time. What was written down keeps the time that it
   * was given; uptimes and what is under way go on as if nothing had happened, since they do not
   * depend on the time of day.
   */
  public void stepClocks(Duration by) {
    locked(
        () -> {
          clock.step(by);
          agenda.step(by);
          bootedAt.replaceAll((node, boot) -> boot.plus(by));
          guests.list().forEach(guest -> guests.change(guest.vmid(), known -> known.stepped(by)));
          return by;
        });
  }

  <T> T locked(Supplier<T> access) {
    lock.lock();
    try {
      agenda.advanceTo(clock.now());
      return access.get();
    } finally {
      lock.unlock();
    }
  }

  /** Something that is decided under the lock and may be refused. */
  interface Decision<T> {
    T take() throws Refusal;
  }

  <T> T deciding(Decision<T> decision) throws Refusal {
    lock.lock();
    try {
      agenda.advanceTo(clock.now());
      return decision.take();
    } finally {
      lock.unlock();
    }
  }

  private Upid launch(PowerRequest request, String user, @Nullable String tokenId) {
    String type = request.kind().taskPrefix() + request.operation().word();
    return begin(
        request.node(),
        type,
        request.kind(),
        request.vmid(),
        user,
        tokenId,
        () -> power.plan(request));
  }

  /** Begins a task on a guest, under the lock. */
  Upid begin(
      String node,
      String type,
      GuestKind kind,
      int vmid,
      String user,
      @Nullable String tokenId,
      TaskEngine.Work work) {
    Upid upid = named(node, type, String.valueOf(vmid), new TaskOwner(user, tokenId));
    engine.launch(upid, kind, vmid, work);
    return upid;
  }

  /** A task on a guest that began a while ago, under the lock. */
  Upid began(
      Duration ago,
      String node,
      String type,
      GuestKind kind,
      int vmid,
      TaskOwner owner,
      TaskEngine.Work work) {
    Upid upid = named(node, type, String.valueOf(vmid), owner, agenda.now().minus(ago));
    engine.launch(upid, kind, vmid, work);
    return upid;
  }

  /** Begins a task on a guest, under the lock. */
  Upid begin(GuestAddress address, String type, TaskOwner owner, TaskEngine.Work work) {
    return begin(
        address.node(), type, address.kind(), address.vmid(), owner.user(), owner.tokenId(), work);
  }

  /** Begins a task that leaves the lock of a configuration to others, under the lock. */
  Upid beginWithoutLock(
      String node, String type, String id, int vmid, TaskOwner owner, TaskEngine.Work work) {
    Upid upid = named(node, type, id, owner);
    engine.launchWithoutLock(upid, vmid, work);
    return upid;
  }

  private Upid named(String node, String type, String id, TaskOwner owner) {
    return named(node, type, id, owner, agenda.now());
  }

  private Upid named(String node, String type, String id, TaskOwner owner, Instant start) {
    Instant boot = bootedAt.getOrDefault(node, start);
    long processStart = Math.max(0, Duration.between(boot, start).toMillis() / 10);
    processes += 3 + Math.floorMod(id.hashCode(), 7);
    return new Upid(
        node,
        processes,
        processStart,
        start.getEpochSecond(),
        type,
        id,
        owner.user(),
        owner.tokenId());
  }

  /**
   * Notes a wish about a guest that high availability manages, whose node sees to it a little
   * later.
   */
  Upid wish(GuestAddress address, String type, String line, TaskOwner owner, Runnable fulfilment) {
    Upid upid =
        beginWithoutLock(
            address.node(),
            type,
            String.valueOf(address.vmid()),
            address.vmid(),
            owner,
            () -> Plan.of().log(Duration.ZERO, line).ends(Duration.ofMillis(700), "OK"));
    agenda.after(UNTIL_FULFILLED, fulfilment);
    return upid;
  }

  private Upid wish(PowerRequest request, TaskOwner owner) {
    String verb = request.operation() == PowerOperation.START ? "start" : "stop";
    GuestAddress address = new GuestAddress(request.kind(), request.node(), request.vmid());
    return wish(
        address,
        "ha" + verb,
        "Requesting HA " + verb + " for " + address.label(),
        owner,
        () -> {
          if (isOnline(request.node())) {
            launch(request, ROOT, null);
          }
        });
  }

  /** Begins the start of a guest, where it still is there. */
  void startFor(GuestAddress address, TaskOwner owner) {
    if (isOnline(address.node())) {
      launch(
          new PowerRequest(
              address.kind(),
              address.node(),
              address.vmid(),
              PowerOperation.START,
              Optional.empty(),
              false),
          owner.user(),
          owner.tokenId());
    }
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
    return seen && isOnline(node.name());
  }

  boolean quorate() {
    long reached = nodes.values().stream().filter(this::reached).count();
    return !quorumLost && reached * 2 > nodes.size();
  }

  boolean isOnline(String node) {
    return !offline.contains(node) && !isolated.contains(node);
  }

  private @Nullable String manager() {
    return nodes.values().stream()
        .filter(this::reached)
        .map(NodeSpec::name)
        .findFirst()
        .orElse(null);
  }

  private Optional<String> replicaOf(Guest guest) {
    NodeSpec home = nodes.get(guest.node());
    if (home == null || !home.zfs() || !HighAvailability.manages(guest.spec())) {
      return Optional.empty();
    }
    return nodes.values().stream()
        .filter(node -> node.zfs() && !node.equals(home))
        .map(NodeSpec::name)
        .findFirst();
  }

  private void recoverFrom(String dead, Instant died) {
    String manager = manager();
    if (!offline.contains(dead) || manager == null || !quorate()) {
      return;
    }
    journal.fenced(manager, dead, agenda.now());
    for (Guest guest : guests.list()) {
      boolean lost = guest.node().equals(dead) && guest.running();
      if (lost && HighAvailability.manages(guest.spec())) {
        String target = replicaOf(guest).filter(this::isOnline).orElse(manager);
        guests.remove(guest.vmid());
        guests.put(guest.stopped(died).movedTo(target));
        journal.recovered(manager, guest, dead, target, agenda.now());
        restartAsRoot(guest.spec().kind(), target, guest.vmid());
      }
    }
  }

  /** What the journals say of a guest that came or went. */
  private void write(@Nullable Guest before, Guest after) {
    if (before != null && before.running()) {
      eased(before, after);
    }
    if (before == null || before.running() == after.running()) {
      return;
    }
    if (after.running()) {
      journal.started(after, agenda.now());
    } else {
      journal.stopped(before, agenda.now(), misfortunes.death());
    }
  }

  /** What ends when a guest leaves its node, or begins another run. */
  private void eased(Guest before, Guest after) {
    if (!after.running() || !after.node().equals(before.node())) {
      troubles.end(Troubles.Kind.NODE_CPU_HIGH, before.node());
      troubles.end(Troubles.Kind.NODE_MEMORY_HIGH, before.node());
    }
    if (!after.running()) {
      String vmid = String.valueOf(before.vmid());
      troubles.end(Troubles.Kind.GUEST_IO_ERROR, vmid);
      troubles.end(Troubles.Kind.AGENT_SILENT, vmid);
    }
  }

  /** Ends what runs of a type on a guest. */
  void interrupt(String node, String type, int vmid, String exitStatus) {
    for (TaskRun run : book.of(node)) {
      if (run.upid().type().equals(type) && run.vmid() == vmid) {
        engine.interrupt(run, exitStatus);
      }
    }
  }

  boolean isNode(String name) {
    return nodes.containsKey(name);
  }

  void start(int vmid) {
    guests.change(vmid, guest -> guest.started(agenda.now(), ++processes));
  }

  void change(GuestAddress address, UnaryOperator<Guest> change) {
    guests.change(address.vmid(), change);
  }

  /** Sets or, with null, removes a lock, under the cluster's own. */
  void lock(int vmid, @Nullable String name) {
    guests.change(vmid, guest -> guest.locked(name));
  }

  /** Takes away a guest and all that is kept of it. */
  void forget(int vmid) {
    guests.remove(vmid);
    snapshots.forget(vmid);
  }

  /** A guest was deleted, and perhaps taken from the jobs that name it. */
  void deleted(int vmid, boolean purge) {
    forget(vmid);
    if (purge) {
      purged.add(vmid);
    }
  }

  boolean isManaged(Guest guest) {
    return nodes.size() > 1 && HighAvailability.manages(guest.spec());
  }

  List<Guest> guestsOn(String node) {
    return guests.list().stream().filter(guest -> guest.node().equals(node)).toList();
  }

  @Nullable StorageSpec storage(String id) {
    return inventory.storages().stream()
        .filter(storage -> storage.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** A directory on every node becomes a storage of this name; false where there is one. */
  boolean addStorage(String id) {
    return locked(
        () -> {
          boolean isNew = storage(id) == null;
          if (isNew) {
            List<StorageSpec> storages = new ArrayList<>(inventory.storages());
            storages.add(
                new StorageSpec(
                    id, "dir", "iso,snippets", false, 94L << 30, 0.1, List.copyOf(nodes.keySet())));
            inventory = inventory.with(storages);
          }
          return isNew;
        });
  }

  void removeStorage(String id) {
    locked(
        () -> {
          inventory =
              inventory.with(
                  inventory.storages().stream()
                      .filter(storage -> !storage.id().equals(id))
                      .toList());
          return id;
        });
  }

  boolean has(String node, String storage) {
    StorageSpec found = storage(storage);
    return found != null && found.nodes().contains(node);
  }

  String addressOf(String node) {
    NodeSpec spec = nodes.get(node);
    return spec == null ? "" : spec.address();
  }

  GuestTable guests() {
    return guests;
  }

  Agenda agenda() {
    return agenda;
  }

  Journal journal() {
    return journal;
  }

  ServiceTable serviceTable() {
    return services;
  }

  SnapshotBook snapshotBook() {
    return snapshots;
  }

  BackupShelf shelf() {
    return shelf;
  }
}
