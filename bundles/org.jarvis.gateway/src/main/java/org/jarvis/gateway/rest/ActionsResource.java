package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ActionEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/actions}: what was asked for and what came of it. */
@Component(service = ActionsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/actions")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ActionsResource {
  private static final int USUAL_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  @Reference Parts parts;
  @Reference Patience patience;

  /** The newest actions, newest first. */
  @GET
  public Response actions(
      @Context HttpServletRequest request, @QueryParam("limit") @Nullable String limit) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts
        .gate()
        .require()
        .recent(Query.limit(limit, USUAL_LIMIT, MAX_LIMIT))
        .forEach(action -> items.add(ActionEncoder.encode(action)));
    return Replies.list(items);
  }

  /** One action, when it has ended if wished. */
  @GET
  @Path("{id}")
  public Response action(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait) {
    Caller.of(request);
    ActionGate gate = parts.gate().require();
    Action found =
        gate.find(id)
            .orElseThrow(
                () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such action."));
    return Replies.item(patience.await(gate, found, Query.wait(wait)));
  }

  /** Cancels an action. */
  @POST
  @Path("{id}/cancel")
  public Response cancel(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    return Replies.action(parts.gate().require().cancel(id, caller.principal()));
  }

  /** Asks for the inverse, as a new action. */
  @POST
  @Path("{id}/undo")
  public Response undo(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait) {
    Caller caller = Caller.of(request);
    ActionGate gate = parts.gate().require();
    return Replies.outcome(
        patience.await(gate, gate.undo(id, caller.principal(), caller.origin()), Query.wait(wait)));
  }
}
