package org.jarvis.auth;

import java.util.Optional;
import org.jarvis.api.auth.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The one-time token that proves, on the very first run, that whoever makes the first account can
 * read the console. Kept in memory only: every start makes a new one until it is used. Safe from
 * any thread.
 */
final class SetupToken {
  private @Nullable Secret token;

  /** A token that is good until it is used. */
  SetupToken(Secret token) {
    this.token = token;
  }

  /** The token; empty once it is void. */
  synchronized Optional<Secret> value() {
    return Optional.ofNullable(token);
  }

  /** Whether this is the token, in a time that does not tell how much of it is right. */
  synchronized boolean accepts(Secret offered) {
    return token != null && token.matches(offered);
  }

  /** It is good no more. */
  synchronized void cancel() {
    token = null;
  }
}
