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
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostId;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.HostEncoder;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/hosts}: the hosts that are reached over SSH, and a person's word on their keys. */
@Component(service = HostsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/hosts")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class HostsResource {
  private static final String ACCEPT = "accept";
  private static final List<String> DECISIONS = List.of(ACCEPT, "forget");

  @Reference Parts parts;

  /** All of them, by cluster and name. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.hosts().require().all().stream().map(HostEncoder::encode).forEach(items::add);
    return Replies.list(items);
  }

  /** A person accepts the key that was shown, or takes that back. */
  @POST
  @Path("{cluster}/{name}/key")
  public Response key(
      @Context HttpServletRequest request,
      @PathParam("cluster") String cluster,
      @PathParam("name") String name,
      InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson().from(caller.address());
    JsonBody body = JsonBody.read(input);
    boolean accepts = body.word("decision", DECISIONS, true).equals(ACCEPT);
    String fingerprint = body.optionalText("fingerprint");
    if (accepts && body.isSound() && fingerprint == null) {
      body.wrong("fingerprint", "has to be the one that was shown");
    }
    body.check();
    HostId host = HostId.parse(cluster + "/" + name).orElseThrow(HostsResource::notFound);
    if (accepts && fingerprint != null) {
      parts.hostKeys().require().accept(host, fingerprint, person);
    } else {
      parts.hostKeys().require().forget(host, person);
    }
    Host now = parts.hosts().require().find(host).orElseThrow(HostsResource::notFound);
    return Replies.ok(HostEncoder.encode(now));
  }

  private static JarvisException notFound() {
    return new JarvisException(
        ErrorCode.NOT_FOUND, "There is no such host. GET /api/hosts lists them.");
  }
}
