package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/preferences}: what the owner of an account prefers. */
@Component(service = PreferencesResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/preferences/{key}")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class PreferencesResource {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9._-]{0,127}");
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_KEYS = 500;

  @Reference Parts parts;

  /** What is preferred under a key. */
  @GET
  public Response preference(@Context HttpServletRequest request, @PathParam("key") String key) {
    Caller caller = Caller.of(request);
    checkKey(key);
    String value =
        parts
            .preferences()
            .require()
            .value(caller.principal().name(), key)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND, "Nothing is stored under this key. PUT stores it."));
    return reply(Json.trusted(value));
  }

  /** Stores a preference, replacing an earlier one. */
  @PUT
  public Response store(
      @Context HttpServletRequest request, @PathParam("key") String key, InputStream input) {
    Caller caller = Caller.of(request);
    checkKey(key);
    JsonBody body = JsonBody.read(input);
    JsonNode value = body.value("value");
    body.check();
    String json = Json.text(value);
    if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new JarvisException(
          ErrorCode.TOO_LARGE,
          "The value is larger than " + MAX_BYTES + " bytes of JSON.",
          List.of(new FieldError("value", "is larger than " + MAX_BYTES + " bytes of JSON")));
    }
    if (!parts
        .preferences()
        .require()
        .put(caller.principal().name(), key, json, Instant.now(), MAX_KEYS)) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "This account has " + MAX_KEYS + " preferences already; store this in one of them.");
    }
    return reply(value);
  }

  private static Response reply(JsonNode value) {
    return Replies.ok(Json.object().set("value", value));
  }

  private static void checkKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw Query.wrong(
          "key",
          "must begin with a small letter and hold at most 128 small letters, digits, dots,"
              + " underscores and hyphens");
    }
  }
}
