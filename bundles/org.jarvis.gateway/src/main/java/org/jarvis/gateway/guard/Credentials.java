package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.gateway.Part;

/** Finds out who sends a request: by its bearer token, or by its session cookie. */
final class Credentials {
  private final Part<Authenticator> authenticator;

  Credentials(Part<Authenticator> authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who sends it.
   *
   * @return empty where what it presents is no good
   * @throws org.jarvis.api.error.JarvisException with {@code PART_MISSING} while nobody can tell
   */
  Optional<Caller> check(Presented presented, HttpServletRequest request) {
    Optional<Authentication> found = presented.check(authenticator.require());
    return found.map(
        good ->
            new Caller(
                good,
                String.valueOf(request.getRemoteAddr()),
                // While nobody can tell, what is open stays open; without the login nobody can log
                // out.
                () ->
                    authenticator
                        .find()
                        .map(present -> presented.check(present).isPresent())
                        .orElse(true)));
  }
}
