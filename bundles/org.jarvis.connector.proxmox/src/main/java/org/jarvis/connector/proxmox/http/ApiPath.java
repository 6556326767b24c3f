package org.jarvis.connector.proxmox.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A path below the API's root, and its query. Whatever its parts hold, they stay parts: every
 * character with a meaning of its own is percent-encoded.
 */
public final class ApiPath {
  private static final Set<List<String>> CORE =
      Set.of(List.of("version"), List.of("cluster", "status"), List.of("cluster", "resources"));

  private final List<String> segments;
  private final Map<String, String> query;

  private ApiPath(List<String> segments, Map<String, String> query) {
    this.segments = segments;
    this.query = query;
  }

  /** The path of these parts. */
  public static ApiPath of(Object... segments) {
    List<String> parts = new ArrayList<>();
    for (Object segment : segments) {
      String part = segment.toString();
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("Not a part of a path: '" + part + "'.");
      }
      parts.add(part);
    }
    return new ApiPath(List.copyOf(parts), Map.of());
  }

  /** This path with one more parameter. */
  public ApiPath with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value.toString());
    return new ApiPath(segments, more);
  }

  /** The node that it is about, {@code null} where it is about none. */
  @Nullable String node() {
    return segments.size() > 1 && segments.get(0).equals("nodes") ? segments.get(1) : null;
  }

  /**
   * Whether every cluster answers it, at every version and to every token that can see anything: a
   * member that does not is no member of one.
   */
  boolean isCore() {
    return CORE.contains(segments);
  }

  /** Its parts, decoded. */
  List<String> segments() {
    return segments;
  }

  /** The path and query as they go over the wire, beginning with a slash. */
  String encoded() {
    String path = segments.stream().map(ApiPath::encode).collect(Collectors.joining("/", "/", ""));
    return query.isEmpty() ? path : path + "?" + form(query);
  }

  /** These values as a form's body or a query. */
  static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /** For messages, decoded. */
  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
