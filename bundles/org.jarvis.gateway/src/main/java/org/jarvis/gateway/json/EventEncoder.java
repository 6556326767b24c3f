package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.gateway.Parts;

/**
 * Tells of events. An event about an action or a problem is kept with its id and told with all of
 * it.
 */
public final class EventEncoder {
  private static final String ACTION_ID = "actionId";
  private static final String PROBLEM_ID = "problemId";

  private final Function<String, Optional<ObjectNode>> actions;
  private final Function<String, Optional<ObjectNode>> problems;

  /** An encoder that finds actions and problems by their ids in these parts. */
  public EventEncoder(Parts parts) {
    this(
        id -> parts.gate().find().flatMap(gate -> gate.find(id)).map(ActionEncoder::encode),
        id ->
            parts
                .problems()
                .find()
                .flatMap(problems -> problems.find(id))
                .map(new ProblemEncoder(parts, Instant.now())::encode));
  }

  /** An encoder that finds actions and problems by their ids with these. */
  public EventEncoder(
      Function<String, Optional<ObjectNode>> actions,
      Function<String, Optional<ObjectNode>> problems) {
    this.actions = actions;
    this.problems = problems;
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
    if (data instanceof ObjectNode object) {
      find(object, ACTION_ID, actions).ifPresent(action -> object.set("action", action));
      find(object, PROBLEM_ID, problems).ifPresent(problem -> object.set("problem", problem));
    }
    json.set("data", data);
    return json;
  }

  private static Optional<ObjectNode> find(
      ObjectNode data, String field, Function<String, Optional<ObjectNode>> where) {
    if (!data.hasNonNull(field)) {
      return Optional.empty();
    }
    try {
      return where.apply(data.get(field).asText());
    } catch (JarvisException unavailable) {
      // The event is told without it: its summary says what happened.
      return Optional.empty();
    }
  }
}
