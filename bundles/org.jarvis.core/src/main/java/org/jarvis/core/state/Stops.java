package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jarvis.api.event.Cause;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.core.state.StopExplanations.Told;
import org.jspecify.annotations.Nullable;

/** Finds the guests that stopped, or were down in between, and gathers what is known about it. */
final class Stops {
  /** Uptimes are told in whole seconds, and are read a moment after the clock was. */
  private static final Duration UPTIME_TOLERANCE = Duration.ofSeconds(5);

  private final ClusterSnapshot before;
  private final ClusterSnapshot after;
  private final String account;
  private final @Nullable ListedTasks tasks;
  private final Map<GuestId, String> haBefore;
  private final Map<GuestId, String> haNow;

  private Stops(ClusterSnapshot before, ClusterSnapshot after, String account) {
    this.before = before;
    this.after = after;
    this.account = account;
    this.tasks = tasks(after);
    this.haBefore = haStates(before);
    this.haNow = haStates(after);
  }

  /**
   * These changes, the stops among them with their evidence, and restarts that no field shows.
   *
   * @param off guests that were off when they were last seen, and cannot be seen since; kept up
   */
  static List<Told> among(
      List<Event> changes,
      ClusterSnapshot before,
      ClusterSnapshot after,
      String account,
      Set<ResourceRef> off) {
    Stops stops = null;
    List<Told> told = new ArrayList<>(changes.size());
    Set<ResourceRef> replaced = new HashSet<>();
    for (Event event : changes) {
      StopEvidence evidence = null;
      if (event instanceof Event.StatusChanged changed
          && !wasOff(changed, off)
          && isStop(changed)) {
        stops = stops == null ? new Stops(before, after, account) : stops;
        evidence = stops.evidence(changed.ref());
      } else if (event instanceof Event.GuestReplaced another) {
        replaced.add(another.ref());
      }
      told.add(new Told(event, evidence));
    }
    if (before.guests() != after.guests()) {
      for (Guest now : after.guests().values()) {
        Guest was = before.guests().get(now.id());
        if (was != null && wasDown(was, now) && !replaced.contains(now.ref())) {
          stops = stops == null ? new Stops(before, after, account) : stops;
          told.add(
              new Told(
                  new Event.GuestRestarted(
                      now.ref(), now.label(), new Cause(Cause.Kind.UNEXPLAINED, "unexplained")),
                  stops.evidence(now.ref())));
        }
      }
    }
    return told;
  }

  /**
   * A guest that was off, and could not be seen for a while, has not stopped by being off again.
   */
  private static boolean wasOff(Event.StatusChanged changed, Set<ResourceRef> off) {
    if (changed.to().equals(Guest.Status.UNKNOWN.word())) {
      if (changed.from().equals(Guest.Status.STOPPED.word())) {
        off.add(changed.ref());
      }
      return false;
    }
    return off.remove(changed.ref()) && changed.to().equals(Guest.Status.STOPPED.word());
  }

  private static boolean isStop(Event.StatusChanged changed) {
    if (changed.ref().guestId().isEmpty() || changed.to().equals(Guest.Status.RUNNING.word())) {
      return false;
    }
    return !changed.from().equals("absent")
        && (!changed.from().equals(Guest.Status.STOPPED.word()) || changed.to().equals("absent"));
  }

  private static boolean wasDown(Guest was, Guest now) {
    if (was.status() != Guest.Status.RUNNING
        || now.status() != Guest.Status.RUNNING
        || was.uptime() == null
        || now.uptime() == null) {
      return false;
    }
    Instant started = now.observation().at().minus(now.uptime());
    return now.uptime().plus(UPTIME_TOLERANCE).compareTo(was.uptime()) < 0
        && started.plus(UPTIME_TOLERANCE).isAfter(was.observation().at().minus(was.uptime()));
  }

  private @Nullable StopEvidence evidence(ResourceRef ref) {
    GuestId id = ref.guestId().orElse(null);
    Guest was = id == null ? null : before.guests().get(id);
    if (id == null || was == null) {
      return null;
    }
    Guest now = after.guests().get(id);
    return new StopEvidence(
        was,
        now,
        now == null ? after.cluster().observation().at() : now.observation().at(),
        after.nodes().get(was.node()),
        tasks,
        was.haState() == null ? haBefore.get(id) : was.haState(),
        now == null || now.haState() == null ? haNow.get(id) : now.haState(),
        account,
        before.details(ref).find(GuestRuntime.class).map(GuestRuntime::pid).orElse(null),
        null);
  }

  /** The tasks, where they were read lately: an old list would hide what somebody did since. */
  private static @Nullable ListedTasks tasks(ClusterSnapshot snapshot) {
    AspectState state = snapshot.details(snapshot.cluster().ref()).state(Aspect.TASKS).orElse(null);
    if (state == null || state.observation() == null) {
      return null;
    }
    return state.observation().staleAt(snapshot.cluster().observation().at())
        ? null
        : ListedTasks.of(state);
  }

  private static Map<GuestId, String> haStates(ClusterSnapshot snapshot) {
    Map<GuestId, String> states = new HashMap<>();
    snapshot
        .details(snapshot.cluster().ref())
        .find(HighAvailability.class)
        .ifPresent(
            known ->
                known.services().stream()
                    .filter(service -> service.guest() != null)
                    .forEach(
                        service ->
                            states.put(
                                Objects.requireNonNull(service.guest()),
                                service.state() == null ? "managed" : service.state())));
    return states;
  }
}
