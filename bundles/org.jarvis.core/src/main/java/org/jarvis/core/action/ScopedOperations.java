package org.jarvis.core.action;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.RequestedState;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.ServiceRules;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/**
 * A connector's writing methods, narrowed to what was decided: these targets, each touched no more
 * severely than decided, and no more severe an effect. A tool that says one thing and does another
 * gets no further than here, and a tool that keeps the object finds it closed once its run is over.
 *
 * <p>What a tool passes only names a target: what reaches the connector is the resource that was
 * decided on, and a configuration that has changed since is not overwritten.
 */
final class ScopedOperations implements ClusterOperations {
  private static final String TAGS = "tags";

  static final String OVER = "The action that this was given to has ended.";

  private final ClusterOperations operations;
  private final Map<ResourceRef, ResolvedTarget> targets;
  private final Effect effect;
  private final Objection objection;
  private volatile boolean touched;
  private volatile boolean closed;

  /**
   * Narrows these operations.
   *
   * @param targets what was decided on
   * @param effect the most severe effect that was decided on
   * @param objection asked before each step
   */
  ScopedOperations(
      ClusterOperations operations,
      Collection<ResolvedTarget> targets,
      Effect effect,
      Objection objection) {
    this.operations = operations;
    this.targets =
        targets.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    target -> target.resource().ref(),
                    Function.identity(),
                    (one, other) -> one.touch().compareTo(other.touch()) >= 0 ? one : other));
    this.effect = effect;
    this.objection = objection;
  }

  /** Why no further step may be taken at this moment. */
  @FunctionalInterface
  interface Objection {
    /** Nothing ever stands against it. */
    Objection NONE = Optional::empty;

    /** The reason, in words for people; empty when there is none. */
    Optional<String> reason();
  }

  /** Whether anything was asked of the cluster, so that there may be an effect. */
  boolean touched() {
    return touched;
  }

  void close() {
    closed = true;
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    return operations.start(permit(guest, Touch.TENDS, Effect.CHANGES), follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    return operations.shutdown(takeDown(guest), patience, follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    return operations.stop(takeDown(guest), follower);
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    return operations.reboot(takeDown(guest), patience, follower);
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    return operations.reset(takeDown(guest), follower);
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    return operations.suspend(takeDown(guest), toDisk, follower);
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    return operations.resume(permit(guest, Touch.TENDS, Effect.CHANGES), follower);
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    Set<ResourceRef> used = new HashSet<>();
    used.add(ResourceRef.node(guest.cluster(), migration.target()));
    addStorage(used, guest, migration.target(), migration.targetStorage());
    return operations.migrate(
        permit(guest, Touch.TAKES_DOWN, Effect.DISRUPTS, used), migration, follower);
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    return operations.snapshot(permit(guest, Touch.TENDS, Effect.CHANGES), snapshot, follower);
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    return operations.rollback(
        permit(guest, Touch.TAKES_DOWN, Effect.DESTROYS), snapshot, start, follower);
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    return operations.deleteSnapshot(
        permit(guest, Touch.RECONFIGURES, Effect.DESTROYS), snapshot, follower);
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    Set<ResourceRef> used = new HashSet<>();
    addStorage(used, guest, guest.node(), backup.storage());
    boolean interrupts = interrupts(guest, backup);
    return operations.backup(
        permit(
            guest,
            interrupts ? Touch.INTERRUPTS : Touch.TENDS,
            interrupts ? Effect.DISRUPTS : Effect.CHANGES,
            used),
        backup,
        follower);
  }

  private static boolean interrupts(Guest guest, NewBackup backup) {
    return switch (backup.mode()) {
      // Of a container whose storage makes no snapshots vzdump makes a suspended one of its own
      // accord (PVE::VZDump, "trying 'suspend' mode instead").
      case SNAPSHOT -> guest.type() == GuestType.LXC;
      case SUSPEND, STOP -> true;
    };
  }

  @Override
  public TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower) {
    Set<ResourceRef> used = new HashSet<>();
    addStorage(used, guest, guest.node(), storage);
    return operations.deleteBackup(
        permit(guest, Touch.RECONFIGURES, Effect.DESTROYS, used), storage, volume, follower);
  }

  @Override
  public void unlock(Guest guest) {
    // Whatever took the lock may still be at work; only a person can know that it is not.
    operations.unlock(permit(guest, Touch.RECONFIGURES, Effect.DISRUPTS));
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    ConfigurationKeys.check(change);
    boolean words = ConfigurationKeys.areWords(change);
    if (change.remove().contains(TAGS)) {
      checkTags(guest, List.of());
    } else if (change.set().containsKey(TAGS)) {
      checkTags(guest, List.of(change.set().getOrDefault(TAGS, "").split("[;,\\s]+", -1)));
    }
    Guest decided = permit(guest, Touch.RECONFIGURES, words ? Effect.CHANGES : Effect.DISRUPTS);
    operations.configure(
        decided, new ConfigurationChange(change.set(), change.remove(), digest(decided)));
  }

  @Override
  public void setTags(Guest guest, List<String> tags, @Nullable String digest) {
    checkTags(guest, tags);
    Guest decided = permit(guest, Touch.RECONFIGURES, Effect.CHANGES);
    operations.setTags(decided, tags, digest(decided));
  }

  /** The digest of the configuration that was decided on. */
  private @Nullable String digest(Guest guest) {
    String digest = require(guest.ref()).configuration();
    return digest.isEmpty() ? null : digest;
  }

  /**
   * The tag that protects stays where it is, and setting it is for good, so it is no small thing.
   */
  private void checkTags(Guest guest, List<String> tags) {
    boolean had = decided(guest).tags().contains(ProtectedResources.TAG);
    boolean has = tags.contains(ProtectedResources.TAG);
    if (had && !has) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          guest.label()
              + " is protected by its tag "
              + ProtectedResources.TAG
              + ", which no tool takes away.");
    }
    if (has && !had && effect.compareTo(Effect.DISRUPTS) < 0) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "The tag "
              + ProtectedResources.TAG
              + " protects "
              + guest.label()
              + " for good, which was not decided on.");
    }
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    // It interrupts nobody, but there is no way back.
    return operations.growDisk(
        permit(guest, Touch.RECONFIGURES, Effect.DISRUPTS), disk, growth, follower);
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    Set<ResourceRef> used = new HashSet<>();
    NodeName target = copy.target() == null ? guest.node() : copy.target();
    if (!target.equals(guest.node())) {
      used.add(ResourceRef.node(guest.cluster(), target));
    }
    addStorage(used, guest, target, copy.storage());
    // Copied disks may fill a storage, and with it stop every guest that has its own there.
    Effect needed = copy.complete() ? Effect.DISRUPTS : Effect.CHANGES;
    return operations.copy(permit(guest, Touch.TENDS, needed, used), copy, follower);
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    return operations.delete(permit(guest, Touch.REMOVES, Effect.DESTROYS), purge, follower);
  }

  @Override
  public void reboot(Node node) {
    operations.reboot(permit(node, Touch.TAKES_DOWN, Effect.DISRUPTS));
  }

  @Override
  public void shutdown(Node node) {
    operations.shutdown(permit(node, Touch.TAKES_DOWN, Effect.DISRUPTS));
  }

  @Override
  public void wake(Node node) {
    operations.wake(permit(node, Touch.TENDS, Effect.CHANGES));
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    return operations.startService(permit(node, service, Touch.TENDS), service, follower);
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    return operations.stopService(
        permit(node, service, ServiceRules.stop(service)), service, follower);
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    return operations.restartService(
        permit(node, service, ServiceRules.restart(service)), service, follower);
  }

  @Override
  public void replicate(Node node, String job) {
    if (!job.equals(require(node.ref()).part())) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "The replication job " + job + " of " + node.ref() + " is not what was decided on.");
    }
    operations.replicate(permit(node, Touch.TENDS, Effect.CHANGES), job);
  }

  @Override
  public TaskState orderCertificate(Node node, TaskFollower follower) {
    // Whoever knows the node by its old certificate refuses it from then on.
    return operations.orderCertificate(permit(node, Touch.INTERRUPTS, Effect.DISRUPTS), follower);
  }

  @Override
  public void requestState(Guest guest, RequestedState state) {
    operations.requestState(
        switch (state) {
          case STARTED -> permit(guest, Touch.TENDS, Effect.CHANGES);
          case DISABLED -> takeDown(guest);
        },
        state);
  }

  private Node permit(Node node, String service, Touch touch) {
    if (!service.equals(require(node.ref()).part())) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "The service " + service + " of " + node.ref() + " is not what was decided on.");
    }
    return permit(node, touch, touch.leastEffect());
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw new JarvisException(ErrorCode.REFUSED, "A tool follows only the tasks that it begins.");
  }

  @Override
  public void cancel(TaskId task) {
    ResourceRef node =
        targets.values().stream()
            .filter(target -> task.value().equals(target.part()))
            .map(target -> target.resource().ref())
            .filter(ref -> ref.nodeName().filter(task.node()::equals).isPresent())
            .findFirst()
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.REFUSED, "This task's end is not what was decided on."));
    permit(node, Touch.INTERRUPTS, Effect.DISRUPTS, Set.of());
    operations.cancel(task);
  }

  private static void addStorage(
      Set<ResourceRef> used, Guest guest, NodeName node, @Nullable String storage) {
    if (storage != null) {
      used.add(ResourceRef.storage(guest.cluster(), node, storage));
    }
  }

  private Guest takeDown(Guest guest) {
    return permit(guest, Touch.TAKES_DOWN, Effect.DISRUPTS);
  }

  private Guest permit(Guest guest, Touch touch, Effect needed) {
    return permit(guest, touch, needed, Set.of());
  }

  private Guest permit(Guest guest, Touch touch, Effect needed, Set<ResourceRef> used) {
    permit(guest.ref(), touch, needed, used);
    return decided(guest);
  }

  private Node permit(Node node, Touch touch, Effect needed) {
    permit(node.ref(), touch, needed, Set.of());
    return (Node) require(node.ref()).resource();
  }

  private Guest decided(Guest guest) {
    return (Guest) require(guest.ref()).resource();
  }

  private ResolvedTarget require(ResourceRef ref) {
    ResolvedTarget target = targets.get(ref);
    if (target == null) {
      throw new JarvisException(
          ErrorCode.REFUSED, ref + " is not among the targets that were decided on.");
    }
    return target;
  }

  private void permit(ResourceRef ref, Touch touch, Effect needed, Set<ResourceRef> used) {
    if (closed) {
      throw new JarvisException(ErrorCode.REFUSED, OVER);
    }
    objection
        .reason()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.REFUSED, reason);
            });
    used.forEach(this::require);
    Touch decided = require(ref).touch();
    if (touch.compareTo(decided) > 0) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "What was decided " + decided.word() + " " + ref + ", and this " + touch.word() + " it.");
    }
    if (needed.compareTo(effect) > 0) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "The action was decided as one that "
              + effect.word()
              + ", and this "
              + needed.word()
              + ".");
    }
    touched = true;
  }
}
