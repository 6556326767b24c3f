package org.jarvis.gateway;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.gateway.problem.Problem;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Answers for every path that nobody else serves. Without it such requests would never pass the
 * guard: filters run only where a servlet is.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class FallbackServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (path.startsWith("/api/")) {
      Opening.starting().send(response);
    } else if (path.equals("/") || path.equals("/index.html")) {
      Problem.of(
              ErrorCode.PART_MISSING,
              "The page (bundle org.jarvis.dashboard) is not there at the moment.")
          .send(response);
    } else {
      Problem.of(ErrorCode.NOT_FOUND, "There is nothing at this path.").send(response);
    }
  }
}
