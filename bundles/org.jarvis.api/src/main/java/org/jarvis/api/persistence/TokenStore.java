package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.auth.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps bearer tokens, those that a login issued and those that somebody named alike: a token that
 * is not here is none.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface TokenStore {
  /** Adds a token, together with its audit entry. */
  void add(StoredToken token, AuditEntry audit);

  /** A token by the hash of its text. */
  Optional<StoredToken> find(String hash);

  /** The tokens of an account, newest first. */
  List<StoredToken> of(String username);

  /** Notes when a token was last used. */
  void touch(String id, Instant lastUsedAt);

  /** Removes a token of this account, together with the audit entry; false when there was none. */
  boolean remove(String username, String id, AuditEntry audit);

  /** Removes all tokens that ended before this moment. */
  int removeExpired(Instant before);

  /**
   * A token as it is kept.
   *
   * @param id its id; no secret
   * @param name what its owner calls it
   * @param issuedByLogin whether a login issued it, rather than somebody who named it
   * @param hash SHA-256 of its text, in hex
   * @param username whose it is
   * @param scopes what it covers
   * @param createdAt when it was made
   * @param expiresAt when it ends, {@code null} for one that has to be revoked
   * @param lastUsedAt when it was last used, {@code null} while it was not; not exact
   */
  record StoredToken(
      String id,
      String name,
      boolean issuedByLogin,
      String hash,
      String username,
      Set<Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {
    /** Keeps the scopes from changing. */
    public StoredToken {
      scopes = Set.copyOf(scopes);
    }

    /** Leaves out the hash. */
    @Override
    public String toString() {
      return "StoredToken[id=" + id + ", username=" + username + ", scopes=" + scopes + "]";
    }
  }
}
