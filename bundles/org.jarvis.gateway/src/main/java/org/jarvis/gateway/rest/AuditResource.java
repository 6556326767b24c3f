package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** {@code /api/audit}: the hash-chained record of everything that was asked and done. */
@Component(service = AuditResource.class, scope = ServiceScope.PROTOTYPE)
@JakartarsResource
@Path("/audit")
@SuppressWarnings(
    "NullAway.Init") // Declarative Services sets the fields; Jersey wants no arguments.
public final class AuditResource {
  private static final int USUAL_LIMIT = 200;
  private static final int MAX_LIMIT = 1000;

  @Reference Parts parts;
  @Reference Turnstile turnstile;

  /** The filters of a search as they came. */
  @SuppressWarnings("NullAway.Init") // Jersey sets the fields; what was not given stays null.
  public static final class Wanted {
    @QueryParam("actor")
    @Nullable String actor;

    @QueryParam("activity")
    @Nullable String activity;

    @QueryParam("resource")
    @Nullable String resource;

    @QueryParam("since")
    @Nullable String since;

    @QueryParam("until")
    @Nullable String until;

    private boolean isAny() {
      return Stream.of(actor, activity, resource, since, until).anyMatch(Objects::nonNull);
    }
  }

  /**
   * Records after a number, or the newest first, as all that are filtered; {@code next} is the
   * number to go on from.
   */
  @GET
  public Response records(
      @Context HttpServletRequest request,
      @QueryParam("order") @Nullable String order,
      @BeanParam Wanted wanted,
      @QueryParam("after") @Nullable String after,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    Caller caller = Caller.of(request);
    int most = Query.limit(limit, USUAL_LIMIT, MAX_LIMIT);
    AuditLog log = parts.audit().require();
    if (newestFirst(order, wanted)) {
      AuditSearch search = AuditSearch.of(wanted, most, cursor);
      AuditSearch.Page page = turnstile.pass(caller, () -> search.in(log));
      return list(page.records(), log.size(), page.next());
    }
    long start = cursor == null ? Query.seq("after", after) : Query.seq("cursor", cursor);
    List<AuditRecord> records = log.after(start, most + 1);
    return list(
        records.stream().limit(most).toList(),
        log.size(),
        records.size() > most ? Long.toString(records.get(most - 1).seq()) : null);
  }

  private static boolean newestFirst(@Nullable String order, Wanted wanted) {
    boolean filtered = wanted.isAny();
    if (order == null) {
      return filtered;
    }
    return switch (order) {
      case "oldest" -> {
        if (filtered) {
          throw Query.wrong("order", "must be newest where records are filtered");
        }
        yield false;
      }
      case "newest" -> true;
      default -> throw Query.wrong("order", "must be oldest or newest");
    };
  }

  private static Response list(List<AuditRecord> records, long total, @Nullable String next) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    records.forEach(record -> items.add(encode(record)));
    return Replies.ok(Json.list(items, total, next));
  }

  /** Recomputes the whole chain, and compares it with the heads that were noted elsewhere. */
  @GET
  @Path("verify")
  public Response verify(@Context HttpServletRequest request) {
    Caller caller = Caller.of(request);
    AuditLog log = parts.audit().require();
    AuditLog.Verification found = turnstile.pass(caller, log::verify);
    ObjectNode body = Json.object().put("valid", found.valid()).put("records", found.records());
    body.put("firstBad", found.firstBad());
    body.put("head", found.head());
    return Replies.ok(body);
  }

  private static ObjectNode encode(AuditRecord record) {
    AuditEntry entry = record.entry();
    ObjectNode json =
        Json.object()
            .put("seq", record.seq())
            .put("at", Json.time(entry.at()))
            .put("actor", entry.actor())
            .put("origin", entry.origin())
            .put("activity", entry.activity())
            .put("subject", entry.subject());
    json.set("detail", Json.trusted(entry.detail()));
    json.put("hash", record.hash());
    return json;
  }
}
