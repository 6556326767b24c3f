package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jarvis.gateway.json.ToolEncoder;
import org.jarvis.gateway.socket.LiveFeeds;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/resources}: everything that is shown, and what can be done with it. */
@Component(service = ResourcesResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/resources")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ResourcesResource {
  @Reference Parts parts;
  @Reference LiveFeeds feeds;

  /** Resources by kind and text, sorted, a page at a time. */
  @GET
  public Response resources(
      @Context HttpServletRequest request,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("q") @Nullable String text,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Caller.of(request);
    ResourceSearch search = ResourceSearch.of(kind, text, sort, limit, cursor);
    ResourceSearch.Page page = search.in(parts.liveState().require().clusters());
    ResourceEncoder encoder = feeds.encoder(Precision.EXACT);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    page.hits().forEach(hit -> items.add(encoder.encode(hit.resource(), hit.snapshot())));
    return Replies.ok(Json.list(items, page.total(), page.next()));
  }

  /** One resource. */
  @GET
  @Path("{ref}")
  public Response resource(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    Caller.of(request);
    ResourceRef address = address(ref);
    ClusterSnapshot snapshot =
        parts
            .liveState()
            .require()
            .cluster(address.cluster())
            .orElseThrow(ResourcesResource::notFound);
    Resource found = snapshot.find(address).orElseThrow(ResourcesResource::notFound);
    return Replies.ok(feeds.encoder(Precision.EXACT).encode(found, snapshot));
  }

  /** What can be done with a resource, decided for whoever asks. */
  @GET
  @Path("{ref}/actions")
  public Response actions(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    Caller caller = Caller.of(request);
    ToolCatalogue catalogue = parts.catalogue().require();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    catalogue
        .menu(address(ref), caller.principal(), caller.origin())
        .forEach(entry -> items.add(ToolEncoder.encode(entry, catalogue.tool(entry.tool()))));
    return Replies.list(items);
  }

  private static ResourceRef address(String text) {
    return ResourceRef.parse(text).orElseThrow(ResourcesResource::notFound);
  }

  static JarvisException notFound() {
    return new JarvisException(
        ErrorCode.NOT_FOUND,
        "Nothing is known under this address. GET /api/resources lists what is.");
  }
}
