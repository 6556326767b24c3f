package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.JsonBody;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/whereabouts}: where Jarvis runs relative to each cluster, and a person's word. */
@Component(service = WhereaboutsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/whereabouts")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class WhereaboutsResource {
  private static final String OUTSIDE = "outside";
  private static final String GUEST = "guest";

  @Reference Parts parts;

  /** What counts for each cluster, and who says so. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Caller.of(request);
    OwnPlace place = parts.place().require();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (ClusterSnapshot snapshot : parts.liveState().require().clusters()) {
      ClusterId cluster = snapshot.cluster().id();
      items.add(encode(cluster, place.standing(cluster)));
    }
    return Replies.list(items);
  }

  /** A person states it. */
  @PUT
  @Path("{cluster}")
  public Response state(
      @Context HttpServletRequest request,
      @PathParam("cluster") String cluster,
      InputStream input) {
    Caller caller = Caller.of(request);
    Principal person = caller.requirePerson();
    JsonBody body = JsonBody.read(input);
    Optional<Boolean> outside = body.givenTruth(OUTSIDE);
    OptionalInt guest = body.optionalNumber(GUEST, GuestId.MIN, GuestId.MAX);
    if (body.isSound()) {
      if (outside.isPresent() == guest.isPresent()) {
        body.wrong(OUTSIDE, "or \"guest\" has to be there, one of both");
      } else if (outside.isPresent() && !outside.get()) {
        body.wrong(OUTSIDE, "must be true; DELETE takes a statement back");
      }
    }
    body.check();
    Whereabouts said =
        guest.isPresent()
            ? new Whereabouts.InGuest(new GuestId(guest.getAsInt()))
            : new Whereabouts.Outside();
    return answer(cluster, said, person, caller);
  }

  /** A person takes the statement back. */
  @DELETE
  @Path("{cluster}")
  public Response takeBack(
      @Context HttpServletRequest request, @PathParam("cluster") String cluster) {
    Caller caller = Caller.of(request);
    return answer(cluster, new Whereabouts.Unknown(), caller.requirePerson(), caller);
  }

  private Response answer(String name, Whereabouts said, Principal person, Caller caller) {
    ClusterId cluster = cluster(name);
    return Replies.ok(
        encode(cluster, parts.place().require().state(cluster, said, person, caller.address())));
  }

  private static ClusterId cluster(String name) {
    try {
      return new ClusterId(name);
    } catch (IllegalArgumentException none) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such cluster.");
    }
  }

  private static ObjectNode encode(ClusterId cluster, OwnPlace.Standing standing) {
    Whereabouts whereabouts = standing.whereabouts();
    ObjectNode json = Json.object().put("cluster", cluster.value());
    if (whereabouts instanceof Whereabouts.InGuest home) {
      json.put("place", GUEST).put(GUEST, home.guest().value());
    } else {
      json.put("place", whereabouts instanceof Whereabouts.Outside ? OUTSIDE : "unknown");
      json.putNull(GUEST);
    }
    return json.put("source", standing.source().word()).put("reason", standing.reason());
  }
}
