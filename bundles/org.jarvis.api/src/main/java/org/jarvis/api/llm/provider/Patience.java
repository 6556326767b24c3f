package org.jarvis.api.llm.provider;

import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param connect until it accepts a connection
 * @param first until it begins to answer; a model may have to be loaded first
 * @param silence between two signs of life, pings included
 */
public record Patience(Duration connect, Duration first, Duration silence) {
  /** Refuses no patience at all. */
  public Patience {
    if (connect.compareTo(Duration.ZERO) <= 0
        || first.compareTo(Duration.ZERO) <= 0
        || silence.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("Some patience is needed.");
    }
  }
}
