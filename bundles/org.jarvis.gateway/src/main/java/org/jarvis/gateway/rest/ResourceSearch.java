package org.jarvis.gateway.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/**
 * A search for resources: filtered, sorted and cut into pages. A cursor names the last item of a
 * page by what it was sorted by, so that pages neither repeat nor miss what did not change.
 *
 * @param kind only of this kind, all where {@code null}
 * @param text only what contains this, in lower case
 * @param sort by which field
 * @param descending whether from the end
 * @param limit how many at most
 * @param after the item that the page before ended with, {@code null} for the first page
 */
record ResourceSearch(
    @Nullable ResourceKind kind,
    String text,
    String sort,
    boolean descending,
    int limit,
    @Nullable Place after) {
  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final Map<String, Function<Resource, String>> KEYS =
      Map.of(
          "name", resource -> resource.name().toLowerCase(Locale.ROOT),
          "status", Resource::statusWord,
          "kind", resource -> resource.ref().kind().word(),
          "ref", resource -> resource.ref().toString());

  /**
   * Where an item stands in the order.
   *
   * @param key what it is sorted by
   * @param ref its address, which decides between equals
   */
  record Place(String key, String ref) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::key).thenComparing(Place::ref);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((ref + "\n" + key).getBytes(StandardCharsets.UTF_8));
    }

    static Place ofCursor(String cursor) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (end > 0) {
          return new Place(text.substring(end + 1), text.substring(0, end));
        }
      } catch (IllegalArgumentException noBase64) {
        throw wrong();
      }
      throw wrong();
    }

    private static RuntimeException wrong() {
      return Query.wrong("cursor", "must be what an earlier page answered as next");
    }
  }

  /**
   * What was found, and where.
   *
   * @param resource the resource
   * @param snapshot its cluster
   */
  record Hit(Resource resource, ClusterSnapshot snapshot) {}

  /**
   * One page.
   *
   * @param hits what is on it
   * @param total how many there are on all pages
   * @param next the cursor of the next page, {@code null} after the last
   */
  record Page(List<Hit> hits, int total, @Nullable String next) {}

  static ResourceSearch of(
      @Nullable String kind,
      @Nullable String text,
      @Nullable String sort,
      @Nullable String limit,
      @Nullable String cursor) {
    ResourceKind wanted =
        kind == null
            ? null
            : ResourceKind.ofWord(kind)
                .orElseThrow(() -> Query.wrong("kind", "must be cluster, node, guest or storage"));
    boolean descending = sort != null && sort.startsWith("-");
    String field = sort == null ? "name" : descending ? sort.substring(1) : sort;
    if (!KEYS.containsKey(field)) {
      throw Query.wrong("sort", "must be name, status, kind or ref, with - before it to reverse");
    }
    return new ResourceSearch(
        wanted,
        text == null ? "" : text.toLowerCase(Locale.ROOT),
        field,
        descending,
        Query.limit(limit, USUAL_LIMIT, MAX_LIMIT),
        cursor == null ? null : Place.ofCursor(cursor));
  }

  /** The page of these clusters. */
  Page in(List<ClusterSnapshot> clusters) {
    Comparator<Place> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<Hit> all =
        clusters.stream()
            .flatMap(snapshot -> snapshot.resources().map(found -> new Hit(found, snapshot)))
            .filter(hit -> matches(hit.resource()))
            .sorted(Comparator.comparing(this::place, order))
            .toList();
    List<Hit> rest =
        after == null
            ? all
            : all.stream().filter(hit -> order.compare(place(hit), after) > 0).toList();
    List<Hit> hits = rest.subList(0, Math.min(limit, rest.size()));
    String next = rest.size() > limit ? place(hits.get(limit - 1)).cursor() : null;
    return new Page(hits, all.size(), next);
  }

  private Place place(Hit hit) {
    Function<Resource, String> key = KEYS.getOrDefault(sort, Resource::name);
    return new Place(key.apply(hit.resource()), hit.resource().ref().toString());
  }

  private boolean matches(Resource resource) {
    return (kind == null || resource.ref().kind() == kind)
        && (text.isEmpty()
            || words(resource).anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(text)));
  }

  private static Stream<String> words(Resource resource) {
    Stream<String> common = Stream.of(resource.name(), resource.ref().toString());
    if (resource instanceof Guest guest) {
      return Stream.concat(
          Stream.concat(common, guest.tags().stream()), Stream.of(guest.node().value()));
    }
    return resource instanceof Storage storage
        ? Stream.concat(common, Stream.of(storage.node().value()))
        : common;
  }
}
