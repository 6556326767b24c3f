package org.jarvis.api.llm.provider;

import java.util.function.Consumer;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.ComponentHealth.Status;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ProviderDefinition;

/** How a provider is, by what came of its last exchange. Safe for several threads. */
public final class LastOutcome {
  private final String name;
  private volatile ComponentHealth health;

  /** Nothing has been asked yet. */
  public LastOutcome(ProviderDefinition definition) {
    this.name = nameOf(definition.id());
    this.health = new ComponentHealth(name, Status.UP, "Ready; nothing has been asked of it yet.");
  }

  /** By what name a provider is shown in the health. */
  public static String nameOf(String provider) {
    return "model " + provider;
  }

  /** How it is. */
  public ComponentHealth health() {
    return health;
  }

  /** The same consumer, with a note taken of how it ends. */
  public Consumer<AnswerEvent> noting(Consumer<AnswerEvent> events) {
    return event -> {
      if (event instanceof AnswerEvent.Completed) {
        health = new ComponentHealth(name, Status.UP, "It answered when it was last asked.");
      } else if (event instanceof AnswerEvent.Failed failed) {
        note(failed.failure().kind());
      }
      events.accept(event);
    };
  }

  private void note(ModelFailure.Kind kind) {
    switch (kind) {
      case CANCELLED, PROVIDER_LEFT -> {
        // That was nobody's fault.
      }
      case CREDENTIALS_REFUSED, BILLING, MODEL_MISSING, UNREACHABLE ->
          health = new ComponentHealth(name, Status.DOWN, kind.sentence());
      case RATE_LIMITED,
          OVERLOADED,
          INVALID_REQUEST,
          TOO_LARGE,
          SERVER_ERROR,
          TIMED_OUT,
          BROKEN_ANSWER ->
          health = new ComponentHealth(name, Status.DEGRADED, kind.sentence());
    }
  }
}
