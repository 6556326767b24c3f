package org.jarvis.api.auth;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the owner of an account can see and change: sessions, tokens, the password. The auth bundle
 * provides the one service. Safe from any thread. Methods that check or set a password block for
 * the time of its hashing.
 *
 * <p>{@code address} is always the client's network address, for throttling and the record.
 */
@ProviderType
public interface Accounts {
  /** The names of all accounts. */
  List<String> usernames();

  /** The sessions of an account that last, newest first. */
  List<SessionInfo> sessions(String username);

  /** Ends one session of an account; false when it has no such session. */
  boolean endSession(String username, String id, String address);

  /** The tokens of an account that last, newest first. */
  List<TokenInfo> tokens(String username);

  /**
   * Makes a named token. Whoever asks with a bearer token needs the scope {@code admin}, and gets
   * nothing that covers more or lasts longer than what they asked with.
   *
   * @param by who asks
   * @param name what it is called
   * @param scopes what it shall cover; not empty. {@code operate} brings {@code read} along, and
   *     {@code admin} both
   * @param audience what it may be presented to
   * @param expiresAt when it shall end, {@code null} for one that has to be revoked; made with a
   *     bearer token it then ends with that
   * @throws org.jarvis.api.error.JarvisException with {@code INVALID_INPUT}, {@code
   *     INSUFFICIENT_SCOPE} or {@code CONFLICT}
   */
  CreatedToken createToken(
      Authentication by,
      String name,
      Set<Scope> scopes,
      Audience audience,
      @Nullable Instant expiresAt,
      String address);

  /**
   * Revokes a token of an account, and with it all that were made with it, at once.
   *
   * @param by who asks, and whose token it is
   * @return false when the account has no such token
   */
  boolean revokeToken(Authentication by, String id, String address);

  /**
   * Gives the account of a person another password. All its other sessions and all its tokens end.
   *
   * @param by the person, in the session that stays
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code LOGIN_FAILED}
   *     when the current password is wrong, {@code THROTTLED} or {@code INVALID_INPUT}
   */
  void changePassword(Authentication by, Secret current, Secret next, String address);

  /**
   * Lets a person prove once more who they are, before something that a session that was left open
   * must not be enough for. Throttled and recorded like a login.
   *
   * @param by the person, in a session that lasts
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code LOGIN_FAILED}
   *     when the password is wrong, {@code THROTTLED}, or {@code UNAUTHENTICATED} when the session
   *     has ended meanwhile
   */
  void confirmPassword(Authentication by, Secret password, String address);

  /**
   * Gives an account a new random password, for whoever has a shell on Jarvis's own machine. All
   * its sessions and tokens end.
   *
   * @return the password; it is kept nowhere else
   * @throws org.jarvis.api.error.JarvisException with {@code NOT_FOUND}
   */
  Secret resetPassword(String username);

  /**
   * A session.
   *
   * @param id its id; no secret
   * @param address where it was opened from
   * @param createdAt when it was opened
   * @param lastUsedAt when it was last used; not exact
   * @param expiresAt when it ends at the latest
   */
  record SessionInfo(
      String id, String address, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {}

  /**
   * A token.
   *
   * @param id its id; no secret
   * @param name what it is called
   * @param issuedByLogin whether a login issued it, rather than somebody who named it
   * @param scopes what it covers
   * @param audience what it may be presented to
   * @param createdAt when it was made
   * @param expiresAt when it ends, {@code null} for one that has to be revoked
   * @param lastUsedAt when it was last used, {@code null} while it was not; not exact
   */
  record TokenInfo(
      String id,
      String name,
      boolean issuedByLogin,
      Set<Scope> scopes,
      Audience audience,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {
    /** Keeps the scopes from changing. */
    public TokenInfo {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * A token that was made just now.
   *
   * @param info what it is
   * @param token its text, told only here
   */
  record CreatedToken(TokenInfo info, Secret token) {}
}
