package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/resources/{ref}/metrics}: the course of a resource's figures. */
@Component(service = MetricsResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/resources/{ref}/metrics")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class MetricsResource {
  private static final Duration USUAL_SPAN = Duration.ofHours(1);
  private static final int USUAL_POINTS = 300;
  private static final int MAX_POINTS = 2000;
  private static final String CPU = "cpu";

  @Reference Parts parts;

  /** The figures over a span of time, thinned out to so many points. */
  @GET
  public Response course(
      @Context HttpServletRequest request,
      @PathParam("ref") String text,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("points") @Nullable String points,
      @QueryParam("figures") @Nullable String figures) {
    Caller.of(request);
    Instant end = Query.time("to", to, Instant.now());
    Instant begin = Query.time("from", from, end.minus(USUAL_SPAN));
    if (!begin.isBefore(end)) {
      throw Query.wrong("from", "must be earlier than \"to\", which is now where it is missing");
    }
    int most = Query.number("points", points, USUAL_POINTS, MAX_POINTS);
    Set<String> wanted = Query.words("figures", figures);
    ResourceRef ref = ResourceRef.parse(text).orElseThrow(ResourcesResource::notFound);
    ClusterSnapshot snapshot =
        parts
            .liveState()
            .require()
            .cluster(ref.cluster())
            .filter(known -> known.find(ref).isPresent())
            .orElseThrow(ResourcesResource::notFound);
    // What another guest under the same number did is no part of this one's course.
    String subject =
        MetricStore.subject(ref, ref.guestId().map(snapshot.incarnations()::get).orElse(null));
    MetricStore store = parts.metrics().require();
    ObjectNode body =
        Json.object()
            .put("ref", ref.toString())
            .put("from", Json.time(begin))
            .put("to", Json.time(end));
    ArrayNode series = body.putArray("series");
    for (String figure : store.figures(subject)) {
      if (wanted.isEmpty() || wanted.contains(figure)) {
        encode(
            series.addObject().put("figure", figure).putArray("points"),
            store.course(subject, figure, begin, end, most));
      }
    }
    if (ref.kind() == ResourceKind.CLUSTER && (wanted.isEmpty() || wanted.contains(CPU))) {
      encode(
          series.addObject().put("figure", CPU).putArray("points"),
          new ClusterLoad(begin, end, most).of(store, snapshot));
    }
    return Replies.ok(body);
  }

  private static void encode(ArrayNode array, List<MetricStore.Point> course) {
    for (MetricStore.Point point : course) {
      array
          .addArray()
          .add(point.at().toEpochMilli())
          .add(point.average())
          .add(point.lowest())
          .add(point.highest());
    }
  }
}
