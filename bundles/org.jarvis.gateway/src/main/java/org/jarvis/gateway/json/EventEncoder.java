package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.action.Action;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.RecordedEvent;

/**
 * Tells of events. An event about an action is kept with the action's id and told with all of it.
 */
public final class EventEncoder {
  private static final String ACTION_ID = "actionId";

  private final Function<String, Optional<Action>> actions;

  /** An encoder that finds actions by their id with this. */
  public EventEncoder(Function<String, Optional<Action>> actions) {
    this.actions = actions;
  }

  /** One event. */
  public ObjectNode encode(RecordedEvent event) {
    ObjectNode json =
        Json.object()
            .put("seq", event.seq())
            .put("at", Json.time(event.at()))
            .put("type", event.type());
    if (event.subject() != null) {
      json.put("subject", event.subject());
    }
    json.put("summary", event.summary());
    JsonNode data = Json.trusted(event.data());
    if (data instanceof ObjectNode object && object.hasNonNull(ACTION_ID)) {
      find(object.get(ACTION_ID).asText())
          .ifPresent(action -> object.set("action", ActionEncoder.encode(action)));
    }
    json.set("data", data);
    return json;
  }

  private Optional<Action> find(String id) {
    try {
      return actions.apply(id);
    } catch (JarvisException unavailable) {
      // The event is told without it: its summary says what happened.
      return Optional.empty();
    }
  }
}
