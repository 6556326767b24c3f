package org.jarvis.safety.command;

import org.jarvis.api.command.Affected;
import org.jspecify.annotations.Nullable;

/**
 * Where a command runs.
 *
 * @param host the host's name
 * @param inside the guest or container on it that it runs in; {@code null} for the host itself
 * @param depth how many commands wrap it
 */
record Surroundings(String host, @Nullable Inside inside, int depth) {
  /**
   * A guest or a container.
   *
   * @param kind which of both
   * @param name its number or name
   */
  record Inside(Affected.Kind kind, String name) {}

  /** The host itself. */
  static Surroundings of(String host) {
    return new Surroundings(host, null, 0);
  }

  /** For a command that this one wraps, and that runs in the same place. */
  Surroundings deeper() {
    return new Surroundings(host, inside, depth + 1);
  }

  /** For a command that runs inside something here. What is inside a guest stays the guest's. */
  Surroundings within(Affected.Kind kind, String name) {
    return new Surroundings(host, inside == null ? new Inside(kind, name) : inside, depth + 1);
  }
}
