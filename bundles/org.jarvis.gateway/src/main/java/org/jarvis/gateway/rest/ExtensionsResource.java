package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ExtensionEncoder;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/extensions}: what was dropped in, and a person's consent to it. */
@Component(service = ExtensionsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/extensions")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ExtensionsResource {
  private static final List<String> DECISIONS = List.of("approve", "reject");

  @Reference Parts parts;

  /** All of them, by file name. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.extensions().require().all().stream().map(ExtensionEncoder::encode).forEach(items::add);
    return Replies.list(items);
  }

  /** One of them. */
  @GET
  @Path("{id}")
  public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller.of(request);
    return parts
        .extensions()
        .require()
        .find(id)
        .map(extension -> Replies.ok(ExtensionEncoder.encode(extension)))
        .orElseThrow(
            () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no extension with this id."));
  }

  /** A person's decision. */
  @POST
  @Path("{id}")
  public Response decide(
      @Context HttpServletRequest request, @PathParam("id") String id, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    String decision = body.word("decision", DECISIONS, true);
    boolean pinSigner = body.optionalTruth("pinSigner");
    body.check();
    return Replies.ok(
        ExtensionEncoder.encode(
            parts
                .extensions()
                .require()
                .decide(id, decision.equals("approve"), pinSigner, person, caller.address())));
  }
}
