package org.jarvis.gateway.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.guard.Caller;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/openapi.json}: the description of this API. */
@Component(service = OpenApiResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/openapi.json")
public final class OpenApiResource {
  /** The OpenAPI document. */
  @GET
  public Response document(@Context HttpServletRequest request) throws IOException {
    Caller.of(request);
    try (InputStream document = OpenApiResource.class.getResourceAsStream("openapi.json")) {
      if (document == null) {
        throw new JarvisException(ErrorCode.INTERNAL, "openapi.json is not in this build.");
      }
      return Response.ok(document.readAllBytes(), MediaType.APPLICATION_JSON_TYPE).build();
    }
  }
}
