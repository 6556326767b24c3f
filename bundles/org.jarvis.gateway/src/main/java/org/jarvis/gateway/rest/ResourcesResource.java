package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.DetailEncoder;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jarvis.gateway.json.ToolEncoder;
import org.jarvis.gateway.socket.LiveFeeds;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/resources}: everything that is shown, and what can be done with it. */
@Component(service = ResourcesResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/resources")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ResourcesResource {
  private static final int MOST_REFRESHED = 4;

  @Reference Parts parts;
  @Reference LiveFeeds feeds;
  @Reference Turnstile turnstile;

  /** Resources by kind and text, sorted, a page at a time. */
  @GET
  public Response resources(
      @Context HttpServletRequest request,
      @BeanParam ResourceFilter.Wanted wanted,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Caller.of(request);
    ResourceSearch search =
        ResourceSearch.of(ResourceFilter.of(wanted, Instant.now()), sort, limit, cursor);
    ResourceSearch.Page page = search.in(parts.liveState().require().clusters());
    ResourceEncoder encoder = feeds.encoder(Precision.EXACT);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    page.hits().forEach(hit -> items.add(encoder.encode(hit.resource(), hit.snapshot())));
    return Replies.ok(Json.list(items, page.total(), page.next()));
  }

  /**
   * One resource with all its details. Whoever asks looks at it, so its details are read before
   * others for a minute; those named in {@code refresh} are read before the answer.
   */
  @GET
  @Path("{ref}")
  public Response resource(
      @Context HttpServletRequest request,
      @PathParam("ref") String ref,
      @QueryParam("refresh") @Nullable String refresh) {
    Caller caller = Caller.of(request);
    ResourceRef address = address(ref);
    List<Aspect> wanted = aspects(address.kind(), refresh);
    requireKnown(address);
    attend(address);
    Map<Aspect, AspectState> failed =
        wanted.isEmpty() ? Map.of() : turnstile.pass(caller, () -> refresh(address, wanted));
    // What was just read is in the live state by now.
    ClusterSnapshot snapshot = snapshot(address);
    Resource found = snapshot.find(address).orElseThrow(ResourcesResource::notFound);
    Details details = snapshot.details(address);
    for (AspectState state : failed.values()) {
      details = details.with(state);
    }
    ObjectNode item = feeds.encoder(Precision.EXACT).encode(found, snapshot);
    address
        .guestId()
        .map(snapshot.incarnations()::get)
        .ifPresent(life -> item.put("incarnation", life.value()));
    item.set("details", new DetailEncoder(Instant.now()).encode(details));
    if (found instanceof Storage storage) {
      parts
          .problems()
          .find()
          .ifPresent(problems -> item.set("growth", growth(problems.growth(address), storage)));
    }
    return Replies.ok(item);
  }

  /** How fast it fills, and when it will be full if that goes on. */
  private static ObjectNode growth(Growth growth, Storage storage) {
    ObjectNode json = Json.object().put("state", growth.state().word());
    if (growth.state() == Growth.State.KNOWN) {
      json.put("bytesADay", Math.round(growth.bytesADay()));
      if (storage.used() != null && storage.total() != null) {
        growth
            .timeToFull(storage.used(), storage.total())
            .ifPresent(left -> json.put("fullInSeconds", left.toSeconds()));
      }
    }
    return json;
  }

  /** The course of figures as the cluster itself recorded it, also before Jarvis was there. */
  @GET
  @Path("{ref}/course")
  public Response course(
      @Context HttpServletRequest request,
      @PathParam("ref") String ref,
      @QueryParam("timeframe") @Nullable String timeframe) {
    Caller caller = Caller.of(request);
    ResourceRef address = address(ref);
    Timeframe span =
        Arrays.stream(Timeframe.values())
            .filter(one -> one.word().equals(timeframe == null ? "hour" : timeframe))
            .findFirst()
            .orElseThrow(() -> Query.wrong("timeframe", "must be hour, day, week, month or year"));
    requireKnown(address);
    RecordedCourse course =
        turnstile.pass(caller, () -> parts.readings().require().course(address, span));
    ObjectNode body =
        Json.object().put("ref", address.toString()).put("timeframe", course.timeframe().word());
    ArrayNode points = body.putArray("points");
    for (RecordedCourse.Point point : course.points()) {
      ObjectNode entry = points.addObject().put("at", Json.time(point.at()));
      new TreeMap<>(point.figures()).forEach(entry.putObject("figures")::put);
    }
    return Replies.ok(body);
  }

  private void requireKnown(ResourceRef address) {
    if (snapshot(address).find(address).isEmpty()) {
      throw notFound();
    }
  }

  private ClusterSnapshot snapshot(ResourceRef address) {
    return parts
        .liveState()
        .require()
        .cluster(address.cluster())
        .orElseThrow(ResourcesResource::notFound);
  }

  private void attend(ResourceRef address) {
    parts.readings().find().ifPresent(readings -> readings.attend(List.of(address)));
  }

  /** Reads these now; what cannot be read is told as such, beside what is known of it. */
  private Map<Aspect, AspectState> refresh(ResourceRef address, List<Aspect> aspects) {
    Map<Aspect, AspectState> failed = new EnumMap<>(Aspect.class);
    ClusterReadings readings = parts.readings().find().orElse(null);
    if (readings == null) {
      return failed;
    }
    for (Aspect aspect : aspects) {
      try {
        readings.detail(address, aspect);
      } catch (JarvisException unreadable) {
        failed.put(
            aspect,
            AspectState.failed(
                aspect, unreadable.code(), String.valueOf(unreadable.getMessage()), Instant.now()));
      }
    }
    return failed;
  }

  private static List<Aspect> aspects(ResourceKind kind, @Nullable String text) {
    List<Aspect> aspects = new ArrayList<>();
    for (String word : Query.words("refresh", text)) {
      aspects.add(
          Aspect.ofWord(word)
              .filter(aspect -> aspect.kind() == kind)
              .orElseThrow(
                  () ->
                      Query.wrong(
                          "refresh",
                          "must name aspects of a "
                              + kind.word()
                              + ": "
                              + String.join(
                                  ", ", Aspect.of(kind).stream().map(Aspect::word).toList()))));
    }
    if (aspects.size() > MOST_REFRESHED) {
      throw Query.wrong("refresh", "must name at most " + MOST_REFRESHED + " aspects");
    }
    return aspects;
  }

  /** What can be done with a resource, decided for whoever asks. */
  @GET
  @Path("{ref}/actions")
  public Response actions(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    Caller caller = Caller.of(request);
    ToolCatalogue catalogue = parts.catalogue().require();
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    catalogue
        .menu(address(ref), caller.principal(), caller.origin())
        .forEach(entry -> items.add(ToolEncoder.encode(entry, catalogue.tool(entry.tool()))));
    return Replies.list(items);
  }

  /** The open problems that are about a resource or that it suffers from. */
  @GET
  @Path("{ref}/problems")
  public Response problems(@Context HttpServletRequest request, @PathParam("ref") String ref) {
    Caller.of(request);
    return Replies.list(ProblemsResource.items(parts, parts.problems().require().of(address(ref))));
  }

  private static ResourceRef address(String text) {
    return ResourceRef.parse(text).orElseThrow(ResourcesResource::notFound);
  }

  static JarvisException notFound() {
    return new JarvisException(
        ErrorCode.NOT_FOUND,
        "Nothing is known under this address. GET /api/resources lists what is.");
  }
}
