package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.ErrorKind;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.reply.LogLines;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one task to its end, on the caller's thread. */
final class FollowedTask {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedTask.class);
  private static final int LINES_PER_REQUEST = 500;
  private static final int REQUESTS_PER_LOOK = 20;
  private static final double SLOWER = 1.5;

  private final TaskId task;
  private final TaskFollower follower;
  private final ApiClient api;
  private final Departure departure;
  private final Clock clock;
  private final Pace pace;
  private long linesRead;

  FollowedTask(
      TaskId task,
      TaskFollower follower,
      ApiClient api,
      Departure departure,
      Clock clock,
      Pace pace) {
    this.task = task;
    this.follower = follower;
    this.api = api;
    this.departure = departure;
    this.clock = clock;
    this.pace = pace;
  }

  /** Waits for the end. */
  TaskState toTheEnd() {
    Duration pause = pace.followFirst();
    Instant lastSeen = clock.instant();
    while (true) {
      try {
        TaskState state = Tasks.status(task, api.get(ProxmoxReader.taskPath(task, "status")));
        lastSeen = clock.instant();
        readLog();
        if (state.ended()) {
          return state;
        }
      } catch (JarvisException failure) {
        giveUpIfHopeless(failure, lastSeen);
      }
      departure.pause(pause, "the task " + task);
      pause = slower(pause);
    }
  }

  private Duration slower(Duration pause) {
    Duration next = Duration.ofMillis((long) (pause.toMillis() * SLOWER));
    return next.compareTo(pace.followLongest()) > 0 ? pace.followLongest() : next;
  }

  /** A node that reboots or a member that fails is no reason to lose sight of the task. */
  private void giveUpIfHopeless(JarvisException failure, Instant lastSeen) {
    boolean mayPass =
        failure.code().kind() == ErrorKind.TRANSIENT
            || failure.code() == ErrorCode.BAD_REPLY
            || failure.code() == ErrorCode.REMOTE_ERROR;
    if (Thread.currentThread().isInterrupted()
        || !mayPass
        || clock.instant().isAfter(lastSeen.plus(pace.followPatience()))) {
      throw new JarvisException(
          ErrorCode.TIMED_OUT,
          "The task "
              + task
              + " was begun, but can no longer be followed, so how it ends is"
              + " unknown: "
              + failure.getMessage(),
          failure);
    }
  }

  private void readLog() {
    for (int i = 0; i < REQUESTS_PER_LOOK; i++) {
      LogLines part;
      try {
        JsonNode data =
            api.get(
                ProxmoxReader.taskPath(task, "log")
                    .with("start", linesRead)
                    .with("limit", LINES_PER_REQUEST));
        part = LogLines.read(data, linesRead);
      } catch (JarvisException unreadable) {
        // The log is for people; the status decides.
        LOG.debug("The log of {} cannot be read: {}", task, unreadable.getMessage());
        return;
      }
      linesRead = part.next();
      if (!part.lines().isEmpty()) {
        follower.logged(part.lines());
      }
      if (part.lines().size() < LINES_PER_REQUEST) {
        return;
      }
    }
  }
}
