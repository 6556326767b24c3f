package org.jarvis.api.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that were found good.
 *
 * @param principal whose they are
 * @param scopes what they cover
 * @param csrfToken what writes must send along; {@code null} for a bearer token, which needs none
 * @param expiresAt when they end, {@code null} for a token that has to be revoked
 */
public record Authentication(
    Principal principal,
    Set<Scope> scopes,
    @Nullable Secret csrfToken,
    @Nullable Instant expiresAt) {
  /** Keeps the scopes from changing. */
  public Authentication {
    scopes = Set.copyOf(scopes);
  }

  /** What writes must send along; empty for a bearer token. */
  public Optional<Secret> csrf() {
    return Optional.ofNullable(csrfToken);
  }
}
