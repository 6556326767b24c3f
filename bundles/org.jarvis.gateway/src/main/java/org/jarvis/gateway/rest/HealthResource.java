package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.gateway.HealthBoard;
import org.jarvis.gateway.json.Json;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/health}: that Jarvis lives, and how its parts are. Public. */
@Component(service = HealthResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/health")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class HealthResource {
  @Reference HealthBoard board;

  /** How Jarvis is. */
  @GET
  public Response health() {
    List<ComponentHealth> components = board.components();
    boolean up = components.stream().allMatch(part -> part.status() == ComponentHealth.Status.UP);
    ObjectNode body =
        Json.object()
            .put("status", up ? "UP" : "DEGRADED")
            .put("version", board.version())
            .put("startedAt", Json.time(board.startedAt()))
            .put("setupRequired", board.setupRequired());
    ArrayNode list = body.putArray("components");
    components.forEach(
        part ->
            list.addObject()
                .put("name", part.name())
                .put("status", part.status().name())
                .put("detail", part.detail()));
    return Replies.ok(body);
  }
}
