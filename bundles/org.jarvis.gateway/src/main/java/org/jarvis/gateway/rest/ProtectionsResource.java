package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.ProtectionLedger;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/protections}: what no action may harm and why, and a person's release of it. */
@Component(service = ProtectionsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/protections")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ProtectionsResource {
  @Reference Parts parts;

  /** All that is protected, once for each reason. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Caller.of(request);
    return Replies.list(items(parts.protections().require()));
  }

  /** A person's release of a guest that a tag protected; answers what is still protected. */
  @DELETE
  @Path("{ref}")
  public Response release(
      @Context HttpServletRequest request, @PathParam("ref") String ref, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    String typed = body.text("typed");
    body.check();
    ResourceRef guest =
        ResourceRef.parse(ref)
            .orElseThrow(() -> Query.wrong("ref", "must be an address such as pve:home:guest:101"));
    ProtectionLedger ledger = parts.protections().require();
    ledger.release(guest, typed, person, caller.address());
    return Replies.list(items(ledger));
  }

  private static ArrayNode items(ProtectionLedger ledger) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (ProtectionLedger.Item item : ledger.items()) {
      ResourceRef ref = item.ref();
      ObjectNode json =
          Json.object()
              .put("ref", ref == null ? null : ref.toString())
              .put("source", item.source().word())
              .put("name", item.name())
              .put("reason", item.reason())
              .put("releasable", item.obstacle() == null)
              .put("obstacle", item.obstacle());
      items.add(json);
    }
    return items;
  }
}
