package org.jarvis.gateway.guard;

import java.util.Set;

/**
 * What may be reached without login: health, setup, login, and the page's static assets. This list
 * is closed; everything that is not on it needs credentials, also what does not exist.
 */
final class PublicRoutes {
  private static final String HEALTH = "/api/health";
  private static final Set<String> READABLE =
      Set.of("/", "/index.html", "/icon.svg", "/favicon.ico", HEALTH);
  private static final Set<String> ASSET_FOLDERS = Set.of("assets", "licenses");
  private static final Set<String> POSTABLE = Set.of("/api/auth/setup", "/api/auth/login");

  private PublicRoutes() {}

  /** Whether this request asks how Jarvis is. */
  static boolean isHealth(String method, RequestPath path) {
    return (method.equals("GET") || method.equals("HEAD")) && path.toString().equals(HEALTH);
  }

  /** Whether this request needs no login. */
  static boolean includes(String method, RequestPath path) {
    if (method.equals("GET") || method.equals("HEAD")) {
      return READABLE.contains(path.toString())
          || (ASSET_FOLDERS.contains(path.area()) && path.segments().size() > 1);
    }
    return method.equals("POST") && POSTABLE.contains(path.toString());
  }
}
