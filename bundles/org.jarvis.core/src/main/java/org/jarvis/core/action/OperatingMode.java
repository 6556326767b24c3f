package org.jarvis.core.action;

import java.util.Optional;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;

/**
 * Whether Jarvis acts or only watches, for the whole life of this process. It is no policy: it
 * needs no bundle but the gate's own, and nothing that comes and goes while Jarvis runs can take it
 * back.
 */
public enum OperatingMode implements HealthContributor {
  /** It watches, and acts on what it is asked for. */
  NORMAL(ComponentHealth.Status.UP, "Jarvis watches, and acts on what it is asked for."),
  /** It watches and shows, and changes nothing. */
  SAFE(
      ComponentHealth.Status.DEGRADED,
      "Jarvis runs in safe mode: it only watches. To leave it, find out from the log why it was"
          + " started so, run 'jarvis leave-safe-mode', and start Jarvis again without --safe.");

  /** The framework property that says so; {@code true} is safe mode. */
  public static final String PROPERTY = "jarvis.safe";

  private final ComponentHealth.Status status;
  private final String words;

  OperatingMode(ComponentHealth.Status status, String words) {
    this.status = status;
    this.words = words;
  }

  /**
   * The mode that a property's value asks for. Absent, empty and {@code false} are normal; whatever
   * else is there was meant to be safe mode, also where it is misspelt.
   */
  public static OperatingMode of(@Nullable String property) {
    String value = property == null ? "" : property.strip();
    return value.isEmpty() || value.equalsIgnoreCase("false") ? NORMAL : SAFE;
  }

  /** Why nothing may be changed; empty where something may. */
  Optional<String> objection() {
    return this == SAFE ? Optional.of(words) : Optional.empty();
  }

  @Override
  public ComponentHealth health() {
    return new ComponentHealth("mode", status, words);
  }
}
