package org.jarvis.connector.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.Privileges;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.Lane;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the details of a cluster in turn, at most sixty requests a minute however many guests there
 * are, and reports them. What cannot answer is not asked: nodes that are offline, guests that do
 * not run, agents that are not configured, and whatever the account has no privilege for. Safe from
 * any thread.
 */
final class SlowLane {
  private static final Logger LOG = LoggerFactory.getLogger(SlowLane.class);
  private static final int PER_MINUTE = 60;
  private static final int BURST = 6;

  /** For requests that turn out to be needed only when others are slow. */
  private static final int SPARE = 2;

  /** So that one node that is slow cannot hold up the others. */
  private static final int AT_ONCE = 4;

  private static final int AT_ONCE_PER_NODE = 2;

  private final ClusterSettings settings;
  private final ApiClient api;
  private final DetailReader reader;
  private final OddityLog oddityLog;
  private final Clock clock;
  private final Executor workers;
  private final ResourceRef cluster;

  // All guarded by this.
  private final Allowance allowance;
  private final Rotation rotation;
  private final Map<Turn, Begun> underWay = new HashMap<>();
  private final Map<GuestId, Boolean> agents = new HashMap<>();
  private final Map<Turn, Roster.Bar> barred = new HashMap<>();
  private final MissingLog missingLog;
  private final GuestChanges guestChanges = new GuestChanges();
  private LastReading reading = LastReading.NONE;
  private AccountRights rights;
  private boolean privilegesTried;
  private boolean clusterAnswers;
  private @Nullable Attachment attachment;

  /**
   * A slow lane that does nothing until it is ticked.
   *
   * @param workers runs what blocks
   */
  SlowLane(
      ClusterSettings settings,
      ApiClient api,
      DetailReader reader,
      OddityLog oddityLog,
      Clock clock,
      Executor workers) {
    this.settings = settings;
    this.api = api;
    this.reader = reader;
    this.oddityLog = oddityLog;
    this.clock = clock;
    this.workers = workers;
    this.cluster = ResourceRef.cluster(settings.id());
    this.allowance = new Allowance(PER_MINUTE, BURST, clock.instant());
    this.rotation = new Rotation(allowance.perMinute());
    this.missingLog = new MissingLog(settings.id());
    this.rights = new AccountRights(settings.access().token().account(), null, Release.UNKNOWN);
  }

  /** Reports to this attachment from now on; to none for {@code null}. */
  synchronized void reportTo(@Nullable Attachment line) {
    attachment = line;
  }

  /**
   * The cluster was read as a whole.
   *
   * @param release which release of Proxmox VE it runs
   */
  void observed(LastReading now, Release release) {
    reader.keepOnly(now);
    synchronized (this) {
      LastReading before = reading;
      AccountRights heldBefore = rights;
      reading = now;
      become(rights.in(release));
      if (!clusterAnswers) {
        clusterAnswers = true;
        rotation.release(clock.instant(), (turn, code) -> Setback.passes(code));
      }
      Set<Turn> changed = guestChanges.since(now);
      agents.keySet().retainAll(now.guests().keySet());
      if (!now.offersTheSame(before) || !rights.equals(heldBefore)) {
        takePart();
      }
      changed.forEach(rotation::demand);
    }
  }

  /** The cluster does not answer: nothing is asked until it does. */
  synchronized void silent() {
    clusterAnswers = false;
  }

  /** These tasks have ended: what they may have changed is read as soon as possible. */
  synchronized void ended(Collection<TaskState> tasks) {
    for (TaskState task : tasks) {
      TaskTraces.of(task, settings.id(), reading).forEach(turn -> rotation.demand(shared(turn)));
    }
  }

  /** Somebody looks at these. */
  void attend(Collection<ResourceRef> resources) {
    synchronized (this) {
      rotation.attend(resources, clock.instant());
      for (ResourceRef resource : resources) {
        Storage storage = reading.storages().get(resource);
        if (storage != null) {
          rotation.attend(
              reading.sharing(storage).stream().map(Storage::ref).toList(), clock.instant());
        }
      }
    }
    tick();
  }

  /** How often an aspect is read. */
  synchronized Duration interval(Aspect aspect) {
    return rotation.interval(aspect);
  }

