package org.jarvis.tools;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
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
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostCommands;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.testkit.connector.UnusedCluster;
import org.jarvis.tools.host.HostPrints;

/** A context that notes what a tool asks of the cluster, and answers what a test wants. */
public final class FakeContext extends UnusedCluster implements ToolContext, TaskFollower {
  public final List<String> calls = new ArrayList<>();
  public final Deque<Guest.Status> statusesToCome = new ArrayDeque<>();
  public final Deque<Guest> guestsToCome = new ArrayDeque<>();
  public final List<TaskState> tasks = new ArrayList<>();
  public List<String> lines = List.of();
  public RecordedCourse course;
  public Examination examination;
  public String exitStatus = "OK";
  public String taskType = "qmstart";
  public AspectState nodeReading;
  public final HostPrints prints = new HostPrints();

  /** What is done to the cluster's state when a writing method is called. */
  public Runnable effect = () -> {};

  private final Map<Aspect, Deque<Detail>> details = new EnumMap<>(Aspect.class);
  private final Arguments arguments;
  private final List<Resource> targets;
  private final LiveState liveState;

  public FakeContext(Arguments arguments, LiveState liveState, Resource... targets) {
    this.arguments = arguments;
    this.liveState = liveState;
    this.targets = List.of(targets);
  }

  /** What is read of an aspect, in turn; the last for good. */
  public FakeContext reads(Detail... inTurn) {
    for (Detail detail : inTurn) {
      details.computeIfAbsent(detail.aspect(), aspect -> new ArrayDeque<>()).add(detail);
    }
    return this;
  }

  /** Whether a test said what is read of it. */
  boolean isTold(Aspect aspect) {
    return details.containsKey(aspect);
  }

  @Override
  public Arguments arguments() {
    return arguments;
  }

  @Override
  public Principal principal() {
    return new Principal("ada", PrincipalKind.PERSON, "session-1");
  }

  @Override
  public Origin origin() {
    return Origin.CHAT;
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
  public HostCommands host(HostId host) {
    calls.add("host " + host);
    return prints;
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

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    return task("reboot " + guest.id() + " within " + patience.toSeconds() + " s", follower);
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    return task("reset " + guest.id(), follower);
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    return task("suspend " + guest.id() + (toDisk ? " to disk" : ""), follower);
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    return task("resume " + guest.id(), follower);
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    return task("migrate " + guest.id() + " " + migration, follower);
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    return task("snapshot " + guest.id() + " " + snapshot, follower);
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    return task("rollback " + guest.id() + " " + snapshot + (start ? " and start" : ""), follower);
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    return task("delete snapshot " + guest.id() + " " + snapshot, follower);
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    return task("backup " + guest.id() + " " + backup, follower);
  }

  @Override
  public TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower) {
    return task("delete backup " + guest.id() + " " + storage + " " + volume, follower);
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    did("configure " + guest.id() + " " + change);
  }

  @Override
  public void setTags(Guest guest, List<String> tags, String digest) {
    did("tags " + guest.id() + " " + tags);
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    return task("grow " + guest.id() + " " + disk + " by " + growth.value(), follower);
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    return task("copy " + guest.id() + " " + copy, follower);
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    return task("delete " + guest.id() + (purge ? " and purge" : ""), follower);
  }

  @Override
  public void reboot(Node node) {
    did("reboot " + node.name());
  }

  @Override
  public void shutdown(Node node) {
    did("shutdown " + node.name());
  }

  @Override
  public void wake(Node node) {
    did("wake " + node.name());
  }

  @Override
  public void replicate(Node node, String job) {
    did("replicate " + job + " from " + node.name());
  }

  @Override
  public TaskState orderCertificate(Node node, TaskFollower follower) {
    return task("order certificate for " + node.name(), follower);
  }

  @Override
  public void requestState(Guest guest, RequestedState state) {
    did("request " + state.word() + " of " + guest.id());
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    return task("start " + service + " on " + node.name(), follower);
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    return task("stop " + service + " on " + node.name(), follower);
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    return task("restart " + service + " on " + node.name(), follower);
  }

  private void did(String call) {
    calls.add(call);
    effect.run();
  }

  private TaskState task(String call, TaskFollower follower) {
    did(call);
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
    did("cancel " + task);
  }

  @Override
  public Optional<GuestReading> guest(GuestId guest) {
    calls.add("look at " + guest);
    if (!guestsToCome.isEmpty()) {
      return Optional.of(new GuestReading(guestsToCome.poll(), "", ""));
    }
    return Optional.ofNullable(statusesToCome.poll())
        .map(
            status ->
                new GuestReading(
                    Home.guest(guest.value(), ((Guest) targets.get(0)).type(), status), "", ""));
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    Deque<Detail> inTurn = details.get(aspect);
    if (inTurn != null) {
      Detail next = inTurn.size() > 1 ? inTurn.poll() : inTurn.peek();
      return AspectState.read(next, Home.seen(Duration.ZERO));
    }
    if (nodeReading == null) {
      throw new JarvisException(
          ErrorCode.UNREACHABLE, String.join("", resource.path()) + " does not answer.");
    }
    return nodeReading;
  }

  @Override
  public Optional<TaskState> task(TaskId task) {
    TaskState next = tasks.size() > 1 ? tasks.remove(0) : tasks.isEmpty() ? null : tasks.get(0);
    return Optional.ofNullable(next);
  }

  @Override
  public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    return List.of();
  }

  @Override
  public List<String> taskLog(TaskId task, long start, int limit) {
    return lines.stream().skip(start).limit(limit).toList();
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    calls.add("journal of " + node + " from " + since + " until " + until);
    return lines;
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    return course;
  }

  @Override
  public Examination examine() {
    return examination;
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
