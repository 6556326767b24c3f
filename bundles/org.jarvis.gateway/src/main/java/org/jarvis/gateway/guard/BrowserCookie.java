package org.jarvis.gateway.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jarvis.api.auth.Secret;

/**
 * The cookie by which a browser is known from an earlier login, so that guesses from elsewhere do
 * not lock it out. It opens nothing. Out of reach of scripts, and sent to the login alone.
 */
public final class BrowserCookie {
  /** Its name. */
  public static final String NAME = "jarvis_browser";

  private static final Duration LIFETIME = Duration.ofDays(365);

  private BrowserCookie() {}

  /** Its value; empty where none is sent, or two of them. */
  public static Optional<Secret> of(HttpServletRequest request) {
    return SentCookie.value(request, NAME);
  }

  /** The {@code Set-Cookie} header that sets it. */
  public static String set(Secret value, boolean secure) {
    return NAME
        + "="
        + value.reveal()
        + "; Path=/api/auth/login; Max-Age="
        + LIFETIME.toSeconds()
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
