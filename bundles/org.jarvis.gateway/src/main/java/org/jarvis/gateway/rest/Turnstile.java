package org.jarvis.gateway.rest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.guard.Caller;
import org.osgi.service.component.annotations.Component;

/**
 * Lets requests through that take long: they read from a cluster, or all of the audit log, before
 * they are answered. Each holds a thread of the server meanwhile, so only a few are let through at
 * a time, and of one session or token still fewer; the others are told to come again. Safe from any
 * thread.
 */
@Component(service = Turnstile.class)
public final class Turnstile {
  /** How many read from clusters at a time. */
  static final int OF_ALL = 8;

  /** How many of them one session or token may have sent. */
  static final int OF_ONE = 3;

  private static final Duration COME_AGAIN = Duration.ofSeconds(1);

  private final Map<String, Integer> within = new HashMap<>();
  private int ofAll;

  /**
   * What is read for this caller.
   *
   * @throws JarvisException with {@code THROTTLED}, or as the reading does
   */
  <T> T pass(Caller caller, Supplier<T> reading) {
    String credential = caller.principal().credential();
    enter(credential);
    try {
      return reading.get();
    } finally {
      leave(credential);
    }
  }

  private synchronized void enter(String credential) {
    if (within.getOrDefault(credential, 0) >= OF_ONE) {
      throw refusal("Too many of your requests take long at the moment. Wait for their answers.");
    }
    if (ofAll >= OF_ALL) {
      throw refusal("Too many requests take long at the moment. Try again in a second.");
    }
    within.merge(credential, 1, Integer::sum);
    ofAll++;
  }

  private synchronized void leave(String credential) {
    within.computeIfPresent(credential, (id, count) -> count == 1 ? null : count - 1);
    ofAll--;
  }

  private static JarvisException refusal(String message) {
    return JarvisException.retryAfter(ErrorCode.THROTTLED, message, COME_AGAIN);
  }
}
