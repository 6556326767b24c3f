package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ActionEncoder;
import org.jarvis.gateway.json.JsonBody;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/plans}: several actions with one consent to all of them. */
@Component(service = PlansResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/plans")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class PlansResource {
  private static final int USUAL_LIMIT = 50;
  private static final int MAX_LIMIT = 500;
  private static final String MEMBER = "plan";

  @Reference Parts parts;
  @Reference Patience patience;

  /** The newest plans, newest first. */
  @GET
  public Response plans(
      @Context HttpServletRequest request, @QueryParam("limit") @Nullable String limit) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    int most = Query.limit(limit, USUAL_LIMIT, MAX_LIMIT);
    parts.gate().require().recent(MAX_LIMIT).stream()
        .filter(Action::isPlan)
        .limit(most)
        .forEach(plan -> items.add(ActionEncoder.encode(plan)));
    return Replies.list(items);
  }

  /** One plan, when it has ended if wished. */
  @GET
  @Path("{id}")
  public Response plan(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait) {
    Caller.of(request);
    ActionGate gate = parts.gate().require();
    return Replies.item(MEMBER, patience.await(gate, find(gate, id), Query.wait(wait)));
  }

  /** What would be decided, with nothing done. */
  @POST
  @Path("preview")
  public Response preview(@Context HttpServletRequest request, InputStream input) {
    return Replies.preview(MEMBER, gate().preview(wish(Caller.of(request), input)));
  }

  /** Asks for a plan, and waits for its end if wished. */
  @POST
  public Response run(
      @Context HttpServletRequest request,
      @QueryParam("wait") @Nullable String wait,
      InputStream input) {
    Caller caller = Caller.of(request);
    Duration wish = Query.wait(wait);
    Action plan = gate().submit(wish(caller, input));
    return Replies.outcome(MEMBER, patience.await(parts.gate().require(), plan, wish));
  }

  /** Cancels a plan: no further step begins. */
  @POST
  @Path("{id}/cancel")
  public Response cancel(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    ActionGate gate = parts.gate().require();
    return Replies.action(MEMBER, gate.cancel(find(gate, id).id(), caller.principal()));
  }

  private PlanGate gate() {
    return parts.plans().require();
  }

  private static Action find(ActionGate gate, String id) {
    return gate.find(id)
        .filter(Action::isPlan)
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such plan."));
  }

  private static PlanRequest wish(Caller caller, InputStream input) {
    JsonBody body = JsonBody.read(input);
    String title = body.optionalText("title");
    var steps =
        body.objects("steps").stream()
            .map(step -> new PlanRequest.Step(step.text("tool"), step.arguments("arguments")))
            .toList();
    body.check();
    return new PlanRequest(
        title == null ? "Plan" : title, steps, caller.principal(), caller.origin());
  }
}
