package org.jarvis.api.llm;

import java.time.Duration;

/**
 * What an answer may take.
 *
 * @param outputTokens how long it may be; a provider lowers it to what its model can do
 * @param time how long the whole exchange may take, however lively it is
 */
public record RequestLimits(int outputTokens, Duration time) {
  /** Refuses limits that leave no room. */
  public RequestLimits {
    if (outputTokens < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("The limits leave no room for an answer.");
    }
  }
}
