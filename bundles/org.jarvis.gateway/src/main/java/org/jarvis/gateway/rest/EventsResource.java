package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.EventEncoder;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/events}: everything that happened, in order. */
@Component(service = EventsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/events")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class EventsResource {
  private static final int USUAL_LIMIT = 200;
  private static final int MAX_LIMIT = 1000;

  @Reference Parts parts;

  /** Events after a number; {@code next} is the number to go on from. */
  @GET
  public Response events(
      @Context HttpServletRequest request,
      @QueryParam("after") @Nullable String after,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    Caller.of(request);
    int most = Query.limit(limit, USUAL_LIMIT, MAX_LIMIT);
    long start = cursor == null ? Query.seq("after", after) : Query.seq("cursor", cursor);
    EventStream stream = parts.events().require();
    List<RecordedEvent> events = stream.after(start, most);
    EventEncoder encoder = new EventEncoder(parts);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    events.forEach(event -> items.add(encoder.encode(event)));
    long last = events.isEmpty() ? start : events.get(events.size() - 1).seq();
    boolean more = events.size() == most && last < stream.head();
    return Replies.ok(Json.list(items, stream.head(), more ? Long.toString(last) : null));
  }
}
