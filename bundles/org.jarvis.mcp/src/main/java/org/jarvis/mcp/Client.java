package org.jarvis.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Who speaks, as the gateway's guard found out, and never as the request says.
 *
 * @param principal the identity that asks for actions: always an MCP client
 * @param scopes what its token covers
 * @param audience what its token may be presented to
 * @param page where a person finds Jarvis's page, by the name under which this request found it
 */
record Client(Principal principal, Set<Scope> scopes, Audience audience, String page) {
  Client {
    scopes = Set.copyOf(scopes);
  }

  /**
   * Who sent this request.
   *
   * @throws JarvisException with {@code UNAUTHENTICATED} where the guard was not passed, and for a
   *     person's session
   */
  static Client of(HttpServletRequest request) {
    if (request.getAttribute(Authentication.REQUEST_ATTRIBUTE) instanceof Authentication found
        && found.principal().kind() == PrincipalKind.TOKEN) {
      return new Client(
          new Principal(
              found.principal().name(),
              PrincipalKind.MCP,
              found.principal().credential(),
              found.principal().address()),
          found.scopes(),
          found.audience(),
          request.getScheme() + "://" + request.getHeader("Host") + "/");
    }
    throw new JarvisException(
        ErrorCode.UNAUTHENTICATED, "MCP needs a bearer token: Authorization: Bearer.");
  }

  /** Whether it is the one that asked for this, from wherever it did. */
  boolean asked(Action action) {
    return action.principal().kind() == PrincipalKind.MCP
        && action.principal().credential().equals(credential());
  }

  /** By what its token is known; no secret. */
  String credential() {
    return principal.credential();
  }

  /** Whether its token covers tools that change something. */
  boolean operates() {
    return scopes.contains(Scope.OPERATE);
  }
}
