package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.DetailEncoder;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jarvis.gateway.socket.LiveFeeds;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/clusters}: all clusters. */
@Component(service = ClustersResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/clusters")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class ClustersResource {
  private static final int USUAL_LINES = 500;
  private static final int MAX_LINES = 5000;

  /** The form that PVE/Tools.pm writes: the node comes first, then numbers, type, subject, user. */
  private static final Pattern UPID =
      Pattern.compile(
          "UPID:([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?):[0-9A-Fa-f]{8}(?:[0-9A-Fa-f]{1,8})?"
              + ":[0-9A-Fa-f]{8,16}:[0-9A-Fa-f]{8}:[^:\\s/]{1,64}:[^:\\s/]{0,128}:[^:\\s/]{1,128}:");

  @Reference Parts parts;
  @Reference LiveFeeds feeds;
  @Reference Turnstile turnstile;

  /** All clusters, sorted, a page at a time, with how the connector stands with their members. */
  @GET
  public Response clusters(
      @Context HttpServletRequest request,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Caller.of(request);
    ResourceSearch.Page page =
        ResourceSearch.of(ResourceFilter.clusters(Instant.now()), sort, limit, cursor)
            .in(parts.liveState().require().clusters());
    ResourceEncoder encoder = feeds.encoder(Precision.EXACT);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (ResourceSearch.Hit hit : page.hits()) {
      ClusterSnapshot snapshot = hit.snapshot();
      ObjectNode item = encoder.encode(hit.resource(), snapshot);
      snapshot
          .details(snapshot.cluster().ref())
          .find(ConnectionDetail.class)
          .ifPresent(
              connection -> {
                item.set("members", DetailEncoder.value(connection.members()));
                item.set("traffic", DetailEncoder.value(connection.traffic()));
              });
      items.add(item);
    }
    return Replies.ok(Json.list(items, page.total(), page.next()));
  }

  /** Tries everything that Jarvis needs of a cluster, and says what works. */
  @GET
  @Path("{id}/test")
  public Response test(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller caller = Caller.of(request);
    ClusterId cluster = cluster(id);
    Examination examination =
        turnstile.pass(caller, () -> parts.readings().require().examine(cluster));
    ObjectNode body = Json.object().put("cluster", id).put("passed", examination.passed());
    ArrayNode checks = body.putArray("checks");
    for (Examination.Check check : examination.checks()) {
      ObjectNode entry =
          checks
              .addObject()
              .put("name", check.name())
              .put("outcome", check.outcome().word())
              .put("detail", check.detail());
      if (check.cure() != null) {
        entry.put("cure", check.cure());
      }
    }
    return Replies.ok(body);
  }

  /** Part of the log of a cluster's task. */
  @GET
  @Path("{id}/tasks/{upid}/log")
  public Response taskLog(
      @Context HttpServletRequest request,
      @PathParam("id") String id,
      @PathParam("upid") String upid,
      @QueryParam("start") @Nullable String start,
      @QueryParam("limit") @Nullable String limit) {
    Caller caller = Caller.of(request);
    ClusterId cluster = cluster(id);
    TaskId task = task(upid);
    long from = Query.seq("start", start);
    int most = Query.limit(limit, USUAL_LINES, MAX_LINES);
    List<String> lines =
        turnstile.pass(caller, () -> parts.readings().require().taskLog(cluster, task, from, most));
    ObjectNode body = Json.object().put("task", upid).put("start", from);
    lines.forEach(body.putArray("lines")::add);
    return Replies.ok(body);
  }

  private ClusterId cluster(String id) {
    return parts.liveState().require().clusters().stream()
        .map(snapshot -> snapshot.cluster().id())
        .filter(known -> known.value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "No cluster has this name. GET /api/clusters lists them."));
  }

  private static TaskId task(String upid) {
    Matcher matcher = UPID.matcher(upid);
    if (!matcher.matches()) {
      throw Query.wrong(
          "upid", "must be the id of a task, such as UPID:pve1:…:qmstart:101:root@pam:");
    }
    return new TaskId(new NodeName(matcher.group(1)), upid);
  }
}
