package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ActionEncoder;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.jarvis.gateway.json.TerminalEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/**
 * {@code /api/terminals}: a person's own terminals. Nobody but a person in a browser session gets
 * anything here.
 */
@Component(service = TerminalsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/terminals")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class TerminalsResource {
  private static final int MOST = 1000;
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;
  private static final String ASCIICAST = "application/x-asciicast";

  @Reference Parts parts;
  @Reference Turnstile turnstile;

  /** What the person has open, and what opening another one asks for. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Principal person = Caller.of(request).requirePerson();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    terminals().open(person).forEach(open -> items.add(TerminalEncoder.encode(open)));
    ObjectNode list = Json.list(items, items.size(), null);
    list.set("terms", TerminalEncoder.encode(terminals().terms()));
    return Replies.ok(list);
  }

  /** Opens one. */
  @POST
  public Response open(@Context HttpServletRequest request, InputStream input) {
    Caller caller = Caller.of(request);
    caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    String host = body.optionalText("host");
    ResourceRef resource = resource(body);
    String password = body.optionalText("password");
    int columns = body.optionalNumber("columns", 1, MOST).orElse(USUAL_COLUMNS);
    int rows = body.optionalNumber("rows", 1, MOST).orElse(USUAL_ROWS);
    body.check();
    Terminals.Opened opened =
        turnstile.pass(
            caller,
            () ->
                terminals()
                    .open(
                        new Terminals.Wish(host, resource, columns, rows),
                        caller.authentication(),
                        password == null ? null : Secret.of(password),
                        caller.address()));
    return opened
        .terminal()
        .map(terminal -> opened(opened, terminal))
        .orElseGet(() -> Replies.outcome(opened.action()));
  }

  private static @Nullable ResourceRef resource(JsonBody body) {
    String text = body.optionalText("ref");
    if (text == null) {
      return null;
    }
    Optional<ResourceRef> resource = ResourceRef.parse(text);
    if (resource.isEmpty()) {
      body.wrong("ref", "must be the address of a node or guest");
    }
    return resource.orElse(null);
  }

  private static Response opened(Terminals.Opened opened, Terminals.OpenTerminal terminal) {
    ObjectNode told = TerminalEncoder.encode(terminal);
    opened.secret().ifPresent(secret -> told.put("secret", secret.reveal()));
    ObjectNode reply = Json.object();
    reply.set("action", ActionEncoder.encode(opened.action()));
    reply.set("terminal", told);
    return Replies.created(reply);
  }

  /** Ends one. */
  @DELETE
  @Path("{id}")
  public Response end(@Context HttpServletRequest request, @PathParam("id") String id) {
    terminals().close(id, Caller.of(request).requirePerson());
    return Response.noContent().build();
  }

  /** The recordings that are kept. */
  @GET
  @Path("recordings")
  public Response recordings(@Context HttpServletRequest request) {
    Principal person = Caller.of(request).requirePerson();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    terminals()
        .recordings(person)
        .forEach(recording -> items.add(TerminalEncoder.encode(recording)));
    return Replies.list(items);
  }

  /** A recording, as asciicast v2. */
  @GET
  @Path("recordings/{id}")
  public Response recording(@Context HttpServletRequest request, @PathParam("id") String id) {
    Principal person = Caller.of(request).requirePerson();
    InputStream recording = terminals().recording(id, person);
    StreamingOutput text =
        output -> {
          try (recording) {
            recording.transferTo(output);
          }
        };
    return Response.ok(text, ASCIICAST)
        .header("Content-Disposition", "attachment; filename=\"" + id + ".cast\"")
        .build();
  }

  private Terminals terminals() {
    return parts.terminals().require();
  }
}
