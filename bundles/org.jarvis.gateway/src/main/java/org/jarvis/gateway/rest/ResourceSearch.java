package org.jarvis.gateway.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A search for resources: filtered, sorted and cut into pages. A cursor names the last item of a
 * page by what it was sorted by, so that pages neither repeat nor miss what did not change.
 *
 * @param filter which are wanted
 * @param sort by which field
 * @param descending whether from the end
 * @param limit how many at most
 * @param after the item that the page before ended with, {@code null} for the first page
 */
record ResourceSearch(
    ResourceFilter filter, String sort, boolean descending, int limit, @Nullable Place after) {
  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private static final double CPU_STEPS = 1e9;

  private static final String ZEROS = "0".repeat(19);

  /** What is not known comes first, as the smallest. */
  private static final String UNKNOWN = "";

  private static final Map<String, Function<Resource, String>> KEYS =
      Map.of(
          "name", resource -> resource.name().toLowerCase(Locale.ROOT),
          "status", Resource::statusWord,
          "kind", resource -> ResourceFilter.kindOf(resource).word(),
          "ref", resource -> UNKNOWN,
          "vmid", resource -> resource instanceof Guest guest ? whole(guest.id().value()) : UNKNOWN,
          "node", resource -> Objects.requireNonNullElse(ResourceFilter.nodeOf(resource), UNKNOWN),
          "cpu", ResourceSearch::cpu,
          "memory", ResourceSearch::memory,
          "uptime", ResourceSearch::uptime);

  /**
   * Where an item stands in the order.
   *
   * @param key what it is sorted by; numbers are written so that their texts sort as they do
   * @param ref its address, which decides between equals
   */
  record Place(String key, String ref) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKey = key.compareTo(other.key);
      return byKey == 0 ? ref.compareTo(other.ref) : byKey;
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

  private static String whole(long value) {
    String digits = Long.toString(value);
    return ZEROS.substring(digits.length()) + digits;
  }

  private static String cpu(Resource resource) {
    Double cpu =
        resource instanceof Guest guest
            ? guest.cpu()
            : resource instanceof Node node ? node.cpu() : null;
    return cpu == null ? UNKNOWN : whole(Math.round(cpu * CPU_STEPS));
  }

  private static String memory(Resource resource) {
    Bytes memory =
        resource instanceof Guest guest
            ? guest.memoryUsed()
            : resource instanceof Node node ? node.memoryUsed() : null;
    return memory == null ? UNKNOWN : whole(memory.value());
  }

  private static String uptime(Resource resource) {
    Duration uptime =
        resource instanceof Guest guest
            ? guest.uptime()
            : resource instanceof Node node ? node.uptime() : null;
    return uptime == null ? UNKNOWN : whole(uptime.toSeconds());
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
      ResourceFilter filter,
      @Nullable String sort,
      @Nullable String limit,
      @Nullable String cursor) {
    boolean descending = sort != null && sort.startsWith("-");
    String field = sort == null ? "name" : descending ? sort.substring(1) : sort;
    if (!KEYS.containsKey(field)) {
      throw Query.wrong(
          "sort",
          "must be name, status, kind, ref, vmid, node, cpu, memory or uptime, with - before it to"
              + " reverse");
    }
    return new ResourceSearch(
        filter,
        field,
        descending,
        Query.limit(limit, USUAL_LIMIT, MAX_LIMIT),
        cursor == null ? null : Place.ofCursor(cursor));
  }

  /** A hit with its place, which is worked out once. */
  private record Placed(Place place, Hit hit) {}

  /** The page of these clusters. Only as many as a page holds are ever kept in order. */
  Page in(List<ClusterSnapshot> clusters) {
    Function<Resource, String> key = Objects.requireNonNull(KEYS.get(sort));
    Comparator<Place> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    PriorityQueue<Placed> best =
        new PriorityQueue<>(Comparator.comparing(Placed::place, order.reversed()));
    int total = 0;
    int rest = 0;
    for (ClusterSnapshot snapshot : clusters) {
      Iterator<Resource> resources = snapshot.resources().iterator();
      while (resources.hasNext()) {
        Resource resource = resources.next();
        if (!filter.matches(resource)) {
          continue;
        }
        total++;
        String at = key.apply(resource);
        if (after != null && compare(at, resource, after) <= 0) {
          continue;
        }
        rest++;
        if (best.size() < limit || compare(at, resource, best.element().place()) < 0) {
          Place place = new Place(at, resource.ref().toString());
          best.add(new Placed(place, new Hit(resource, snapshot)));
          if (best.size() > limit) {
            best.remove();
          }
        }
      }
    }
    List<Placed> page = new ArrayList<>(best);
    page.sort(Comparator.comparing(Placed::place, order));
    String next = rest > limit ? page.get(page.size() - 1).place().cursor() : null;
    return new Page(page.stream().map(Placed::hit).toList(), total, next);
  }

  /**
   * How a resource stands to a place in the wished order. Its address is written only where it has
   * to decide: of ten thousand resources hardly any gets on the page.
   */
  private int compare(String key, Resource resource, Place place) {
    int byKey = key.compareTo(place.key());
    int natural = byKey == 0 ? resource.ref().toString().compareTo(place.ref()) : byKey;
    return descending ? -natural : natural;
  }
}
