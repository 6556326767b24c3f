package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jspecify.annotations.Nullable;

/**
 * How warm a node is at its warmest, in a word.
 *
 * @param celsius degrees as precisely as they are told, {@code null} where no sensor tells any
 * @param stale whether that is too old to count
 * @param reason why it is not read, with the cure; {@code null} where it is
 */
public record Warmth(@Nullable Double celsius, boolean stale, @Nullable String reason) {
  /** What is known of a node; empty where nobody ever said anything about it. */
  static Optional<Warmth> of(Details details, Precision precision, Instant now) {
    return details.state(Aspect.TEMPERATURES).map(state -> of(state, precision, now));
  }

  private static Warmth of(AspectState state, Precision precision, Instant now) {
    Observation observation = state.observation();
    Double warmest =
        state.detail() instanceof NodeTemperatures temperatures
            ? temperatures.readings().stream()
                .map(NodeTemperatures.Reading::celsius)
                .max(Double::compare)
                .map(precision::celsius)
                .orElse(null)
            : null;
    return new Warmth(
        warmest,
        observation != null && observation.staleAt(now),
        state.failure() == null ? null : state.failure().reason());
  }

  void addTo(ObjectNode item) {
    if (celsius != null) {
      item.put("temperatureCelsius", celsius).put("temperatureStale", stale);
    }
    if (reason != null) {
      item.put("temperatureReason", reason);
    }
  }
}
