package org.jarvis.core.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jarvis.api.event.Cause;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.resource.TaskState;

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

  private static ObjectNode cause(Cause cause) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("kind", cause.kind().word()).put("explanation", cause.explanation());
    if (cause.user() != null) {
      node.put("user", cause.user());
    }
    if (cause.task() != null) {
      node.put("task", cause.task().value());
    }
    if (cause.action() != null) {
      // Not "actionId": that marks the events that carry the whole action.
      node.put("action", cause.action());
    }
    return node;
  }

  private static ObjectNode data(Event event) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    if (event instanceof Event.StatusChanged changed) {
      data.put("name", changed.name()).put("from", changed.from()).put("to", changed.to());
      if (changed.cause() != null) {
        data.set("cause", cause(changed.cause()));
      }
    } else if (event instanceof Event.GuestRestarted restarted) {
      data.put("name", restarted.name()).set("cause", cause(restarted.cause()));
    } else if (event instanceof Event.GuestReplaced replaced) {
      data.put("name", replaced.name())
          .put("from", replaced.from().value())
          .put("to", replaced.to().value());
    } else if (event instanceof Event.AttributeChanged changed) {
      data.put("name", changed.name()).put("from", changed.from()).put("to", changed.to());
    } else if (event instanceof Event.SnapshotChanged changed) {
      data.put("name", changed.name()).put("snapshot", changed.snapshot());
    } else if (event instanceof Event.PartChanged changed) {
      data.put("name", changed.name()).put("from", changed.from()).put("to", changed.to());
    } else if (event instanceof Event.TaskEnded ended) {
      TaskState task = ended.task();
      data.put("name", ended.name())
          .put("task", task.id().value())
          .put("taskType", task.type())
          .put("user", task.user())
          .put("startedAt", task.startedAt().toString())
          .put("exitStatus", task.exitStatus());
      if (task.endedAt() != null) {
        data.put("endedAt", task.endedAt().toString());
      }
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
    } else if (event instanceof Event.GuardrailsChanged changed) {
      data.put("halted", changed.guardrails().halted())
          .put("autonomy", changed.guardrails().autonomy().word())
          .put("by", changed.by());
    } else if (event instanceof Event.HostChanged changed) {
      data.put("host", changed.host().toString()).put("detail", changed.detail());
      if (changed.fingerprint() != null) {
        data.put("fingerprint", changed.fingerprint());
      }
    } else if (event instanceof Event.ProblemChanged changed) {
      // Only what tells whether it matters: the problem itself is kept once, and whoever sends the
      // event adds it.
      data.put("problemId", changed.problem().id())
          .put("kind", changed.problem().kind().id())
          .put("severity", changed.problem().severity().word())
          .put("open", changed.problem().isOpen());
    } else if (event instanceof Event.MaintenanceChanged changed) {
      data.put("until", changed.maintenance().until().toString())
          .put("reason", changed.maintenance().reason())
          .put("by", changed.by());
    } else if (event instanceof Event.AuditAnchored anchored) {
      data.put("records", anchored.records()).put("head", anchored.head());
    } else {
      throw new IllegalStateException("No encoding for " + event.getClass().getName());
    }
    return data;
  }
}
