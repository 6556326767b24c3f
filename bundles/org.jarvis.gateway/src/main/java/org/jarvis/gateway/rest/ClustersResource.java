package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jarvis.gateway.socket.LiveFeeds;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/clusters}: all clusters. */
@Component(service = ClustersResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/clusters")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ClustersResource {
  @Reference Parts parts;
  @Reference LiveFeeds feeds;

  /** All clusters, by name. */
  @GET
  public Response clusters(@Context HttpServletRequest request) {
    Caller.of(request);
    ResourceEncoder encoder = feeds.encoder(Precision.EXACT);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (ClusterSnapshot snapshot : parts.liveState().require().clusters()) {
      items.add(encoder.encode(snapshot.cluster(), snapshot));
    }
    return Replies.list(items);
  }
}
