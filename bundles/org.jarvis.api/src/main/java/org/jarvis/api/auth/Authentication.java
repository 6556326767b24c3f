package org.jarvis.api.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that were found good.
 *
 * <p>The gateway's guard puts this on every request that it lets pass and that is not public, under
 * {@link #REQUEST_ATTRIBUTE}. Whatever serves requests in a servlet context learns from there who
 * sends them; a request without it comes from nobody and is refused.
 *
 * @param principal whose they are
 * @param scopes what they cover
 * @param audience what they may be presented to
 * @param csrfToken what writes must send along; {@code null} for a bearer token, which needs none
 * @param expiresAt when they end, {@code null} for a token that has to be revoked
 */
public record Authentication(
    Principal principal,
    Set<Scope> scopes,
    Audience audience,
    @Nullable Secret csrfToken,
    @Nullable Instant expiresAt) {
  /** The name of the request attribute that holds it. */
  public static final String REQUEST_ATTRIBUTE = "org.jarvis.api.auth.Authentication";

  /** Keeps the scopes from changing. */
  public Authentication {
    scopes = Set.copyOf(scopes);
  }

  /** The same, presented from this network address. */
  public Authentication from(String address) {
    return new Authentication(principal.from(address), scopes, audience, csrfToken, expiresAt);
  }

  /** What writes must send along; empty for a bearer token. */
  public Optional<Secret> csrf() {
    return Optional.ofNullable(csrfToken);
  }
}