  /** Begins to read whatever is due, as far as the allowance goes. Returns at once. */
  void tick() {
    while (true) {
      Turn turn;
      Guest guest;
      synchronized (this) {
        if (!clusterAnswers || attachment == null || underWay.size() >= AT_ONCE) {
          return;
        }
        Instant now = clock.instant();
        int free = free();
        if (free < 1 || !allowance.allows(1, now)) {
          return;
        }
        Optional<Turn> next = rotation.next(now, this::nodeIsFree);
        if (next.isEmpty()) {
          return;
        }
        turn = next.get();
        guest = reading.guest(turn.resource()).orElse(null);
        int requests = reader.requests(turn, guest, rights);
        if (requests > free || !allowance.allows(requests, now)) {
          // It waits for its turn; if cheaper ones went first, it might wait for good.
          return;
        }
        rotation.begin(turn);
        allowance.charge(requests, now);
        underWay.put(turn, new Begun(nodeOf(turn), requests));
      }
      workers.execute(() -> read(turn, guest));
    }
  }

  /** How many requests this minute has left. */
  private int free() {
    int begun = underWay.values().stream().mapToInt(Begun::requests).sum();
    return PER_MINUTE - SPARE - api.traffic().lately(Lane.SLOW) - begun;
  }

  /** Takes one request out of what may be read, for something that is not in the rotation. */
  synchronized boolean take() {
    Instant now = clock.instant();
    // The allowance leaves a few of each minute free, and pays this one off before it goes on.
    if (!clusterAnswers || free() < 1) {
      return false;
    }
    allowance.charge(1, now);
    return true;
  }

  private boolean nodeIsFree(Turn turn) {
    Optional<NodeName> node = nodeOf(turn);
    return node.isEmpty()
        || underWay.values().stream().filter(other -> other.node().equals(node)).count()
            < AT_ONCE_PER_NODE;
  }

  private Optional<NodeName> nodeOf(Turn turn) {
    return turn.resource().kind() == ResourceKind.GUEST
        ? reading.guest(turn.resource()).map(Guest::node)
        : turn.resource().nodeName();
  }

  private void read(Turn turn, @Nullable Guest guest) {
    try {
      read(turn, guest, Lane.SLOW);
    } catch (JarvisException failure) {
      LOG.debug("{} of {} is not read.", turn.aspect().word(), turn.resource(), failure);
    } catch (RuntimeException fault) {
      // A fault of ours; it must not end the rotation.
      LOG.error("Reading {} of {} failed.", turn.aspect().word(), turn.resource(), fault);
      failed(turn, new JarvisException(ErrorCode.INTERNAL, "Jarvis failed to read this.", fault));
    } finally {
      synchronized (this) {
        underWay.remove(turn);
      }
    }
    tick();
  }

  /**
   * Reads now, on the caller's thread, and reports what comes of it.
   *
   * @param guest the guest, where it is one's
   * @throws JarvisException why it cannot be read
   */
  AspectState read(Turn turn, @Nullable Guest guest, Lane lane) {
    Instant at = clock.instant();
    DetailReader.Asking asking = new DetailReader.Asking(lane, rights());
    Detail detail;
    try {
      detail = reader.read(turn, guest, asking);
    } catch (JarvisException failure) {
      JarvisException explained = asking.rights().explaining(failure, turn, guest);
      failed(turn, explained);
      throw explained;
    }
    oddityLog.note(asking.oddities().all());
    return succeeded(turn, at, detail, asking.gaps());
  }

  private synchronized AccountRights rights() {
    return rights;
  }

  /** What an answer about this leaves out without a word, and the cure, as far as it is known. */
  synchronized Optional<String> omitted(Turn turn) {
    return rights.omitted(turn, reading.storages().get(turn.resource()));
  }

  private synchronized AspectState succeeded(Turn turn, Instant at, Detail detail, Gaps gaps) {
    if (detail instanceof Privileges now) {
      learn(now);
    }
    rotation.read(turn, at);
    barred.remove(turn);
    Optional<NodeName> answering = nodeOf(turn);
    rotation.release(
        clock.instant(), (other, code) -> Setback.passes(code) && nodeOf(other).equals(answering));
    // First what a privilege would mend: of the parts that failed only some are told.
    String incomplete =
        Stream.of(omitted(turn), gaps.told())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    AspectState state =
        AspectState.readPartly(
            detail,
            new Observation(
                settings.source(),
                at,
                Rhythm.rotates(turn.aspect())
                    ? rotation.interval(turn.aspect())
                    : settings.pollInterval()),
            incomplete.isEmpty() ? null : incomplete);
    tell(turn, state);
    if (!incomplete.isEmpty()) {
      missingLog.incomplete(turn.aspect(), incomplete);
    }
    if (detail instanceof GuestConfiguration configuration) {
      agentIs(turn, configuration.agentEnabled());
    }
    return state;
  }

