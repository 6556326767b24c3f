package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ActionEncoder;
import org.jarvis.gateway.json.ConversationEncoder;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/conversations}: what the owner of an account and Jarvis say to each other. */
@Component(service = ConversationsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/conversations")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ConversationsResource {
  private static final int USUAL_LIMIT = 100;
  private static final int LONGEST_SEARCH = 200;

  @Reference Parts parts;
  @Reference Patience patience;

  /** The conversations of the account, those that changed last first. */
  @GET
  public Response list(
      @Context HttpServletRequest request,
      @QueryParam("q") @Nullable String text,
      @QueryParam("limit") @Nullable String limit) {
    Caller caller = Caller.of(request);
    int most = Query.limit(limit, USUAL_LIMIT, Conversations.MOST);
    String containing = text == null ? "" : text.strip();
    if (containing.length() > LONGEST_SEARCH) {
      throw Query.wrong("q", "has at most " + LONGEST_SEARCH + " characters");
    }
    List<Conversation.Summary> found =
        service().list(caller.principal(), containing, Conversations.MOST);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    found.stream().limit(most).forEach(each -> items.add(ConversationEncoder.encode(each)));
    return Replies.ok(Json.list(items, found.size(), null));
  }

  /** Begins one. */
  @POST
  public Response create(@Context HttpServletRequest request) {
    Caller caller = Caller.of(request);
    return Replies.ok(Json.object().put("id", service().create(caller.principal()).id()));
  }

  /** One conversation with all that was said in it. */
  @GET
  @Path("{id}")
  public Response conversation(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    return Replies.ok(
        ConversationEncoder.encode(
            service()
                .find(id, caller.principal())
                .orElseThrow(
                    () ->
                        new JarvisException(
                            ErrorCode.NOT_FOUND, "There is no such conversation of yours."))));
  }

  /** Names it. */
  @PUT
  @Path("{id}")
  public Response rename(
      @Context HttpServletRequest request, @PathParam("id") String id, InputStream input) {
    Caller caller = Caller.of(request);
    JsonBody body = JsonBody.read(input);
    String title = body.text("title").strip();
    if (body.isSound() && (title.isEmpty() || title.length() > Conversation.MAX_TITLE)) {
      body.wrong("title", "has from 1 to " + Conversation.MAX_TITLE + " characters");
    }
    body.check();
    return Replies.ok(ConversationEncoder.encode(service().rename(id, title, caller.principal())));
  }

  /** Forgets it. */
  @DELETE
  @Path("{id}")
  public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
    service().delete(id, Caller.of(request).principal());
    return Response.noContent().build();
  }

  /** Says something in it, and waits for the end of the answer if wished. */
  @POST
  @Path("{id}/messages")
  public Response say(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @QueryParam("wait") @Nullable String wait,
      InputStream input) {
    Caller caller = Caller.of(request);
    Duration wish = Query.wait(wait);
    Utterance utterance = utterance(caller, input);
    Conversations conversations = service();
    Principal principal = caller.principal();
    Conversation said = conversations.say(id, utterance, principal);
    Conversation now = patience.await(conversations, said, principal, wish);
    ObjectNode reply = turn(now, lastOfThePerson(said));
    return now.state() == Conversation.State.IDLE ? Replies.ok(reply) : Replies.accepted(reply);
  }

  /** Ends what goes on in it. */
  @POST
  @Path("{id}/stop")
  public Response stop(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    Conversation stopped = service().stop(id, caller.principal());
    return Replies.ok(Json.object().put("state", stopped.state().name()));
  }

  private static Utterance utterance(Caller caller, InputStream input) {
    JsonBody body = JsonBody.read(input);
    String text = body.text("text");
    boolean pasted = body.optionalTruth("pasted");
    if (body.isSound() && (text.isBlank() || text.length() > Utterance.MAX_TEXT)) {
      body.wrong("text", "has from 1 to " + Utterance.MAX_TEXT + " characters");
    }
    body.check();
    return new Utterance(text, caller.principal().isPerson() && !pasted);
  }

  /** The id of what was said just now. */
  private static String lastOfThePerson(Conversation said) {
    String last = "";
    for (Message message : said.messages()) {
      if (message.role() == Message.Role.USER) {
        last = message.id();
      }
    }
    return last;
  }

  /** What was said from this message on, and the actions that were asked for meanwhile. */
  private ObjectNode turn(Conversation conversation, String first) {
    List<Message> messages =
        conversation.messages().stream().dropWhile(message -> !message.id().equals(first)).toList();
    ObjectNode reply = Json.object();
    reply.set("messages", ConversationEncoder.encode(messages));
    reply.set("actions", actions(messages));
    return reply.put("state", conversation.state().name());
  }

  private ArrayNode actions(List<Message> messages) {
    List<String> ids =
        messages.stream()
            .flatMap(message -> message.parts().stream())
            .filter(MessagePart.ToolCall.class::isInstance)
            .map(part -> ((MessagePart.ToolCall) part).action())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    ArrayNode actions = JsonNodeFactory.instance.arrayNode();
    if (!ids.isEmpty()) {
      ActionGate gate = parts.gate().require();
      ids.forEach(id -> gate.find(id).ifPresent(found -> actions.add(ActionEncoder.encode(found))));
    }
    return actions;
  }

  private Conversations service() {
    return parts.conversations().require();
  }
}
