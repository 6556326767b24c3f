package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A response whose errors are problems, also those that a container or a library sends: their own
 * pages would be HTML or empty, and tell what they are made of.
 */
final class ProblemResponse extends HttpServletResponseWrapper {
  private static final int NOT_FOUND = 404;

  private final boolean ofTheApi;
  private final Opening opening;

  /**
   * The response to a request for this address.
   *
   * @param uri its path as it was sent
   * @param opening knows whether a path of the API that nobody serves will be served in a moment
   */
  ProblemResponse(HttpServletResponse response, String uri, Opening opening) {
    super(response);
    this.ofTheApi = uri.startsWith("/api/");
    this.opening = opening;
  }

  @Override
  public void sendError(int status) throws IOException {
    Problem problem = ofTheApi && status == NOT_FOUND ? opening.unserved() : Problem.of(status);
    problem.send((HttpServletResponse) getResponse());
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    sendError(status);
  }
}
