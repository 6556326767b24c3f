package org.jarvis.testkit.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;

/**
 * A cluster of which nothing may be asked: every method throws an {@link AssertionError}. A test
 * overrides those that what it tests needs, so that whatever else is read or changed fails it.
 */
public abstract class UnusedCluster implements ClusterReader, ClusterOperations {
  /** For the test's own fake. */
  protected UnusedCluster() {}

  private static AssertionError unexpected() {
    return new AssertionError("Nobody should ask this of the cluster.");
  }

  @Override
  public Optional<GuestReading> guest(GuestId guest) {
    throw unexpected();
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    throw unexpected();
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    throw unexpected();
  }

  @Override
  public Optional<TaskState> task(TaskId task) {
    throw unexpected();
  }

  @Override
  public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    throw unexpected();
  }

  @Override
  public List<String> taskLog(TaskId task, long start, int limit) {
    throw unexpected();
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    throw unexpected();
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    throw unexpected();
  }

  @Override
  public Examination examine() {
    throw unexpected();
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public void unlock(Guest guest) {
    throw unexpected();
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    throw unexpected();
  }

  @Override
  public void setTags(Guest guest, List<String> tags) {
    throw unexpected();
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public void reboot(Node node) {
    throw unexpected();
  }

  @Override
  public void shutdown(Node node) {
    throw unexpected();
  }

  @Override
  public void wake(Node node) {
    throw unexpected();
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw unexpected();
  }

  @Override
  public void cancel(TaskId task) {
    throw unexpected();
  }
}
