package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.jarvis.gateway.json.ProblemEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/problems}: what is wrong, and the way to have it mended. */
@Component(service = ProblemsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/problems")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ProblemsResource {
  @Reference Parts parts;
  @Reference Patience patience;

  /** The parameters of a search as they came. */
  @SuppressWarnings("NullAway.Init") // Jersey sets the fields; what was not given stays null.
  public static final class Wanted {
    @QueryParam("state")
    @Nullable String state;

    @QueryParam("severity")
    @Nullable String severity;

    @QueryParam("kind")
    @Nullable String kind;

    @QueryParam("ref")
    @Nullable String ref;

    @QueryParam("q")
    @Nullable String text;
  }

  /** Problems, a page at a time; those that are open unless others are asked for. */
  @GET
  public Response problems(
      @Context HttpServletRequest request,
      @BeanParam Wanted wanted,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Caller.of(request);
    ProblemSearch search = ProblemSearch.of(wanted, limit, cursor);
    ProblemSearch.Page page = search.in(service());
    return Replies.ok(Json.list(items(parts, page.problems()), page.total(), page.next()));
  }

  /** One problem, open or ended. */
  @GET
  @Path("{id}")
  public Response problem(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller.of(request);
    return item(
        service()
            .find(id)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND,
                        "There is no such problem. GET /api/problems lists those that are open.")));
  }

  /** Notes that whoever asks has seen it. */
  @POST
  @Path("{id}/acknowledge")
  public Response acknowledge(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    return item(service().acknowledge(id, caller.principal()));
  }

  /** Silences it until a moment; one that is past ends a silence. */
  @POST
  @Path("{id}/silence")
  public Response silence(
      @Context HttpServletRequest request, @PathParam("id") String id, InputStream input) {
    Caller caller = Caller.of(request);
    JsonBody body = JsonBody.read(input);
    Instant until = body.instant("until");
    body.check();
    return item(service().silence(id, until, caller.principal()));
  }

  /** Adds a note. */
  @POST
  @Path("{id}/notes")
  public Response note(
      @Context HttpServletRequest request, @PathParam("id") String id, InputStream input) {
    Caller caller = Caller.of(request);
    JsonBody body = JsonBody.read(input);
    String text = body.text("text");
    int length = text.strip().length();
    if (body.isSound() && (length == 0 || length > Problems.MAX_NOTE)) {
      body.wrong("text", "has from 1 to " + Problems.MAX_NOTE + " characters");
    }
    body.check();
    return item(service().note(id, text, caller.principal()));
  }

  /** What would be decided on a remedy, with nothing done. */
  @POST
  @Path("{id}/remedies/{remedy}/preview")
  public Response preview(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @PathParam("remedy") String remedy,
      InputStream input) {
    Caller caller = Caller.of(request);
    boolean first = firstStepOnly(input);
    return Replies.preview(
        service().preview(id, remedy, first, caller.principal(), caller.origin()));
  }

  /** Asks for a remedy, and waits for its end if wished. */
  @POST
  @Path("{id}/remedies/{remedy}")
  public Response mend(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @PathParam("remedy") String remedy,
      @QueryParam("wait") @Nullable String wait,
      InputStream input) {
    Caller caller = Caller.of(request);
    Duration wish = Query.wait(wait);
    boolean first = firstStepOnly(input);
    ActionGate gate = parts.gate().require();
    Action action = service().mend(id, remedy, first, caller.principal(), caller.origin());
    return Replies.outcome(patience.await(gate, action, wish));
  }

  private static boolean firstStepOnly(InputStream input) {
    JsonBody body = JsonBody.read(input);
    boolean first = body.optionalTruth("firstStepOnly");
    body.check();
    return first;
  }

  private Problems service() {
    return parts.problems().require();
  }

  private Response item(Problem problem) {
    return Replies.ok(new ProblemEncoder(parts, Instant.now()).encode(problem));
  }

  /** Problems in the form of lists. */
  static ArrayNode items(Parts parts, List<Problem> problems) {
    ProblemEncoder encoder = new ProblemEncoder(parts, Instant.now());
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    problems.forEach(problem -> items.add(encoder.encode(problem)));
    return items;
  }
}
