package org.jarvis.api.llm;

import org.osgi.annotation.versioning.ConsumerType;

/** One question that is being answered. */
@ConsumerType
public interface ModelExchange {
  /**
   * Ends it. The connection to the server is closed, so that it stops generating and charging. No
   * further piece of an answer is delivered after the one that is being delivered at the moment;
   * the end is told as a failure of kind {@link ModelFailure.Kind#CANCELLED}. Does nothing once the
   * exchange is over. Returns at once; may be called from anywhere, the consumer of the events
   * included.
   */
  void cancel();
}
