package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;

/**
 * What a request presents to show whose it is, good or not.
 *
 * @param bearer whether it is a bearer token rather than a session cookie
 * @param secret the token or cookie
 */
record Presented(boolean bearer, Secret secret) {
  private static final String BEARER = "Bearer ";

  /** What this request presents; empty also where it presents anything in two ways. */
  static Optional<Presented> by(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.isEmpty()) {
      return SentCookie.value(request, SessionCookie.NAME)
          .map(cookie -> new Presented(false, cookie));
    }
    // Whoever presents a token is judged by it alone, also when a cookie came along.
    String header = headers.get(0);
    if (headers.size() > 1 || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return Optional.of(new Presented(true, Secret.of(header.substring(BEARER.length()).trim())));
  }

  /** Whose it is; empty where it is no good, or no longer. */
  Optional<Authentication> check(Authenticator authenticator) {
    return bearer ? authenticator.bearer(secret) : authenticator.session(secret);
  }
}
