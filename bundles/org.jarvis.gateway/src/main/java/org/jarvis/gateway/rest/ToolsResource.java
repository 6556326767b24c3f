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
import java.io.InputStream;
import java.time.Duration;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.tool.Arguments;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.jarvis.gateway.json.ToolEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/tools}: the catalogue, previews, and the way to ask for an action. */
@Component(service = ToolsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/tools")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ToolsResource {
  @Reference Parts parts;
  @Reference Patience patience;

  /** All tools, by name. */
  @GET
  public Response tools(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.catalogue().require().tools().forEach(entry -> items.add(ToolEncoder.encode(entry)));
    return Replies.list(items);
  }

  /** What would be decided, with nothing done. */
  @POST
  @Path("{name}/preview")
  public Response preview(
      @Context HttpServletRequest request, @PathParam("name") String name, InputStream input) {
    Caller caller = Caller.of(request);
    ActionRequest wish = wish(caller, name, input);
    return Replies.preview(parts.gate().require().preview(wish));
  }

  /** Asks for an action, and waits for its end if wished. */
  @POST
  @Path("{name}")
  public Response run(
      @Context HttpServletRequest request,
      @PathParam("name") String name,
      @QueryParam("wait") @Nullable String wait,
      InputStream input) {
    Caller caller = Caller.of(request);
    Duration wish = Query.wait(wait);
    ActionGate gate = parts.gate().require();
    Action action = gate.submit(wish(caller, name, input));
    return Replies.outcome(patience.await(gate, action, wish));
  }

  /** A person's consent to what an extension's tool says of itself now. */
  @POST
  @Path("{name}/consent")
  public Response consent(@Context HttpServletRequest request, @PathParam("name") String name) {
    Principal person = Caller.of(request).requirePerson();
    parts.toolConsents().require().consent(name, person);
    return Replies.ok(
        parts.catalogue().require().tool(name).map(ToolEncoder::encode).orElseGet(Json::object));
  }

  private static ActionRequest wish(Caller caller, String tool, InputStream input) {
    JsonBody body = JsonBody.read(input);
    Arguments arguments = body.arguments("arguments");
    body.check();
    return new ActionRequest(tool, arguments, caller.principal(), caller.origin());
  }
}
