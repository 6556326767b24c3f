package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.ConversationEncoder;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/chat/providers}: who would be asked, in this order. */
@Component(service = ChatProvidersResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/chat/providers")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ChatProvidersResource {
  @Reference Parts parts;

  /** The providers, the one that is asked first before the others. */
  @GET
  public Response providers(@Context HttpServletRequest request) {
    Caller.of(request);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    parts
        .conversations()
        .require()
        .providers()
        .forEach(provider -> items.add(ConversationEncoder.encode(provider)));
    return Replies.list(items);
  }
}
