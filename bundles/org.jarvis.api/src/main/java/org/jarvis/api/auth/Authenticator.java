package org.jarvis.api.auth;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Proves who somebody is. The auth bundle provides the one service; while it is away nobody gets
 * in. What the owner of an account can see and change is in {@link Accounts}. Safe from any thread.
 * Methods that check a password block for the time of its hashing.
 *
 * <p>{@code address} is always the client's network address, for throttling and the record.
 */
@ProviderType
public interface Authenticator {
  /** Whether the first account is still to be made. */
  boolean setupRequired();

  /** The one-time token for making it; empty once it is made. */
  Optional<Secret> setupToken();

  /**
   * Makes the first account. The token is void afterwards.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code SETUP_DONE}, {@code
   *     SETUP_TOKEN_INVALID}, {@code THROTTLED} or {@code INVALID_INPUT}
   */
  void setUp(Secret token, String username, Secret password, String address);

  /**
   * Opens a browser session.
   *
   * @param browser by what the browser is known from an earlier login, {@code null} where it is
   *     not: guesses that come from elsewhere do not slow it down
   * @throws org.jarvis.api.error.JarvisException with {@code LOGIN_FAILED} or {@code THROTTLED}
   */
  SessionGrant openSession(
      String username, Secret password, @Nullable Secret browser, String address);

  /**
   * Issues a bearer token (a JWT) for API use.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code LOGIN_FAILED} or {@code THROTTLED}
   */
  TokenGrant issueToken(String username, Secret password, String address);

  /** Whose session this cookie is; empty when it is none, or has ended. */
  Optional<Authentication> session(Secret cookie);

  /** Whose bearer token this is; empty when it is none, or has ended. */
  Optional<Authentication> bearer(Secret token);

  /** Ends a session, by the credential id of its {@link Principal}. */
  void endSession(String credential, String address);

  /**
   * A new session.
   *
   * @param cookie the value of the cookie
   * @param csrfToken what writes must send along
   * @param expiresAt when it ends at the latest
   * @param browser by what this browser is known from now on
   */
  record SessionGrant(Secret cookie, Secret csrfToken, Instant expiresAt, Secret browser) {}

  /**
   * A new bearer token.
   *
   * @param token the token
   * @param expiresAt when it ends
   */
  record TokenGrant(Secret token, Instant expiresAt) {}
}
