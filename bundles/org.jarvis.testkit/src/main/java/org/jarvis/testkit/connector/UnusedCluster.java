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
import org.jarvis.api.connector.RequestedState;
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
import org.jspecify.annotations.Nullable;

/**
 * A cluster of which nothing may be asked: every method throws an {@link AssertionError}. A test
 * overrides those that what it tests needs, so that whatever else is read or changed fails it.
 */
public abstract class UnusedCluster implements ClusterReader, ClusterOperations {
  /** For the test's own fake. */
  protected UnusedCluster() {}

  /** Somebody asked, or changed, what the test does not expect. */
  private static final class UnexpectedCall extends AssertionError {
    private static final long serialVersionUID = 1L;

    private UnexpectedCall() {
      super("Nobody should ask this of the cluster.");
    }
  }

  @Override
  public Optional<GuestReading> guest(GuestId guest) {
    throw new UnexpectedCall();
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    throw new UnexpectedCall();
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    throw new UnexpectedCall();
  }

  @Override
  public Optional<TaskState> task(TaskId task) {
    throw new UnexpectedCall();
  }

  @Override
  public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    throw new UnexpectedCall();
  }

  @Override
  public List<String> taskLog(TaskId task, long start, int limit) {
    throw new UnexpectedCall();
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    throw new UnexpectedCall();
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    throw new UnexpectedCall();
  }

  @Override
  public Examination examine() {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public void unlock(Guest guest) {
    throw new UnexpectedCall();
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    throw new UnexpectedCall();
  }

  @Override
  public void setTags(Guest guest, List<String> tags, @Nullable String digest) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public void reboot(Node node) {
    throw new UnexpectedCall();
  }

  @Override
  public void shutdown(Node node) {
    throw new UnexpectedCall();
  }

  @Override
  public void wake(Node node) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public void replicate(Node node, String job) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState orderCertificate(Node node, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public void requestState(Guest guest, RequestedState state) {
    throw new UnexpectedCall();
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw new UnexpectedCall();
  }

  @Override
  public void cancel(TaskId task) {
    throw new UnexpectedCall();
  }
}
