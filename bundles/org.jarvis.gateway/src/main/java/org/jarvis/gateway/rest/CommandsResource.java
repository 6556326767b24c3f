package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandRules;
import org.jarvis.api.command.CommandText;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/commands}: what commands mean, and a person's confirmation of rules for them. */
@Component(service = CommandsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/commands")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class CommandsResource {
  @Reference Parts parts;

  /** What a command would mean; nothing runs. */
  @POST
  @Path("preview")
  public Response preview(@Context HttpServletRequest request, InputStream input) {
    Caller.of(request);
    JsonBody body = JsonBody.read(input);
    String host = body.text("host");
    String command = body.text("command");
    body.check();
    CommandAnalysis analysis =
        parts.commands().require().judge(host, new CommandText.Line(command));
    ObjectNode json =
        Json.object()
            .put("parsed", analysis.parsed())
            .put("tier", analysis.tier().name())
            .put("autoRuns", analysis.autoRuns())
            .put("canonical", analysis.canonical());
    ArrayNode reasons = json.putArray("reasons");
    analysis.reasons().forEach(reasons::add);
    if (analysis.instead() != null) {
      reasons.add(analysis.instead());
    }
    return Replies.ok(json);
  }

  /** The operator's own rules, by file. */
  @GET
  @Path("rules")
  public Response rules(@Context HttpServletRequest request) {
    Caller.of(request);
    return Replies.list(files(parts.commandRules().require()));
  }

  /** A person's confirmation of a file as it is; answers all files. */
  @POST
  @Path("rules/{file}")
  public Response confirm(
      @Context HttpServletRequest request, @PathParam("file") String file, InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    String sha256 = body.text("sha256");
    body.check();
    CommandRules rules = parts.commandRules().require();
    rules.confirm(file, sha256.toLowerCase(Locale.ROOT), person, caller.address());
    return Replies.list(files(rules));
  }

  private static ArrayNode files(CommandRules rules) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (CommandRules.File file : rules.files()) {
      ObjectNode json =
          Json.object()
              .put("name", file.name())
              .put("sha256", file.sha256())
              .put("confirmed", file.confirmed());
      ArrayNode programs = json.putArray("programs");
      file.programs().forEach(programs::add);
      items.add(json.put("problem", file.problem()));
    }
    return items;
  }
}
