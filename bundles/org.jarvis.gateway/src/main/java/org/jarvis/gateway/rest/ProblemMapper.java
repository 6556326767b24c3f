package org.jarvis.gateway.rest;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.problem.Problem;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsExtension;

/** Turns every error of a resource into a problem. */
@Component(service = ExceptionMapper.class, scope = ServiceScope.PROTOTYPE)
@JakartarsExtension
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the field; Jersey wants no arguments.
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  @Reference Opening opening;

  @Override
  public Response toResponse(Throwable error) {
    if (!(error instanceof WebApplicationException http)) {
      return Replies.problem(Problem.of(error));
    }
    if (http instanceof NotFoundException) {
      return Replies.problem(opening.unserved());
    }
    int status = http.getResponse().getStatus();
    if (status < 400 || status >= 500) {
      return Replies.problem(Problem.of(error));
    }
    Response reply = Replies.problem(Problem.of(status));
    if (http instanceof NotAllowedException notAllowed) {
      Object allow = notAllowed.getResponse().getHeaders().getFirst("Allow");
      return allow == null ? reply : Response.fromResponse(reply).header("Allow", allow).build();
    }
    return reply;
  }
}
