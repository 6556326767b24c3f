package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps accounts, sessions and the browsers that are known.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface AccountStore {
  /** Whether there is any account. */
  boolean anyAccount();

  /**
   * Adds the first account, together with its audit entry.
   *
   * @return false when there is an account already; then nothing was written
   */
  boolean addFirst(Account account, AuditEntry audit);

  /** One account. User names are compared exactly. */
  Optional<Account> account(String username);

  /** Adds a session, together with its audit entry. */
  void addSession(StoredSession session, AuditEntry audit);

  /** A session by the hash of its cookie. */
  Optional<StoredSession> session(String cookieHash);

  /** Notes when a session was last used. */
  void touchSession(String id, Instant lastUsedAt);

  /** Removes a session, together with its audit entry; false when there was none. */
  boolean removeSession(String id, AuditEntry audit);

  /** Removes all sessions that ended before this moment. */
  int removeSessionsBefore(Instant expiredBefore);

  /** The sessions of an account that have not ended before this moment, newest first. */
  List<StoredSession> sessions(String username, Instant now);

  /**
   * Gives an account another password, and removes in the same transaction what the old one opened:
   * its sessions but one, its tokens, and the browsers it is known from.
   *
   * @param keptSession the session that stays, {@code null} for none
   * @return the ids of the sessions that were removed; empty when there is no such account either
   */
  List<String> changePassword(
      String username, String passwordHash, @Nullable String keptSession, AuditEntry audit);

  /** From how many browsers an account is known at most. */
  int MOST_BROWSERS = 20;

  /**
   * Notes that an account is known from a browser. Of one account, only the {@link #MOST_BROWSERS}
   * seen last are kept.
   */
  void addBrowser(KnownBrowser browser);

  /** A browser by the hash of its cookie. */
  Optional<KnownBrowser> browser(String cookieHash);

  /** Forgets a browser. */
  void removeBrowser(String cookieHash);

  /** Forgets all browsers that were last seen before this moment. */
  int removeBrowsersBefore(Instant moment);

  /** All accounts, by name. */
  List<Account> accounts();

  /**
   * A browser from which somebody has logged in.
   *
   * @param cookieHash SHA-256 of the cookie by which it is known, in hex
   * @param username the account that logged in
   * @param lastSeenAt when it last did
   */
  record KnownBrowser(String cookieHash, String username, Instant lastSeenAt) {
    /** Leaves out the hash. */
    @Override
    public String toString() {
      return "KnownBrowser[username=" + username + ", lastSeenAt=" + lastSeenAt + "]";
    }
  }

  /**
   * An account.
   *
   * @param username its name
   * @param passwordHash its password's Argon2id hash, parameters and salt included
   * @param createdAt when it was made
   */
  record Account(String username, String passwordHash, Instant createdAt) {
    /** Leaves out the hash. */
    @Override
    public String toString() {
      return "Account[username=" + username + "]";
    }
  }

  /**
   * A session as it is kept.
   *
   * @param id its id; no secret
   * @param cookieHash SHA-256 of its cookie, in hex
   * @param csrfToken what its writes must send along
   * @param username whose it is
   * @param address where it was opened from
   * @param createdAt when it was opened
   * @param lastUsedAt when it was last used
   * @param expiresAt when it ends at the latest
   */
  record StoredSession(
      String id,
      String cookieHash,
      String csrfToken,
      String username,
      String address,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt) {
    /** Leaves out the secrets. */
    @Override
    public String toString() {
      return "StoredSession[id=" + id + ", username=" + username + "]";
    }
  }
}
