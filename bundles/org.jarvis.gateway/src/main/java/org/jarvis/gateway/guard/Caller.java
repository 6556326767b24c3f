package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Who sent a request, as the guard found out. Whatever serves a request that is not public asks for
 * it here; so nothing is served should the guard ever not have been passed.
 *
 * @param authentication the credentials that were found good
 * @param address the client's network address
 * @param stillGood asks whether the credentials are still good
 */
public record Caller(Authentication authentication, String address, BooleanSupplier stillGood) {
  private static final String ATTRIBUTE = Caller.class.getName();

  /** Who sent this request; throws {@code UNAUTHENTICATED} where nobody is known. */
  public static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw unauthenticated();
  }

  /** Somebody has to log in. */
  static JarvisException unauthenticated() {
    return new JarvisException(
        ErrorCode.UNAUTHENTICATED,
        "Log in first: POST /api/auth/login, then send the session cookie or the bearer token.");
  }

  /** Notes on the request who sent it, for this bundle and for others. */
  void markOn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(Authentication.REQUEST_ATTRIBUTE, authentication.from(address));
  }

  /** The identity, and from where it asks. */
  public Principal principal() {
    return authentication.principal().from(address);
  }

  /** By which way the request came. */
  public Origin origin() {
    return principal().isPerson() ? Origin.BROWSER : Origin.API;
  }

  /** What writes must send along; empty for a bearer token. */
  public Optional<Secret> csrf() {
    return authentication.csrf();
  }

  /** Refuses everybody but a person in a browser session. */
  public Principal requirePerson() {
    if (!principal().isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person who is logged in with a browser session can do this; a bearer token"
              + " cannot.");
    }
    return principal();
  }
}
