package org.jarvis.api.connector;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The writing methods of a connector whose system can do less than Jarvis may ask for: each refuses
 * with {@code NOT_PRESENT} and a sentence for people, without any effect. A connector extends it
 * and overrides what its system can do; a method that a later version of Jarvis adds is refused
 * until the connector knows it.
 */
@ConsumerType
public abstract class PartialOperations implements ClusterOperations {
  private static final String CANNOT = "The connector of this cluster cannot ";

  /** For a connector's own operations. */
  protected PartialOperations() {}

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "start guests.");
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "shut guests down.");
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "stop guests.");
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "reboot guests.");
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "reset guests.");
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "suspend guests.");
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "resume guests.");
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "move guests to another node.");
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "take snapshots.");
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "take guests back to a snapshot.");
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "delete snapshots.");
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "make backups.");
  }

  @Override
  public TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "delete backups.");
  }

  @Override
  public void unlock(Guest guest) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "take locks from guests.");
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "change guests' configurations.");
  }

  @Override
  public void setTags(Guest guest, List<String> tags, @Nullable String digest) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "tag guests.");
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "make disks larger.");
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "copy guests.");
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "delete guests.");
  }

  @Override
  public void reboot(Node node) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "reboot nodes.");
  }

  @Override
  public void shutdown(Node node) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "shut nodes down.");
  }

  @Override
  public void wake(Node node) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "wake nodes.");
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "start services of nodes.");
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "stop services of nodes.");
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "restart services of nodes.");
  }

  @Override
  public void replicate(Node node, String job) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "run replication jobs.");
  }

  @Override
  public TaskState orderCertificate(Node node, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "order certificates.");
  }

  @Override
  public void requestState(Guest guest, RequestedState state) {
    throw new JarvisException(
        ErrorCode.NOT_PRESENT, CANNOT + "ask high availability for anything.");
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "follow tasks that began earlier.");
  }

  @Override
  public void cancel(TaskId task) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "end running tasks.");
  }
}
