package org.jarvis.core.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.NewEvent;

/** Turns typed events into what is stored. The one place where events become JSON. */
public final class EventEncoding {
  private EventEncoding() {}

  /** The event as it is stored. */
  public static NewEvent encode(Event event, Instant at) {
    return new NewEvent(
        at,
        event.type(),
        event.subject().map(Object::toString).orElse(null),
        event.summary(),
        data(event).toString());
  }

  private static ObjectNode data(Event event) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    if (event instanceof Event.StatusChanged changed) {
      data.put("name", changed.name()).put("from", changed.from()).put("to", changed.to());
    } else if (event instanceof Event.ConnectionChanged changed) {
      data.put("from", changed.from().word())
          .put("to", changed.to().word())
          .put("reason", changed.reason());
    } else if (event instanceof Event.ActionChanged changed) {
      // Only the id: the action itself is kept once, and whoever sends the event adds it.
      data.put("actionId", changed.action().id()).put("state", changed.action().state().name());
    } else if (event instanceof Event.AccountActivity activity) {
      data.put("username", activity.username()).put("address", activity.address());
    } else if (event instanceof Event.ExtensionChanged changed) {
      data.put("name", changed.name())
          .put("version", changed.version())
          .put("id", changed.id())
          .put("detail", changed.detail());
    } else {
      throw new IllegalStateException("No encoding for " + event.getClass().getName());
    }
    return data;
  }
}
