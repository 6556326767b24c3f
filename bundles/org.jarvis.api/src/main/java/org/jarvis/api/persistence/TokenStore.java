package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jarvis.api.auth.Audience;
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

  /**
   * Removes a token of this account and all that were made with it, and with those, together with
   * the audit entry: all of it or nothing.
   *
   * @param audit makes the entry for the tokens with these ids, of which the one asked for is the
   *     first; called only when there is one, within the transaction
   * @return the ids of the removed tokens, the one asked for first; empty when there was none
   */
  List<String> remove(String username, String id, Function<List<String>, AuditEntry> audit);

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
   * @param audience what it may be presented to
   * @param createdAt when it was made
   * @param expiresAt when it ends, {@code null} for one that has to be revoked
   * @param lastUsedAt when it was last used, {@code null} while it was not; not exact
   * @param parent the id of the token it was made with, {@code null} when a person or a login made
   *     it
   */
  record StoredToken(
      String id,
      String name,
      boolean issuedByLogin,
      String hash,
      String username,
      Set<Scope> scopes,
      Audience audience,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable String parent) {
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
