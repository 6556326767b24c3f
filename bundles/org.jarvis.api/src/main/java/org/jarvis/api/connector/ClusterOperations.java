package org.jarvis.api.connector;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The writing methods of a connector.
 *
 * <p><strong>Nothing but the action pipeline's executor may call them.</strong> They are handed to
 * the core with {@link ClusterRegistry#attach} and are never published as a service; an
 * architecture test holds every class to that.
 *
 * <p>Each method that returns a {@link TaskState} blocks until the cluster's task has really ended
 * and returns how it ended: an accepted request is no success. What a cluster does at once, without
 * a task, returns nothing once the cluster has said that it is done. A method never repeats a
 * request that may have had an effect. Failures before a task exists are {@link
 * org.jarvis.api.error.JarvisException}s. An interrupted thread stops following, not the task.
 * Where the connection breaks after the request was sent, the exception's code is {@code TIMED_OUT}
 * or {@code UNREACHABLE}, and whether there is an effect is unknown; where it could not be sent at
 * all, the code is {@code NOT_SENT}, and there is none.
 */
@ConsumerType
public interface ClusterOperations {
  /** Starts a guest. */
  TaskState start(Guest guest, TaskFollower follower);

  /**
   * Shuts a guest down cleanly, as its operating system would.
   *
   * @param patience how long the guest may take; after that the task fails and the guest still runs
   */
  TaskState shutdown(Guest guest, Duration patience, TaskFollower follower);

  /** Stops a guest at once, as by pulling its plug. */
  TaskState stop(Guest guest, TaskFollower follower);

  /**
   * Shuts a guest down cleanly and starts it again; pending changes of its configuration take
   * effect.
   *
   * @param patience how long the guest may take to shut down
   */
  TaskState reboot(Guest guest, Duration patience, TaskFollower follower);

  /** Resets a VM, as by its button. Containers have none. */
  TaskState reset(Guest guest, TaskFollower follower);

  /**
   * Suspends a guest.
   *
   * @param toDisk whether its memory is written to disk and its process ends; VMs only
   */
  TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower);

  /** Resumes a suspended guest. */
  TaskState resume(Guest guest, TaskFollower follower);

  /** Moves a guest to another node. */
  TaskState migrate(Guest guest, Migration migration, TaskFollower follower);

  /** Takes a snapshot. */
  TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower);

  /**
   * Takes a guest back to a snapshot; what it did since is lost.
   *
   * @param start whether it is started afterwards, where the snapshot holds no memory
   */
  TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower);

  /** Deletes a snapshot. */
  TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower);

  /** Makes a backup now. */
  TaskState backup(Guest guest, NewBackup backup, TaskFollower follower);

  /**
   * Deletes one of a guest's backups.
   *
   * @param storage the storage that it lies on
   * @param volume its volume id, such as {@code local:backup/vzdump-qemu-101-….vma.zst}
   * @throws org.jarvis.api.error.JarvisException with code {@code NOT_FOUND} when the storage has
   *     no such backup of this guest
   */
  TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower);

  /** Takes a lock from a guest that was left behind. Proxmox VE lets only root itself do this. */
  void unlock(Guest guest);

  /**
   * Changes a guest's configuration.
   *
   * @throws org.jarvis.api.error.JarvisException with code {@code CONFLICT} when somebody changed
   *     it since the digest was read
   */
  void configure(Guest guest, ConfigurationChange change);

  /**
   * Gives a guest these tags and no others.
   *
   * @param digest of the configuration that this changes; {@code null} changes whatever there is
   * @throws org.jarvis.api.error.JarvisException with code {@code CONFLICT} when somebody changed
   *     it since the digest was read
   */
  void setTags(Guest guest, List<String> tags, @Nullable String digest);

  /**
   * Makes a disk larger; it cannot be made smaller again.
   *
   * @param disk its key, such as {@code scsi0}
   * @param growth by how much
   */
  TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower);

  /** Makes a copy of a guest. */
  TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower);

  /**
   * Deletes a guest with its disks.
   *
   * @param purge whether it is taken out of backup and replication jobs and high availability, too
   */
  TaskState delete(Guest guest, boolean purge, TaskFollower follower);

  /** Reboots a node. Returns when it begins to. */
  void reboot(Node node);

  /** Shuts a node down. Returns when it begins to. */
  void shutdown(Node node);

  /** Wakes a node that is off, by a packet from another member. Returns when that is sent. */
  void wake(Node node);

  /** Starts a service of a node. */
  TaskState startService(Node node, String service, TaskFollower follower);

  /** Stops a service of a node. */
  TaskState stopService(Node node, String service, TaskFollower follower);

  /** Restarts a service of a node. */
  TaskState restartService(Node node, String service, TaskFollower follower);

  /**
   * Asks for a run of a replication job as soon as possible. Returns when the request is accepted.
   *
   * @param node the node that it copies from
   * @param job its id, such as {@code 101-0}
   */
  void replicate(Node node, String job);

  /** Orders a new certificate for a node by ACME, in place of the one that it shows. */
  TaskState orderCertificate(Node node, TaskFollower follower);

  /**
   * Says what high availability shall do with a guest that it manages. Returns when the wish is
   * noted; it is fulfilled later.
   */
  void requestState(Guest guest, RequestedState state);

  /** Follows a task that began earlier to its end, for example after a restart of Jarvis. */
  TaskState follow(TaskId task, TaskFollower follower);

  /** Asks the cluster to end a running task. Returns when the request is accepted. */
  void cancel(TaskId task);
}
