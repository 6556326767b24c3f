package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.reply.GuestDetails;
import org.jarvis.connector.proxmox.reply.Upid;

/**
 * Changes a Proxmox VE cluster. Handed to the core and published nowhere. Safe from any thread.
 *
 * <p>Every method that follows a task reads the cluster again before it returns, so that the effect
 * is in the live state by then.
 */
final class ProxmoxOperations implements ClusterOperations {
  private static final String HIGH_AVAILABILITY = "ha";

  private final ApiClient api;
  private final ProxmoxReader reader;
  private final ClusterWatch watch;
  private final Departure departure;
  private final Clock clock;
  private final Pace pace;

  ProxmoxOperations(
      ApiClient api,
      ProxmoxReader reader,
      ClusterWatch watch,
      Departure departure,
      Clock clock,
      Pace pace) {
    this.api = api;
    this.reader = reader;
    this.watch = watch;
    this.departure = departure;
    this.clock = clock;
    this.pace = pace;
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    return run(guest, "start", Map.of(), Guest.Status.RUNNING, Duration.ZERO, follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    long seconds = Math.max(1, patience.toSeconds());
    return run(
        guest,
        "shutdown",
        Map.of("timeout", Long.toString(seconds)),
        Guest.Status.STOPPED,
        patience,
        follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    return run(guest, "stop", Map.of(), Guest.Status.STOPPED, Duration.ZERO, follower);
  }

  private TaskState run(
      Guest guest,
      String operation,
      Map<String, String> form,
      Guest.Status effect,
      Duration patience,
      TaskFollower follower) {
    ApiPath path = ProxmoxReader.guestPath(guest, "status", operation);
    TaskId task = taskId(api.post(path, form), guest, operation);
    follower.began(task);
    TaskState end = new FollowedTask(task, follower, api, departure, clock, pace).toTheEnd();
    if (end.succeeded() && end.type().startsWith(HIGH_AVAILABILITY)) {
      awaitHighAvailability(guest, effect, patience.plus(pace.settlePatience()));
    }
    watch.readAfterTaskOn(guest.id());
    return end;
  }

  private static TaskId taskId(JsonNode data, Guest guest, String operation) {
    return Upid.parse(data.asText(""))
        .map(Upid::id)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.UNREACHABLE,
                    "Proxmox VE accepted "
                        + operation
                        + " of "
                        + guest.label()
                        + " without naming"
                        + " a task, so whether it took effect is unknown."));
  }

  /**
   * For a guest that high availability manages, the task only notes what is wanted; the guest's
   * node does it a little later, with a task of its own.
   */
  private void awaitHighAvailability(Guest guest, Guest.Status wanted, Duration patience) {
    Instant end = clock.instant().plus(patience);
    while (clock.instant().isBefore(end)) {
      try {
        JsonNode current = api.get(ProxmoxReader.guestPath(guest, "status", "current"));
        if (GuestDetails.over(guest, current, reader.observedAt(clock.instant())).status()
            == wanted) {
          return;
        }
      } catch (JarvisException unreadable) {
        // It may just move to another node. The reading that follows tells what came of it.
        if (unreadable.code() == ErrorCode.VANISHED) {
          return;
        }
      }
      departure.pause(pace.followLongest(), "what high availability does with " + guest.label());
    }
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    TaskState end = new FollowedTask(task, follower, api, departure, clock, pace).toTheEnd();
    Optional<GuestId> guest = Upid.parse(task.value()).flatMap(Upid::guest);
    if (guest.isPresent()) {
      watch.readAfterTaskOn(guest.get());
    } else {
      watch.read();
    }
    return end;
  }

  @Override
  public void cancel(TaskId task) {
    api.delete(ApiPath.of("nodes", task.node(), "tasks", task.value()));
  }

  @Override
  public TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    throw notBuilt("rebooting a guest");
  }

  @Override
  public TaskState reset(Guest guest, TaskFollower follower) {
    throw notBuilt("resetting a guest");
  }

  @Override
  public TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    throw notBuilt("suspending a guest");
  }

  @Override
  public TaskState resume(Guest guest, TaskFollower follower) {
    throw notBuilt("resuming a guest");
  }

  @Override
  public TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    throw notBuilt("migrating a guest");
  }

  @Override
  public TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    throw notBuilt("taking a snapshot");
  }

  @Override
  public TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    throw notBuilt("rolling a guest back");
  }

  @Override
  public TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    throw notBuilt("deleting a snapshot");
  }

  @Override
  public TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    throw notBuilt("making a backup");
  }

  @Override
  public void unlock(Guest guest) {
    throw notBuilt("unlocking a guest");
  }

  @Override
  public void configure(Guest guest, ConfigurationChange change) {
    throw notBuilt("configuring a guest");
  }

  @Override
  public void setTags(Guest guest, List<String> tags) {
    throw notBuilt("setting tags");
  }

  @Override
  public TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    throw notBuilt("growing a disk");
  }

  @Override
  public TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    throw notBuilt("copying a guest");
  }

  @Override
  public TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    throw notBuilt("deleting a guest");
  }

  @Override
  public void reboot(Node node) {
    throw notBuilt("rebooting a node");
  }

  @Override
  public void shutdown(Node node) {
    throw notBuilt("shutting a node down");
  }

  @Override
  public void wake(Node node) {
    throw notBuilt("waking a node");
  }

  @Override
  public TaskState startService(Node node, String service, TaskFollower follower) {
    throw notBuilt("starting a service");
  }

  @Override
  public TaskState stopService(Node node, String service, TaskFollower follower) {
    throw notBuilt("stopping a service");
  }

  @Override
  public TaskState restartService(Node node, String service, TaskFollower follower) {
    throw notBuilt("restarting a service");
  }

  private static JarvisException notBuilt(String what) {
    return new JarvisException(ErrorCode.INTERNAL, what + " is not built yet");
  }
}
