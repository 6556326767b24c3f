package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the details of a resource. A detail becomes an object of its own components: amounts of
 * data and durations name their unit ({@code sizeBytes}, {@code uptimeSeconds}), what is not known
 * is absent. So a field that is added to a detail is told without a change here.
 */
public final class DetailEncoder {
  private final Instant now;

  /** An encoder for one moment, by which staleness is judged. */
  public DetailEncoder(Instant now) {
    this.now = now;
  }

  /** All that is known, by the aspects' words. */
  public ObjectNode encode(Details details) {
    ObjectNode all = Json.object();
    details.all().forEach((aspect, state) -> all.set(aspect.word(), encode(state)));
    return all;
  }

  /** One aspect: what was read last, what that leaves out, and why it cannot be read any more. */
  public ObjectNode encode(AspectState state) {
    ObjectNode json = Json.object();
    if (state.observation() != null) {
      json.put("observedAt", Json.time(state.observation().at()))
          .put("stale", state.observation().staleAt(now))
          .put("intervalSeconds", state.observation().interval().toSeconds())
          .put("source", state.observation().source());
    }
    if (state.detail() != null) {
      json.set("value", value(state.detail()));
    }
    if (state.incomplete() != null) {
      json.put("incomplete", state.incomplete());
    }
    AspectState.Failure failure = state.failure();
    if (failure != null) {
      json.put("code", failure.code().code())
          .put("reason", failure.reason())
          .put("triedAt", Json.time(failure.at()));
    }
    return json;
  }

  /** A value of the API as JSON, by its type; of a record its components. */
  public static JsonNode value(Object value) {
    if (value instanceof TaskState task) {
      return task(task);
    } else if (value instanceof Bytes bytes) {
      return JsonNodeFactory.instance.numberNode(bytes.value());
    } else if (value instanceof GuestId id) {
      return JsonNodeFactory.instance.numberNode(id.value());
    } else if (value instanceof Duration duration) {
      return JsonNodeFactory.instance.numberNode(duration.toMillis() / 1000.0);
    } else if (value instanceof Instant instant) {
      return JsonNodeFactory.instance.textNode(Json.time(instant));
    } else if (value instanceof Enum<?> constant) {
      return JsonNodeFactory.instance.textNode(
          constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    } else if (value instanceof Collection<?> collection) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      collection.forEach(item -> array.add(value(item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode object = Json.object();
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
      sorted.forEach((key, item) -> object.set(key, value(item)));
      return object;
    } else if (value instanceof NodeName
        || value instanceof TaskId
        || value instanceof ResourceRef) {
      return JsonNodeFactory.instance.textNode(value.toString());
    } else if (value instanceof Record whole) {
      return components(whole);
    }
    return Json.of(value);
  }

  private static ObjectNode components(Record whole) {
    ObjectNode object = Json.object();
    for (RecordComponent component : whole.getClass().getRecordComponents()) {
      Object value = get(component, whole);
      if (value != null) {
        object.set(component.getName() + unit(component.getType()), value(value));
      }
    }
    return object;
  }

  private static String unit(Class<?> type) {
    return type == Bytes.class ? "Bytes" : type == Duration.class ? "Seconds" : "";
  }

  private static ObjectNode task(TaskState task) {
    ObjectNode object = Json.object().put("node", task.id().node().value());
    object.setAll(components(task));
    return object.put("succeeded", task.succeeded());
  }

  private static @Nullable Object get(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException("A detail does not tell its own fields.", impossible);
    }
  }
}
