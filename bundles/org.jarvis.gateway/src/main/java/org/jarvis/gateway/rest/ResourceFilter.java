package org.jarvis.gateway.rest;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/**
 * Which resources a search wants; what is {@code null} or empty wants all.
 *
 * @param kind only of this kind
 * @param text only what contains this, in lower case
 * @param cluster only of this cluster
 * @param node only on this node, and the node itself
 * @param status only of this status
 * @param type only guests or storages of this type
 * @param tag only guests with this tag
 * @param pool only guests of this pool
 * @param stale only what is stale, or what is not
 * @param now the moment by which staleness is judged
 */
record ResourceFilter(
    @Nullable ResourceKind kind,
    String text,
    @Nullable String cluster,
    @Nullable String node,
    @Nullable String status,
    @Nullable String type,
    @Nullable String tag,
    @Nullable String pool,
    @Nullable Boolean stale,
    Instant now) {

  /** The parameters as they came. */
  @SuppressWarnings("NullAway.Init") // Jersey sets the fields; what was not given stays null.
  public static final class Wanted {
    @QueryParam("kind")
    @Nullable String kind;

    @QueryParam("q")
    @Nullable String text;

    @QueryParam("cluster")
    @Nullable String cluster;

    @QueryParam("node")
    @Nullable String node;

    @QueryParam("status")
    @Nullable String status;

    @QueryParam("type")
    @Nullable String type;

    @QueryParam("tag")
    @Nullable String tag;

    @QueryParam("pool")
    @Nullable String pool;

    @QueryParam("stale")
    @Nullable String stale;
  }

  static ResourceFilter of(Wanted wanted, Instant now) {
    return new ResourceFilter(
        wanted.kind == null
            ? null
            : ResourceKind.ofWord(wanted.kind)
                .orElseThrow(() -> Query.wrong("kind", "must be cluster, node, guest or storage")),
        wanted.text == null ? "" : wanted.text.toLowerCase(Locale.ROOT),
        wanted.cluster,
        wanted.node,
        wanted.status,
        wanted.type,
        wanted.tag,
        wanted.pool,
        truth(wanted.stale),
        now);
  }

  /** All clusters and nothing else. */
  static ResourceFilter clusters(Instant now) {
    return new ResourceFilter(
        ResourceKind.CLUSTER, "", null, null, null, null, null, null, null, now);
  }

  private static @Nullable Boolean truth(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw Query.wrong("stale", "must be true or false");
    };
  }

  boolean matches(Resource resource) {
    return (kind == null || kindOf(resource) == kind)
        && (status == null || status.equals(resource.statusWord()))
        && (cluster == null || cluster.equals(resource.ref().cluster().value()))
        && (node == null || node.equals(nodeOf(resource)))
        && (type == null || type.equals(typeOf(resource)))
        && matchesGuest(resource)
        && (stale == null || stale == resource.observation().staleAt(now))
        && (text.isEmpty() || words(resource));
  }

  private boolean matchesGuest(Resource resource) {
    if (tag == null && pool == null) {
      return true;
    }
    return resource instanceof Guest guest
        && (tag == null || guest.tags().contains(tag))
        && (pool == null || pool.equals(guest.pool()));
  }

  private static @Nullable String typeOf(Resource resource) {
    return resource instanceof Guest guest
        ? guest.type().path()
        : resource instanceof Storage storage ? storage.type() : null;
  }

  /** The node that a resource is, or is on. */
  static @Nullable String nodeOf(Resource resource) {
    if (resource instanceof Guest guest) {
      return guest.node().value();
    }
    List<String> path = resource.ref().path();
    return path.isEmpty() ? null : path.get(0);
  }

  /** What a resource is, without writing its address for it. */
  static ResourceKind kindOf(Resource resource) {
    return resource instanceof Guest ? ResourceKind.GUEST : resource.ref().kind();
  }

  private boolean words(Resource resource) {
    if (contains(resource.name()) || contains(resource.ref().toString())) {
      return true;
    }
    String place = nodeOf(resource);
    return (place != null && contains(place))
        || (resource instanceof Guest guest && any(guest.tags()));
  }

  private boolean any(List<String> words) {
    return words.stream().anyMatch(this::contains);
  }

  private boolean contains(String word) {
    return word.toLowerCase(Locale.ROOT).contains(text);
  }
}
