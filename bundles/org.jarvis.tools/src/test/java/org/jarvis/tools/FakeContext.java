package org.jarvis.tools;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.testkit.connector.UnusedCluster;

/** A context that notes what a tool asks of the cluster, and answers what a test wants. */
final class FakeContext extends UnusedCluster implements ToolContext, TaskFollower {
  final List<String> calls = new ArrayList<>();
  final Deque<Guest.Status> statusesToCome = new ArrayDeque<>();
  String exitStatus = "OK";
  String taskType = "qmstart";
  AspectState nodeReading;
  private final Arguments arguments;
  private final List<Resource> targets;
  private final LiveState liveState;

  FakeContext(Arguments arguments, LiveState liveState, Resource... targets) {
    this.arguments = arguments;
    this.liveState = liveState;
    this.targets = List.of(targets);
  }

  @Override
  public Arguments arguments() {
    return arguments;
  }

  @Override
  public List<Resource> targets() {
    return targets;
  }

  @Override
  public LiveState liveState() {
    return liveState;
  }

  @Override
  public ClusterReader reader(ClusterId cluster) {
    return this;
  }

  @Override
  public ClusterOperations operations(ClusterId cluster) {
    return this;
  }

  @Override
  public TaskFollower follower() {
    return this;
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    return task("start " + guest.id(), follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    return task("shutdown " + guest.id() + " within " + patience.toSeconds() + " s", follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    return task("stop " + guest.id(), follower);
  }

  private TaskState task(String call, TaskFollower follower) {
    calls.add(call);
    TaskId id = new TaskId(new NodeName("pve1"), "UPID:pve1:1");
    follower.began(id);
    return new TaskState(
        id, taskType, "101", "jarvis@pve!jarvis", Instant.EPOCH, Instant.EPOCH, exitStatus);
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw new AssertionError("A tool follows nothing by itself.");
  }

  @Override
  public void cancel(TaskId task) {
    throw new AssertionError("A tool cancels nothing.");
  }

  @Override
  public Optional<GuestReading> guest(GuestId guest) {
    calls.add("look at " + guest);
    return Optional.ofNullable(statusesToCome.poll())
        .map(
            status ->
                new GuestReading(
                    Home.guest(guest.value(), ((Guest) targets.get(0)).type(), status), "", ""));
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    if (nodeReading == null) {
      throw new JarvisException(
          ErrorCode.UNREACHABLE, String.join("", resource.path()) + " does not answer.");
    }
    return nodeReading;
  }

  @Override
  public Optional<TaskState> task(TaskId task) {
    return Optional.empty();
  }

  @Override
  public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    return List.of();
  }

  @Override
  public void began(TaskId task) {
    calls.add("began " + task);
  }

  @Override
  public void logged(List<String> lines) {
    calls.add("logged " + lines.size());
  }
}
