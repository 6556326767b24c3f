package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Refuses what a page of another origin sends: any request that changes state, any WebSocket, and
 * everything to MCP. A request without Origin does not come from a page, since browsers always send
 * it with these.
 */
final class OriginRule {
  private static final Set<String> HARMLESS_SITES = Set.of("same-origin", "none");

  private final Set<String> allowed;

  /** Allows these origins besides Jarvis's own. */
  OriginRule(Set<String> allowed) {
    this.allowed = allowed;
  }

  /**
   * Checks a request that changes state, opens a WebSocket or speaks MCP.
   *
   * @param host its host and port, known to be Jarvis's own
   * @throws JarvisException with {@code FOREIGN_ORIGIN}
   */
  void check(HttpServletRequest request, String host) {
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    if (origins.isEmpty()) {
      String site = request.getHeader("Sec-Fetch-Site");
      if (site != null && !HARMLESS_SITES.contains(site)) {
        throw foreign();
      }
      return;
    }
    String own = withoutDefaultPort(request.getScheme() + "://" + host);
    String origin = withoutDefaultPort(origins.get(0).toLowerCase(Locale.ROOT));
    if (origins.size() > 1 || !(origin.equals(own) || allowed.contains(origin))) {
      throw foreign();
    }
  }

  private static String withoutDefaultPort(String origin) {
    if (origin.startsWith("http://") && origin.endsWith(":80")) {
      return origin.substring(0, origin.length() - ":80".length());
    }
    if (origin.startsWith("https://") && origin.endsWith(":443")) {
      return origin.substring(0, origin.length() - ":443".length());
    }
    return origin;
  }

  private static JarvisException foreign() {
    return new JarvisException(
        ErrorCode.FOREIGN_ORIGIN,
        "This request comes from a page that is not Jarvis's own. Behind a reverse proxy, add its"
            + " origin to allowed.origins in etc/org.jarvis.gateway.cfg.");
  }
}
