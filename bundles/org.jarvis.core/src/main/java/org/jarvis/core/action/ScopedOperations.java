package org.jarvis.core.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.tool.Effect;
import org.jspecify.annotations.Nullable;

/**
 * A connector's writing methods, narrowed to what was decided: these targets, and no more severe an
 * effect. A tool that says one thing and does another gets no further than here, and a tool that
 * keeps the object finds it closed once its run is over.
 */
final class ScopedOperations implements ClusterOperations {
  private static final String TAGS = "tags";

  static final String OVER = "The action that this was given to has ended.";

  private final ClusterOperations operations;
  private final Set<ResourceRef> targets;
  private final Effect effect;
  private volatile boolean touched;
  private volatile boolean closed;

  ScopedOperations(ClusterOperations operations, Set<ResourceRef> targets, Effect effect) {
    this.operations = operations;
    this.targets = Set.copyOf(targets);
    this.effect = effect;
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
    permit(guest, Effect.CHANGES);
    return operations.start(guest, follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.shutdown(guest, patience, follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.stop(guest, follower);
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.reboot(guest, patience, follower);
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.reset(guest, follower);
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.suspend(guest, toDisk, follower);
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    permit(guest, Effect.CHANGES);
    return operations.resume(guest, follower);
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    List<ResourceRef> touched = new ArrayList<>();
    touched.add(guest.ref());
    touched.add(ResourceRef.node(guest.cluster(), migration.target()));
    addStorage(touched, guest, migration.target(), migration.targetStorage());
    permit(touched, Effect.DISRUPTS);
    return operations.migrate(guest, migration, follower);
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    permit(guest, Effect.CHANGES);
    return operations.snapshot(guest, snapshot, follower);
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    permit(guest, Effect.DESTROYS);
    return operations.rollback(guest, snapshot, start, follower);
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    permit(guest, Effect.DESTROYS);
    return operations.deleteSnapshot(guest, snapshot, follower);
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    List<ResourceRef> touched = new ArrayList<>(List.of(guest.ref()));
    addStorage(touched, guest, guest.node(), backup.storage());
    permit(touched, effectOf(guest, backup));
    return operations.backup(guest, backup, follower);
  }

  private static Effect effectOf(Guest guest, NewBackup backup) {
    return switch (backup.mode()) {
      // Of a container whose storage makes no snapshots vzdump makes a suspended one of its own
      // accord (PVE::VZDump, "trying 'suspend' mode instead").
      case SNAPSHOT -> guest.type() == GuestType.LXC ? Effect.DISRUPTS : Effect.CHANGES;
      case SUSPEND, STOP -> Effect.DISRUPTS;
    };
  }

  @Override
  public void unlock(Guest guest) {
    // Whatever took the lock may still be at work; only a person can know that it is not.
    permit(guest, Effect.DISRUPTS);
    operations.unlock(guest);
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    ConfigurationKeys.check(change);
    if (change.remove().contains(TAGS)) {
      keepProtection(guest, List.of());
    } else if (change.set().containsKey(TAGS)) {
      keepProtection(guest, List.of(change.set().getOrDefault(TAGS, "").split("[;,\\s]+", -1)));
    }
    permit(guest, ConfigurationKeys.areWords(change) ? Effect.CHANGES : Effect.DISRUPTS);
    operations.configure(guest, change);
  }

  @Override
  public void setTags(Guest guest, List<String> tags) {
    keepProtection(guest, tags);
    permit(guest, Effect.CHANGES);
    operations.setTags(guest, tags);
  }

  private static void keepProtection(Guest guest, List<String> tags) {
    if (guest.tags().contains(ProtectedResources.TAG) && !tags.contains(ProtectedResources.TAG)) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          guest.label()
              + " is protected by its tag "
              + ProtectedResources.TAG
              + ", which no tool takes away.");
    }
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    // It interrupts nobody, but there is no way back.
    permit(guest, Effect.DISRUPTS);
    return operations.growDisk(guest, disk, growth, follower);
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    List<ResourceRef> touched = new ArrayList<>(List.of(guest.ref()));
    NodeName target = copy.target() == null ? guest.node() : copy.target();
    if (!target.equals(guest.node())) {
      touched.add(ResourceRef.node(guest.cluster(), target));
    }
    addStorage(touched, guest, target, copy.storage());
    // Copied disks may fill a storage, and with it stop every guest that has its own there.
    permit(touched, copy.complete() ? Effect.DISRUPTS : Effect.CHANGES);
    return operations.copy(guest, copy, follower);
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    permit(guest, Effect.DESTROYS);
    return operations.delete(guest, purge, follower);
  }

  @Override
  public void reboot(Node node) {
    permit(node, Effect.DISRUPTS);
    operations.reboot(node);
  }

  @Override
  public void shutdown(Node node) {
    permit(node, Effect.DISRUPTS);
    operations.shutdown(node);
  }

  @Override
  public void wake(Node node) {
    permit(node, Effect.CHANGES);
    operations.wake(node);
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    permit(node, Effect.CHANGES);
    return operations.startService(node, service, follower);
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    permit(node, Effect.DISRUPTS);
    return operations.stopService(node, service, follower);
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    permit(node, Effect.DISRUPTS);
    return operations.restartService(node, service, follower);
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw new JarvisException(ErrorCode.REFUSED, "A tool follows only the tasks that it begins.");
  }

  @Override
  public void cancel(TaskId task) {
    throw new JarvisException(ErrorCode.REFUSED, "A tool cancels no tasks; the gate does.");
  }

  private static void addStorage(
      List<ResourceRef> touched, Guest guest, NodeName node, @Nullable String storage) {
    if (storage != null) {
      touched.add(ResourceRef.storage(guest.cluster(), node, storage));
    }
  }

  private void permit(Resource target, Effect needed) {
    permit(List.of(target.ref()), needed);
  }

  private void permit(List<ResourceRef> touching, Effect needed) {
    if (closed) {
      throw new JarvisException(ErrorCode.REFUSED, OVER);
    }
    for (ResourceRef ref : touching) {
      if (!targets.contains(ref)) {
        throw new JarvisException(
            ErrorCode.REFUSED, ref + " is not among the targets that were decided on.");
      }
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
