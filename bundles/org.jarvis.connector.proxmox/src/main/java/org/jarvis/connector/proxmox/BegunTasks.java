package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.reply.GuestDetails;
import org.jarvis.connector.proxmox.reply.Upid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what requests have begun to its real end, and then reads the cluster again, so that the
 * effect is in the live state before an operation returns. Safe from any thread.
 */
final class BegunTasks {
  private static final Logger LOG = LoggerFactory.getLogger(BegunTasks.class);
  private static final String HIGH_AVAILABILITY = "ha";
  private static final String MIGRATING = "migrate";

  private final ApiClient api;
  private final ProxmoxReader reader;
  private final ClusterWatch watch;
  private final Departure departure;
  private final Clock clock;
  private final Pace pace;

  BegunTasks(
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

  /**
   * Follows the task that a reply names, without reading the cluster.
   *
   * @param reply what the request was answered with
   * @param what what was asked, such as {@code start of media (VM 101)}, for messages
   */
  TaskState end(JsonNode reply, String what, TaskFollower follower) {
    TaskId task = taskId(reply, what);
    follower.began(task);
    return end(task, follower);
  }

  /** Follows a task, without reading the cluster. */
  TaskState end(TaskId task, TaskFollower follower) {
    return new FollowedTask(task, follower, api, departure, clock, pace).toTheEnd();
  }

  /**
   * Follows the task that a reply names, and reads the cluster with this guest again.
   *
   * @param aspects what else of the guest it may have changed
   */
  TaskState endOn(
      Guest guest, JsonNode reply, String operation, TaskFollower follower, Aspect... aspects) {
    TaskState end = end(reply, operation + " of " + guest.label(), follower);
    watch.readAfterTaskOn(guest.id());
    readAgain(guest.ref(), aspects);
    return end;
  }

  /** Reads the cluster again, this guest straight from its node. */
  void readAgain(GuestId guest) {
    watch.readAfterTaskOn(guest);
  }

  /**
   * Reads details that an operation may have changed, so that they are in the live state before it
   * returns. What cannot be read now has its turn later, and says why.
   */
  void readAgain(ResourceRef resource, Aspect... aspects) {
    for (Aspect aspect : aspects) {
      try {
        reader.detail(resource, aspect);
      } catch (JarvisException unreadable) {
        LOG.debug("{} of {} is not read: {}", aspect, resource, unreadable.getMessage());
      }
    }
  }

  /** Reads the cluster again. */
  void readAgain() {
    watch.read();
  }

  /**
   * Whether a task only noted a wish. For a guest that high availability manages, the guest's node
   * does what is wanted a little later, with a task of its own.
   */
  static boolean onlyWished(TaskState end) {
    return end.succeeded() && end.type().startsWith(HIGH_AVAILABILITY);
  }

  /** Waits until a guest is in a status, but no longer than this and the time to settle. */
  void awaitStatus(Guest guest, Guest.Status wanted, Duration patience, String cause) {
    Instant end = clock.instant().plus(patience).plus(pace.settlePatience());
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
      departure.pause(pace.followLongest(), cause + " " + guest.label());
    }
  }

  /** Waits until a guest is where it should be; as long as it takes once it has begun to move. */
  void awaitMove(Guest guest, Predicate<Guest> arrived) {
    Instant end = clock.instant().plus(pace.settlePatience());
    while (clock.instant().isBefore(end)) {
      try {
        Optional<Guest> now = reader.guest(guest.id()).map(GuestReading::guest);
        if (now.isEmpty() || (arrived.test(now.get()) && now.get().lock() == null)) {
          return;
        }
        if (MIGRATING.equals(now.get().lock())) {
          end = clock.instant().plus(pace.settlePatience());
        }
      } catch (JarvisException unreadable) {
        if (Thread.currentThread().isInterrupted()) {
          throw unreadable;
        }
        // Between two nodes it may be at neither; the next look tells.
      }
      departure.pause(pace.followLongest(), "the move of " + guest.label());
    }
  }

  private static TaskId taskId(JsonNode reply, String what) {
    return Upid.parse(reply.asText(""))
        .map(Upid::id)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.UNREACHABLE,
                    "Proxmox VE accepted "
                        + what
                        + " without naming a task, so whether it took effect is unknown."));
  }
}
