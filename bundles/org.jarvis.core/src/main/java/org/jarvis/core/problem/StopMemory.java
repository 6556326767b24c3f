package org.jarvis.core.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Cause;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.problem.Situation.Stop;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why guests stopped, as the events tell: it looks back once over the last of them, and follows
 * them from then on. Safe from any thread.
 */
final class StopMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopMemory.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOOKED_BACK = 5_000;
  private static final String CHANGED = "guest.changed";
  private static final String RESTARTED = "guest.restarted";
  private static final String REPLACED = "guest.replaced";
  private static final Set<String> TOLD_BY = Set.of(CHANGED, RESTARTED, REPLACED);
  private static final String OFF = Guest.Status.STOPPED.word();
  private static final String UNSEEN = Guest.Status.UNKNOWN.word();

  private final EventStream events;
  private final Runnable learned;
  private final Map<ResourceRef, Told> last = new ConcurrentHashMap<>();
  private EventStream.@Nullable Subscription subscription;
  private boolean lookedBack;

  /**
   * What the events say about a guest.
   *
   * @param seq the newest of them
   * @param stop its last stop; {@code null} where it has none
   * @param off whether it was off when it was last seen
   */
  private record Told(long seq, @Nullable Stop stop, boolean off) {}

  /**
   * Of what the events tell.
   *
   * @param learned is told of each stop, which is recorded only after the state that shows it
   */
  StopMemory(EventStream events, Runnable learned) {
    this.events = events;
    this.learned = learned;
  }

  /** Begins to follow, and looks back as soon as that can be done. Call it from time to time. */
  synchronized void follow() {
    if (subscription == null) {
      subscription = events.subscribe(new Follower());
    }
    if (!lookedBack) {
      try {
        List<RecordedEvent> past =
            events.after(Math.max(0, events.head() - LOOKED_BACK), LOOKED_BACK);
        past.forEach(this::take);
        lookedBack = true;
      } catch (JarvisException unavailable) {
        LOG.debug("The events are looked through later: {}", unavailable.getMessage());
      }
    }
  }

  /** The last stop of a guest; empty where it was started since, or none was seen. */
  Optional<Stop> find(ResourceRef guest) {
    return Optional.ofNullable(last.get(guest)).map(Told::stop);
  }

  /** Whether it was news of a guest. */
  private boolean take(RecordedEvent event) {
    Optional<ResourceRef> subject =
        event.subject() == null ? Optional.empty() : ResourceRef.parse(event.subject());
    if (subject.isEmpty() || !TOLD_BY.contains(event.type())) {
      return false;
    }
    last.compute(
        subject.get(),
        (guest, before) ->
            before != null && before.seq() >= event.seq() ? before : told(before, event));
    return true;
  }

  private static Told told(@Nullable Told before, RecordedEvent event) {
    if (event.type().equals(CHANGED)) {
      try {
        return told(before, event, JSON.readTree(event.data()));
      } catch (JsonProcessingException malformed) {
        LOG.debug("Event {} is no JSON", event.seq(), malformed);
      }
    }
    return new Told(event.seq(), null, false);
  }

  /**
   * A guest that was off, and could not be seen for a while, has not stopped by being off again.
   */
  private static Told told(@Nullable Told before, RecordedEvent event, JsonNode data) {
    String from = data.path("from").asText();
    String to = data.path("to").asText();
    boolean off = to.equals(OFF);
    if (from.equals(OFF) && to.equals(UNSEEN)) {
      return new Told(event.seq(), before == null ? null : before.stop(), true);
    }
    if (from.equals(UNSEEN) && off && before != null && before.off()) {
      return new Told(event.seq(), before.stop(), true);
    }
    JsonNode cause = data.path("cause");
    return to.equals(Guest.Status.RUNNING.word()) || !cause.isObject()
        ? new Told(event.seq(), null, off)
        : new Told(event.seq(), new Stop(event.at(), cause(cause)), off);
  }

  private static Cause cause(JsonNode cause) {
    String word = cause.path("kind").asText();
    String task = cause.path("task").asText("");
    return new Cause(
        Arrays.stream(Cause.Kind.values())
            .filter(kind -> kind.word().equals(word))
            .findFirst()
            .orElse(Cause.Kind.UNEXPLAINED),
        cause.path("explanation").asText(),
        cause.hasNonNull("user") ? cause.path("user").asText() : null,
        task(task),
        cause.hasNonNull("action") ? cause.path("action").asText() : null);
  }

  /** A UPID names its node first. */
  private static @Nullable TaskId task(String upid) {
    String[] parts = upid.split(":", 3);
    try {
      return parts.length < 3 ? null : new TaskId(new NodeName(parts[1]), upid);
    } catch (IllegalArgumentException noName) {
      return null;
    }
  }

  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  private final class Follower implements EventStream.Listener {
    @Override
    public void recorded(RecordedEvent event) {
      if (take(event)) {
        learned.run();
      }
    }

    @Override
    public void overrun() {
      synchronized (StopMemory.this) {
        subscription = null;
        lookedBack = false;
      }
    }
  }
}
