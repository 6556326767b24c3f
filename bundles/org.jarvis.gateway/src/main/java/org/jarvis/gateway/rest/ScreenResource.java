package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.ScreenEncoder;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/screen}: what Jarvis shows in the centre of everybody's page. */
@Component(service = ScreenResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/screen")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ScreenResource {
  @Reference Parts parts;

  /** What is shown; null as long as nothing ever was. */
  @GET
  public Response shown(@Context HttpServletRequest request) {
    Caller.of(request);
    ObjectNode json = Json.object();
    json.set(
        "screen",
        parts
            .screen()
            .require()
            .current()
            .<JsonNode>map(ScreenEncoder::encode)
            .orElse(NullNode.instance));
    return Replies.ok(json);
  }
}
