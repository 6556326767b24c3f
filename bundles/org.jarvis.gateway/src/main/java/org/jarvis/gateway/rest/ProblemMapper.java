package org.jarvis.gateway.rest;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.gateway.problem.Problem;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsExtension;

/** Turns every error of a resource into a problem. */
@Component(service = ExceptionMapper.class, scope = ServiceScope.PROTOTYPE)
@JakartarsExtension
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  @Override
  public Response toResponse(Throwable error) {
    if (!(error instanceof WebApplicationException http)) {
      return Replies.problem(Problem.of(error));
    }
    int status = http.getResponse().getStatus();
    Response reply =
        switch (status) {
          case 404 ->
              Replies.problem(Problem.of(ErrorCode.NOT_FOUND, "There is nothing at this path."));
          case 405 ->
              Replies.problem(
                  Problem.of(status, "method-not-allowed", "This path knows no such method."));
          case 406 ->
              Replies.problem(
                  Problem.of(status, "not-acceptable", "This is only to be had as JSON."));
          case 415 ->
              Replies.problem(
                  Problem.of(status, "unsupported-media-type", "Send the body as JSON."));
          default ->
              status >= 400 && status < 500
                  ? Replies.problem(
                      Problem.of(
                          ErrorCode.MALFORMED_REQUEST, "The request does not fit this path."))
                  : Replies.problem(Problem.of(error));
        };
    if (http instanceof NotAllowedException notAllowed) {
      Object allow = notAllowed.getResponse().getHeaders().getFirst("Allow");
      return allow == null ? reply : Response.fromResponse(reply).header("Allow", allow).build();
    }
    return reply;
  }
}
