package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/guardrails}: the kill switch and how far Jarvis may go without being asked. */
@Component(service = GuardrailsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/guardrails")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class GuardrailsResource {
  private static final List<String> LEVELS =
      Arrays.stream(Autonomy.values()).map(Autonomy::word).toList();

  @Reference Parts parts;
  @Reference GuardrailChanges changes;

  /** What counts now. */
  @GET
  public Response guardrails(@Context HttpServletRequest request) {
    Caller.of(request);
    return Replies.ok(encode(parts.guardrails().require().current()));
  }

  /** A person changes them; what is missing stays as it is. */
  @PUT
  public Response change(@Context HttpServletRequest request, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    Optional<Boolean> halted = body.givenTruth("halted");
    Optional<Autonomy> autonomy = body.givenWord("autonomy", LEVELS).flatMap(Autonomy::of);
    if (body.isSound() && halted.isEmpty() && autonomy.isEmpty()) {
      body.wrong("halted", "or \"autonomy\" has to be there, or both");
    }
    body.check();
    GuardrailSettings settings = parts.guardrails().require();
    boolean durable = changes.change(settings, halted, autonomy, person, caller.address());
    return Replies.ok(encode(settings.current()).put("durable", durable));
  }

  private static ObjectNode encode(Guardrails guardrails) {
    return Json.object()
        .put("halted", guardrails.halted())
        .put("autonomy", guardrails.autonomy().word());
  }
}
