package org.jarvis.core.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the guest under a number is still the same. It is another one when it was absent in
 * between, is of another type, was made at another time by its own configuration, or when a task
 * deleted the former after it was last seen.
 *
 * <p>An incarnation that a deletion began is named by that task, so that looking at the same task
 * again names the same incarnation.
 */
final class Incarnations {
  /** How far the clocks of Jarvis and of a node may be apart. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  /** How long a deletion can be in the past of a guest that is seen for the first time. */
  private static final Duration LATELY = Duration.ofMinutes(2);

  private static final Set<String> DELETING = Set.of("qmdestroy", "vzdestroy");

  /**
   * Of those who were there when the cluster was read for the first time. Always the same, so that
   * a Jarvis whose store was lost does not take every guest for another one.
   */
  private static final Incarnation FIRST = Incarnation.FIRST;

  private final Supplier<String> names;

  Incarnations() {
    this(() -> UUID.randomUUID().toString());
  }

  Incarnations(Supplier<String> names) {
    this.names = names;
  }

  /** Which lives these guests are, who were seen in one reading. */
  Map<GuestId, Incarnation> of(ClusterSnapshot before, Map<GuestId, Guest> guests) {
    Map<GuestId, Incarnation> lives = new HashMap<>();
    if (before.nodes().isEmpty() && before.incarnations().isEmpty()) {
      guests.keySet().forEach(id -> lives.put(id, FIRST));
      return Map.copyOf(lives);
    }
    Map<GuestId, TaskState> deletions = deletions(before);
    boolean changed = guests.size() != before.incarnations().size();
    for (Guest guest : guests.values()) {
      Incarnation known = before.incarnations().get(guest.id());
      Incarnation now =
          life(known, before.guests().get(guest.id()), guest, deletions.get(guest.id()));
      changed |= !now.equals(known);
      lives.put(guest.id(), now);
    }
    return changed ? Map.copyOf(lives) : before.incarnations();
  }

  /** Which life a guest is that was read by itself. */
  Incarnation of(ClusterSnapshot before, Guest guest) {
    return life(
        before.incarnations().get(guest.id()),
        before.guests().get(guest.id()),
        guest,
        deletions(before).get(guest.id()));
  }

  private Incarnation life(
      @Nullable Incarnation known,
      @Nullable Guest before,
      Guest now,
      @Nullable TaskState deletion) {
    if (known == null || before == null) {
      return deletion == null || !deletedSince(deletion, now.observation().at().minus(LATELY))
          ? fresh()
          : after(deletion);
    }
    if (deletion != null && deletedSince(deletion, before.observation().at().minus(SKEW))) {
      Incarnation anew = after(deletion);
      return anew.equals(known) ? known : anew;
    }
    return before.type() == now.type() ? known : fresh();
  }

  /** Whether a task deleted this guest after it was last seen. */
  boolean isDeleted(ClusterSnapshot before, Guest guest) {
    TaskState deletion = deletions(before).get(guest.id());
    return deletion != null && deletedSince(deletion, guest.observation().at());
  }

  private static boolean deletedSince(TaskState deletion, Instant since) {
    return deletion.endedAt() != null && deletion.endedAt().isAfter(since);
  }

  /** The life of a guest whose configuration was read; another one where it was made anew. */
  @Nullable Incarnation renewedBy(@Nullable GuestConfiguration before, String generation) {
    if (before == null || before.generation().isEmpty() || generation.isEmpty()) {
      return null;
    }
    return before.generation().equals(generation) ? null : fresh();
  }

  private Incarnation fresh() {
    return new Incarnation(names.get());
  }

  private static Incarnation after(TaskState deletion) {
    return new Incarnation(
        UUID.nameUUIDFromBytes(deletion.id().value().getBytes(StandardCharsets.UTF_8)).toString());
  }

  /** The latest deletion of each number that went well. */
  private static Map<GuestId, TaskState> deletions(ClusterSnapshot before) {
    List<TaskState> tasks =
        before
            .details(before.cluster().ref())
            .find(RecentTasks.class)
            .map(RecentTasks::tasks)
            .orElse(List.of());
    Map<GuestId, TaskState> deletions = new HashMap<>();
    for (TaskState task : tasks) {
      if (DELETING.contains(task.type()) && task.succeeded()) {
        number(task.subject())
            .ifPresent(
                id ->
                    deletions.merge(
                        id,
                        task,
                        (one, other) -> one.startedAt().isBefore(other.startedAt()) ? other : one));
      }
    }
    return deletions;
  }

  private static Optional<GuestId> number(String subject) {
    try {
      return Optional.of(new GuestId(Integer.parseInt(subject)));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
