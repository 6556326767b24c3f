package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;
import org.jarvis.gateway.Part;

/** Finds out who sends a request: by its bearer token, or by its session cookie. */
final class Credentials {
  private static final String BEARER = "Bearer ";

  private final Part<Authenticator> authenticator;

  Credentials(Part<Authenticator> authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who sends it.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code UNAUTHENTICATED}, or {@code
   *     PART_MISSING} while nobody can tell
   */
  Caller check(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (!headers.isEmpty()) {
      // Whoever presents a token is judged by it alone, also when a cookie came along.
      String header = headers.get(0);
      if (headers.size() > 1 || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        throw Caller.unauthenticated();
      }
      Secret token = Secret.of(header.substring(BEARER.length()).trim());
      return caller(request, authenticator -> authenticator.bearer(token));
    }
    Secret cookie =
        SentCookie.value(request, SessionCookie.NAME).orElseThrow(Caller::unauthenticated);
    return caller(request, authenticator -> authenticator.session(cookie));
  }

  private Caller caller(
      HttpServletRequest request, Function<Authenticator, Optional<Authentication>> check) {
    Authentication found =
        check.apply(authenticator.require()).orElseThrow(Caller::unauthenticated);
    return new Caller(
        found,
        String.valueOf(request.getRemoteAddr()),
        // While nobody can tell, what is open stays open; without the login nobody can log out.
        () -> authenticator.find().map(present -> check.apply(present).isPresent()).orElse(true));
  }
}
