package org.jarvis.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.gateway.problem.Problem;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Whether Jarvis has said that it is ready. Until then routes of the API are still being added one
 * by one, and a path that nobody serves may be served in a moment. Safe from any thread.
 */
@Component(service = Opening.class)
public final class Opening {
  private static final int NOT_AVAILABLE = 503;
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private volatile boolean done;

  /** Not yet ready. */
  @Activate
  public Opening() {}

  /** It is ready: every route is there. */
  public void done() {
    done = true;
  }

  /** What to answer about a path of the API that nobody serves. */
  public Problem unserved() {
    return done ? Problem.of(404) : starting();
  }

  /** What to answer while the API is not there. */
  static Problem starting() {
    return new Problem(
        NOT_AVAILABLE,
        ErrorCode.PART_MISSING.code(),
        "The REST API is starting or stopping. Try again in a moment.",
        List.of(),
        Map.of(),
        A_MOMENT);
  }
}
