package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jspecify.annotations.Nullable;

/**
 * Tells the times of clusters' tasks by Jarvis's clock, where a node's own is off: otherwise what
 * happened a moment ago would seem to be an hour old, or yet to come, and whatever compares it with
 * Jarvis's readings would be wrong.
 *
 * <p>What is written down keeps the time that it was given, right or wrong. So each time counts by
 * how far the clock was off when the time was first listed, and goes on counting so after somebody
 * set the clock right. Of what was listed before Jarvis began to watch, the present has to do. Safe
 * from any thread.
 */
final class NodeClocks {
  /** What compares times bears as much; below it all is left as the node tells it. */
  private static final Duration BORNE = Duration.ofSeconds(5);

  private final Map<ClusterId, OfOne> clusters = new ConcurrentHashMap<>();

  /**
   * By how much the times of a task are off.
   *
   * @param begin that of its beginning
   * @param end that of its end, {@code null} while it runs
   */
  private record Written(Duration begin, @Nullable Duration end) {
    boolean right() {
      return begin.isZero() && (end == null || end.isZero());
    }
  }

  /** What a connector tells, with its times by Jarvis's clock; most often it is the same object. */
  AspectState byOurs(ClusterId cluster, AspectState state) {
    return state.detail() instanceof ConnectionDetail || state.detail() instanceof RecentTasks
        ? clusters.computeIfAbsent(cluster, first -> new OfOne()).byOurs(state)
        : state;
  }

  /** Those of one cluster. */
  private static final class OfOne {
    // All guarded by this.
    private Map<NodeName, Duration> offsets = Map.of();
    private Map<TaskId, Written> written = Map.of();
    private @Nullable RecentTasks told;
    private @Nullable RecentTasks ours;

    synchronized AspectState byOurs(AspectState state) {
      if (state.detail() instanceof ConnectionDetail connection) {
        note(connection);
      }
      if (!(state.detail() instanceof RecentTasks recent)) {
        return state;
      }
      RecentTasks now = recent.equals(told) && ours != null ? ours : byOurs(recent);
      told = recent;
      ours = now;
      return now.equals(recent)
          ? state
          : new AspectState(
              state.aspect(), now, state.observation(), state.incomplete(), state.failure());
    }

    private void note(ConnectionDetail connection) {
      Map<NodeName, Duration> now = new HashMap<>();
      for (ConnectionDetail.Member member : connection.members()) {
        Duration offset = member.clockOffset();
        if (member.node() != null && offset != null && offset.abs().compareTo(BORNE) > 0) {
          now.put(member.node(), offset);
        }
      }
      offsets = Map.copyOf(now);
    }

    private RecentTasks byOurs(RecentTasks recent) {
      Map<TaskId, Written> listed = new HashMap<>();
      boolean right = true;
      for (TaskState task : recent.tasks()) {
        Written times = times(task);
        listed.put(task.id(), times);
        right &= times.right();
      }
      written = listed;
      return right
          ? recent
          : new RecentTasks(
              recent.tasks().stream()
                  .map(task -> byOurs(task, Objects.requireNonNull(listed.get(task.id()))))
                  .toList());
    }

    private Written times(TaskState task) {
      Duration now = offsets.getOrDefault(task.id().node(), Duration.ZERO);
      Written known = written.get(task.id());
      Duration begin = known == null ? now : known.begin();
      Duration end = known == null || known.end() == null ? now : known.end();
      return new Written(begin, task.endedAt() == null ? null : end);
    }

    private static TaskState byOurs(TaskState task, Written times) {
      Instant end = task.endedAt();
      return new TaskState(
          task.id(),
          task.type(),
          task.subject(),
          task.user(),
          task.startedAt().minus(times.begin()),
          end == null || times.end() == null ? end : end.minus(times.end()),
          task.exitStatus());
    }
  }
}
