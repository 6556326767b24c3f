package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.auth.Principal;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.JsonBody;
import org.jarvis.gateway.json.ProblemEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/problem-kinds}: what can be found wrong, and a person's word on the limits. */
@Component(service = ProblemKindsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/problem-kinds")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ProblemKindsResource {
  private static final String VALUES = "values";
  private static final int MOST_VALUES = 50;
  private static final int LONGEST_KEY = 64;

  @Reference Parts parts;

  /** All kinds, by id. */
  @GET
  public Response kinds(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts.problems().require().standings().stream().map(ProblemEncoder::encode).forEach(items::add);
    return Replies.list(items);
  }

  /** A person sets some of a kind's values, or takes them back; what is missing stays as it is. */
  @PUT
  @Path("{kind}")
  public Response set(
      @Context HttpServletRequest request, @PathParam("kind") String kind, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson().from(caller.address());
    JsonBody body = JsonBody.read(input);
    Map<String, @Nullable String> values = values(body);
    boolean tooLong = values.keySet().stream().anyMatch(key -> key.length() > LONGEST_KEY);
    if (body.isSound() && (values.isEmpty() || values.size() > MOST_VALUES || tooLong)) {
      body.wrong(VALUES, "must name from 1 to " + MOST_VALUES + " keys of the kind");
    }
    body.check();
    return Replies.ok(
        ProblemEncoder.encode(parts.problems().require().setKind(kind, values, person)));
  }

  /** As the file has them, which are texts. */
  private static Map<String, @Nullable String> values(JsonBody body) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    body.arguments(VALUES)
        .values()
        .forEach(
            (key, value) -> {
              if (body.isSound() && (value instanceof Map || value instanceof List)) {
                body.wrong(VALUES, "must be texts, numbers, true, false or null");
              }
              values.put(key, value == null ? null : String.valueOf(value));
            });
    return values;
  }
}
