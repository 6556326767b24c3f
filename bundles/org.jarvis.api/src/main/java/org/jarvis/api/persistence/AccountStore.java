package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps accounts and sessions.
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

  /**
   * An account.
   *
   * @param username its name
   * @param passwordHash its password's Argon2id hash, parameters and salt included
   * @param createdAt when it was made
   */
  record Account(String username, String passwordHash, Instant createdAt) {}

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
