package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.PanelEncoder;
import org.jarvis.gateway.json.ToolEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/panels}: what extensions show. */
@Component(service = PanelsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/panels")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class PanelsResource {
  @Reference Parts parts;

  /** All panels, by id. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.panels().require().panels().forEach(entry -> items.add(PanelEncoder.encode(entry)));
    return Replies.list(items);
  }

  /** What one shows, with what it offers decided for whoever asks. */
  @GET
  @Path("{id}")
  public Response one(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @QueryParam("ref") @Nullable String ref) {
    Caller caller = Caller.of(request);
    PanelReading reading = parts.panels().require().read(new PanelKey(id, subject(ref)));
    ObjectNode json = PanelEncoder.encode(reading, Instant.now());
    json.set("content", PanelEncoder.encode(reading.content(), offer -> decided(offer, caller)));
    return Replies.ok(json);
  }

  private static @Nullable ResourceRef subject(@Nullable String ref) {
    return ref == null
        ? null
        : ResourceRef.parse(ref)
            .orElseThrow(() -> Query.wrong("ref", "must be the address of a resource"));
  }

  /** As in the menu of a resource; what cannot even be decided is refused, with the reason. */
  private ObjectNode decided(PanelContent.Offer offer, Caller caller) {
    ObjectNode json = PanelEncoder.encode(offer);
    try {
      ToolCatalogue catalogue = parts.catalogue().require();
      json.setAll(
          ToolEncoder.encode(
              catalogue.offer(offer.tool(), offer.arguments(), caller.principal(), caller.origin()),
              catalogue.tool(offer.tool())));
    } catch (JarvisException failure) {
      json.put("available", false).put("reason", failure.getMessage());
    }
    return json;
  }
}
