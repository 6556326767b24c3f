package org.jarvis.gateway.guard;

import java.time.Duration;
import org.jarvis.api.auth.Secret;

/** The cookie of a browser session: out of reach of scripts, and never sent from other sites. */
public final class SessionCookie {
  /** Its name. */
  public static final String NAME = "jarvis_session";

  private SessionCookie() {}

  /** The {@code Set-Cookie} header that sets it. */
  public static String set(Secret value, Duration lifetime, boolean secure) {
    return header(value.reveal(), Math.max(0, lifetime.toSeconds()), secure);
  }

  /** The {@code Set-Cookie} header that removes it. */
  public static String remove(boolean secure) {
    return header("", 0, secure);
  }

  private static String header(String value, long maxAge, boolean secure) {
    return NAME
        + "="
        + value
        + "; Path=/; Max-Age="
        + maxAge
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
