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
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Principal;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ActionEncoder;
import org.jarvis.gateway.json.JsonBody;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/approvals}: what waits for a person, and the person's answer. */
@Component(service = ApprovalsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/approvals")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ApprovalsResource {
  private static final List<String> DECISIONS = List.of("approve", "reject");

  @Reference Parts parts;
  @Reference Patience patience;

  /** What waits for a person, oldest first. */
  @GET
  public Response pending(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (Action action : parts.gate().require().awaitingApproval()) {
      Approval approval = action.approval();
      if (approval != null) {
        items.add(ActionEncoder.encodePending(action, approval));
      }
    }
    return Replies.list(items);
  }

  /** A person's answer. */
  @POST
  @Path("{id}")
  public Response answer(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait,
      InputStream input) {
    Principal person = Caller.of(request).requirePerson();
    JsonBody body = JsonBody.read(input);
    String decision = body.word("decision", DECISIONS, true);
    String typed = body.optionalText("typed");
    String fingerprint = body.optionalText("fingerprint");
    body.check();
    ActionGate gate = parts.gate().require();
    ApprovalAnswer answer = new ApprovalAnswer(decision.equals("approve"), typed, fingerprint);
    return Replies.action(patience.await(gate, gate.answer(id, answer, person), Query.wait(wait)));
  }
}