  /** What the account may do is known, perhaps otherwise than before. */
  private void learn(Privileges now) {
    boolean changed = !now.equals(rights.held()) || !privilegesTried;
    privilegesTried = true;
    become(rights.holding(now));
    if (changed) {
      takePart();
    }
    rotation.release(
        clock.instant(),
        (refused, code) ->
            code == ErrorCode.PRIVILEGE_MISSING
                && (changed
                    || rights.isKnownToCover(
                        refused, reading.guest(refused.resource()).orElse(null))));
  }

  /** What is barred, or left out, for other reasons than before is told anew. */
  private void become(AccountRights now) {
    AccountRights before = rights;
    if (now.equals(before)) {
      return;
    }
    rights = now;
    barred.clear();
    rotation.demand(
        turn -> {
          Storage storage = reading.storages().get(turn.resource());
          return turn.aspect() != Aspect.PRIVILEGES
              && !before.omitted(turn, storage).equals(now.omitted(turn, storage));
        });
  }

  private void agentIs(Turn turn, boolean enabled) {
    Optional<Guest> guest = reading.guest(turn.resource());
    if (guest.isPresent()
        && guest.get().type() == GuestType.QEMU
        && !Boolean.valueOf(enabled).equals(agents.put(guest.get().id(), enabled))) {
      takePart();
    }
  }

  private synchronized void failed(Turn turn, JarvisException failure) {
    Instant now = clock.instant();
    rotation.failed(turn, now, failure.code(), Setback.rest(turn.aspect(), failure.code()));
    tell(turn, AspectState.failed(turn.aspect(), failure.code(), failure.getMessage(), now));
    if (failure.code() == ErrorCode.PRIVILEGE_MISSING) {
      missingLog.missing(List.of(turn.aspect().word()), failure.getMessage());
    }
    if (turn.aspect() == Aspect.PRIVILEGES && !privilegesTried) {
      privilegesTried = true;
      takePart();
    }
  }

  private void tell(Turn turn, AspectState state) {
    Attachment line = attachment;
    if (line == null) {
      return;
    }
    Storage storage = reading.storages().get(turn.resource());
    if (storage == null) {
      line.detailed(turn.resource(), state);
    } else {
      reading.sharing(storage).forEach(same -> line.detailed(same.ref(), state));
    }
  }

  /** Works out what can be read at all, and says of the rest why not. */
  private void takePart() {
    Roster roster =
        privilegesTried
            ? Roster.of(cluster, reading, rights, agents)
            : Roster.ofPrivileges(cluster);
    barred.keySet().retainAll(roster.bars().keySet());
    roster.bars().forEach(this::bar);
    rotation.takePart(roster.turns(), clock.instant(), this::gone);
  }

  private void bar(Turn turn, Roster.Bar bar) {
    if (bar.isLike(barred.put(turn, bar))) {
      return;
    }
    String reason = bar.reason().get();
    tell(turn, AspectState.failed(turn.aspect(), bar.code(), reason, clock.instant()));
    if (bar.code() == ErrorCode.PRIVILEGE_MISSING) {
      missingLog.missing(bar.privileges(), reason);
    }
  }

  /** It was read before and cannot be any more. */
  private void gone(Turn turn) {
    Guest guest = reading.guest(turn.resource()).orElse(null);
    if (guest != null && guest.status() == Guest.Status.STOPPED && !barred.containsKey(turn)) {
      tell(
          turn,
          AspectState.failed(
              turn.aspect(),
              ErrorCode.NOT_RUNNING,
              guest.label() + " does not run, so there is nothing to read.",
              clock.instant()));
    }
  }

  /** The turn in which the content of this turn's storage is read. */
  private Turn shared(Turn turn) {
    Storage storage = reading.storages().get(turn.resource());
    if (storage == null || rotation.has(turn)) {
      return turn;
    }
    return reading.sharing(storage).stream()
        .map(same -> new Turn(same.ref(), turn.aspect()))
        .filter(rotation::has)
        .findFirst()
        .orElse(turn);
  }

  /** A turn that was begun. */
  private record Begun(Optional<NodeName> node, int requests) {}
}
