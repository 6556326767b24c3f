package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jarvis.gateway.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A response whose errors are problems, also those that a container or a library sends: their own
 * pages would be HTML or empty, and tell what they are made of.
 */
final class ProblemResponse extends HttpServletResponseWrapper {
  ProblemResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void sendError(int status) throws IOException {
    Problem.of(status).send((HttpServletResponse) getResponse());
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    sendError(status);
  }
}
