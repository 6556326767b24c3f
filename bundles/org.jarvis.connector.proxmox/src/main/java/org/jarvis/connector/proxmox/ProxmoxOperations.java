package org.jarvis.connector.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.RequestedState;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.reply.Upid;
import org.jspecify.annotations.Nullable;

/**
 * Changes a Proxmox VE cluster. Handed to the core and published nowhere. Safe from any thread.
 *
 * <p>Every method that follows a task reads the cluster again before it returns, so that the effect
 * is in the live state by then. Nothing is sent twice.
 */
final class ProxmoxOperations implements ClusterOperations {
  private final ApiClient api;
  private final BegunTasks tasks;
  private final GuestPower power;
  private final GuestHistory history;
  private final GuestSettings settings;
  private final GuestPlacement placement;
  private final NodeControl nodes;

  /**
   * The operations of one cluster.
   *
   * @param account who Jarvis is to the cluster, as tasks name it
   */
  ProxmoxOperations(
      ApiClient api,
      ProxmoxReader reader,
      ClusterWatch watch,
      Departure departure,
      String account,
      Clock clock,
      Pace pace) {
    this.api = api;
    this.tasks = new BegunTasks(api, reader, watch, departure, clock, pace);
    this.power = new GuestPower(api, tasks);
    this.history = new GuestHistory(api, tasks);
    this.settings = new GuestSettings(api, tasks, account, clock);
    this.placement = new GuestPlacement(api, tasks);
    this.nodes = new NodeControl(api, tasks);
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    return power.start(guest, follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    return power.shutdown(guest, patience, follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    return power.stop(guest, follower);
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    return power.reboot(guest, patience, follower);
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    return power.reset(guest, follower);
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    return power.suspend(guest, toDisk, follower);
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    return power.resume(guest, follower);
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    return placement.migrate(guest, migration, follower);
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    return history.snapshot(guest, snapshot, follower);
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    return history.rollback(guest, snapshot, start, follower);
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    return history.deleteSnapshot(guest, snapshot, follower);
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    return history.backup(guest, backup, follower);
  }

  @Override
  public TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower) {
    return history.deleteBackup(guest, storage, volume, follower);
  }

  @Override
  public void unlock(Guest guest) {
    settings.unlock(guest);
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    settings.configure(guest, change);
  }

  @Override
  public void setTags(Guest guest, List<String> tags, @Nullable String digest) {
    settings.setTags(guest, tags, digest);
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    return settings.growDisk(guest, disk, growth, follower);
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    return placement.copy(guest, copy, follower);
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    return placement.delete(guest, purge, follower);
  }

  @Override
  public void reboot(Node node) {
    nodes.reboot(node);
  }

  @Override
  public void shutdown(Node node) {
    nodes.shutdown(node);
  }

  @Override
  public void wake(Node node) {
    nodes.wake(node);
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    return nodes.service(node, service, "start", follower);
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    return nodes.service(node, service, "stop", follower);
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    return nodes.service(node, service, "restart", follower);
  }

  @Override
  public void replicate(Node node, String job) {
    nodes.replicate(node, job);
  }

  @Override
  public TaskState orderCertificate(Node node, TaskFollower follower) {
    return nodes.orderCertificate(node, follower);
  }

  @Override
  public void requestState(Guest guest, RequestedState state) {
    placement.requestState(guest, state);
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    TaskState end = tasks.end(task, follower);
    Optional<GuestId> guest = Upid.parse(task.value()).flatMap(Upid::guest);
    if (guest.isPresent()) {
      tasks.readAgain(guest.get());
    } else {
      tasks.readAgain();
    }
    return end;
  }

  @Override
  public void cancel(TaskId task) {
    api.delete(ApiPath.of("nodes", task.node(), "tasks", task.value()));
  }
}
