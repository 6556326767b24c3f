package org.jarvis.gateway.json;

import java.time.Instant;
import java.util.Optional;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.NodeSystem;

/**
 * How much of a node's memory the ARC of ZFS holds. Proxmox VE counts it as used, though ZFS gives
 * it up to whoever asks, so a node full of cache would look like one that is out of memory.
 */
final class ArcMemory {
  private ArcMemory() {}

  /** Bytes; empty where it is not known by now. */
  static Optional<Long> of(Details details, Precision precision, Instant now) {
    return details
        .state(Aspect.SYSTEM)
        .filter(state -> isFresh(state, now))
        .flatMap(state -> of(state, precision));
  }

  private static boolean isFresh(AspectState state, Instant now) {
    Observation observation = state.observation();
    return observation != null && !observation.staleAt(now);
  }

  private static Optional<Long> of(AspectState state, Precision precision) {
    return state.detail() instanceof NodeSystem system
            && system.memoryArc() != null
            && system.memoryTotal() != null
        ? Optional.of(precision.bytes(system.memoryArc().value(), system.memoryTotal().value()))
        : Optional.empty();
  }
}
