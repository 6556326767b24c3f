package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.JsonBody;
import org.jarvis.gateway.json.ProblemEncoder;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/maintenance}: the nodes that are worked on, where no new problem is told. */
@Component(service = MaintenanceResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/maintenance")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class MaintenanceResource {
  @Reference Parts parts;

  /** All nodes that are worked on. */
  @GET
  public Response maintained(@Context HttpServletRequest request) {
    Caller.of(request);
    return list(parts.problems().require().maintained());
  }

  /** The work on one node. */
  @GET
  @Path("{ref}")
  public Response work(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    Caller.of(request);
    ResourceRef node = node(ref);
    return parts.problems().require().maintained().stream()
        .filter(work -> work.node().equals(node))
        .findFirst()
        .map(work -> Replies.ok(ProblemEncoder.encode(work)))
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, "This node is not worked on."));
  }

  /** Begins to work on a node, or changes until when. */
  @PUT
  @Path("{ref}")
  public Response begin(
      @Context HttpServletRequest request, @PathParam("ref") String ref, InputStream input) {
    Caller caller = Caller.of(request);
    ResourceRef node = node(ref);
    JsonBody body = JsonBody.read(input);
    Instant until = body.instant("until");
    String reason = body.optionalText("reason");
    body.check();
    return Replies.ok(
        ProblemEncoder.encode(
            parts
                .problems()
                .require()
                .maintain(node, until, reason == null ? "" : reason, caller.principal())));
  }

  /** Ends the work on a node; answers what is still worked on. */
  @DELETE
  @Path("{ref}")
  public Response end(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    Caller caller = Caller.of(request);
    parts.problems().require().endMaintenance(node(ref), caller.principal());
    return list(parts.problems().require().maintained());
  }

  private static Response list(List<Maintenance> all) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    all.forEach(work -> items.add(ProblemEncoder.encode(work)));
    return Replies.list(items);
  }

  private static ResourceRef node(String text) {
    return ResourceRef.parse(text)
        .filter(ref -> ref.kind() == ResourceKind.NODE)
        .orElseThrow(
            () -> Query.wrong("ref", "must be the address of a node such as pve:home:node:pve1"));
  }
}
