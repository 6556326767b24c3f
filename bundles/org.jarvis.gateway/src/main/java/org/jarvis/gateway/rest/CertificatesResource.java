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
import org.jarvis.api.connector.ClusterCertificates;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.CertificateEncoder;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/**
 * {@code /api/clusters/{id}/certificates}: what the members of a cluster show, and a person's word
 * on it. Either way the members are asked, so only a few requests are let through at a time.
 */
@Component(service = CertificatesResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/clusters/{id}/certificates")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class CertificatesResource {
  private static final String ACCEPT = "accept";
  private static final List<String> DECISIONS = List.of(ACCEPT, "forget");

  @Reference Parts parts;
  @Reference Turnstile turnstile;

  /** What the members show at this moment. */
  @GET
  public Response list(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    return turnstile.pass(caller, () -> shown(cluster(id)));
  }

  /** A person consents to the certificate that was shown, or takes that back. */
  @POST
  public Response decide(
      @Context HttpServletRequest request, @PathParam("id") String id, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson().from(caller.address());
    JsonBody body = JsonBody.read(input);
    boolean accepts = body.word("decision", DECISIONS, true).equals(ACCEPT);
    String address = body.text("address");
    String fingerprint = body.optionalText("fingerprint");
    String typed = body.optionalText("typed");
    if (accepts && body.isSound() && fingerprint == null) {
      body.wrong("fingerprint", "has to be the one that was shown");
    }
    if (accepts && body.isSound() && typed == null) {
      body.wrong("typed", "has to be the name of the member");
    }
    body.check();
    ClusterId cluster = cluster(id);
    return turnstile.pass(
        caller,
        () -> {
          ClusterCertificates certificates = parts.certificates().require();
          if (accepts && fingerprint != null && typed != null) {
            certificates.accept(cluster, address, fingerprint, typed, person);
          } else {
            certificates.forget(cluster, address, person);
          }
          return shown(cluster);
        });
  }

  private Response shown(ClusterId cluster) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.certificates().require().show(cluster).stream()
        .map(CertificateEncoder::encode)
        .forEach(items::add);
    return Replies.list(items);
  }

  private static ClusterId cluster(String id) {
    try {
      return new ClusterId(id);
    } catch (IllegalArgumentException none) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "No cluster has this name. GET /api/clusters lists them.");
    }
  }
}
