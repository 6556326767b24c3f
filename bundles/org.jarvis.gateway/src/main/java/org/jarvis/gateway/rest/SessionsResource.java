package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Accounts.SessionInfo;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/auth/sessions}: the browser sessions of whoever asks. */
@Component(service = SessionsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/auth/sessions")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class SessionsResource {
  @Reference Parts parts;

  /** All sessions, newest first. */
  @GET
  public Response sessions(@Context HttpServletRequest request) {
    Principal principal = Caller.of(request).principal();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (SessionInfo session : accounts().sessions(principal.name())) {
      items.add(
          Json.object()
              .put("id", session.id())
              .put("address", session.address())
              .put("createdAt", Json.time(session.createdAt()))
              .put("lastUsedAt", Json.time(session.lastUsedAt()))
              .put("expiresAt", Json.time(session.expiresAt()))
              .put("current", session.id().equals(principal.credential())));
    }
    return Replies.list(items);
  }

  /** Ends a session, at once. */
  @DELETE
  @Path("{id}")
  public Response end(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    if (!accounts().endSession(caller.principal().name(), id, caller.address())) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "This account has no session of this id.");
    }
    return Response.noContent().build();
  }

  private Accounts accounts() {
    return parts.accounts().require();
  }
}
