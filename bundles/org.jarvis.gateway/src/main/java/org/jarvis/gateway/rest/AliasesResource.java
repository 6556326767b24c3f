package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Aliases.Alias;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/aliases}: what people call guests and nodes beside their names. */
@Component(service = AliasesResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/aliases")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class AliasesResource {
  @Reference Parts parts;

  /** All of them. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.aliases().require().all().forEach(alias -> items.add(encode(alias)));
    return Replies.list(items);
  }

  /** A person gives one, or moves it. */
  @PUT
  @Path("{alias}")
  public Response give(
      @Context HttpServletRequest request, @PathParam("alias") String words, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    String given = body.text("ref");
    body.check();
    ResourceRef ref =
        ResourceRef.parse(given)
            .orElseThrow(
                () -> Query.wrong("ref", "must be a guest's or node's reference, as in resources"));
    return Replies.ok(encode(parts.aliases().require().give(words, ref, person, caller.address())));
  }

  /** A person takes one away. */
  @DELETE
  @Path("{alias}")
  public Response takeAway(@Context HttpServletRequest request, @PathParam("alias") String words) {
    Caller caller = Caller.of(request);
    parts.aliases().require().takeAway(words, caller.requirePerson(), caller.address());
    return Response.noContent().build();
  }

  private ObjectNode encode(Alias alias) {
    boolean stands =
        parts
            .liveState()
            .require()
            .cluster(alias.resource().cluster())
            .flatMap(cluster -> cluster.find(alias.resource()))
            .filter(alias::standsFor)
            .isPresent();
    return Json.object()
        .put("alias", alias.words())
        .put("ref", alias.resource().toString())
        .put("name", alias.name())
        .put("stands", stands);
  }
}
