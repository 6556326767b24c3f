package org.jarvis.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jarvis.api.auth.Accounts.CreatedToken;
import org.jarvis.api.auth.Accounts.TokenInfo;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.TokenStore;
import org.jarvis.api.persistence.TokenStore.StoredToken;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens: JSON Web Tokens that a login issues, and random ones that somebody names. Of
 * either the store keeps only the SHA-256, and a token that is not there is void, so that each can
 * be revoked. Safe from any thread.
 */
final class BearerTokens {
  /** How named tokens begin, so that whoever looks for leaked secrets can recognise them. */
  static final String PREFIX = "jarvis_";

  private static final Duration LOGIN_LIFETIME = Duration.ofDays(7);
  private static final int MAX_LENGTH = 4096;

  private final TokenStore store;
  private final JsonWebTokens signatures;
  private final RandomSecrets random;
  private final Clock clock;
  private final LastUse lastUse;

  BearerTokens(TokenStore store, JsonWebTokens signatures, RandomSecrets random, Clock clock) {
    this.store = store;
    this.signatures = signatures;
    this.random = random;
    this.clock = clock;
    this.lastUse = new LastUse(store::touch);
  }

  /**
   * Issues a token to whoever logged in: it was got with the password, so it covers everything that
   * a token can.
   *
   * @param audit makes the entry for the token with this id
   */
  Issued issue(String username, Function<String, AuditEntry> audit) {
    // A signed token tells its times in whole seconds.
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(LOGIN_LIFETIME);
    String id = random.id();
    Set<Scope> scopes = EnumSet.allOf(Scope.class);
    Secret text = signatures.sign(id, username, scopes, now, end);
    StoredToken token =
        new StoredToken(
            id,
            "login " + id,
            true,
            RandomSecrets.sha256(text),
            username,
            scopes,
            Audience.API,
            now,
            end,
            null,
            null);
    store.add(token, audit.apply(id));
    return new Issued(text, end);
  }

  /**
   * Makes a named token.
   *
   * @param parent the id of the token it is made with, {@code null} when a person makes it
   * @param audit makes the entry for the token with this id
   */
  CreatedToken create(
      String username,
      String name,
      Set<Scope> scopes,
      Audience audience,
      @Nullable Instant expiresAt,
      @Nullable String parent,
      Function<String, AuditEntry> audit) {
    String id = random.id();
    Secret text = Secret.of(PREFIX + random.secret().reveal());
    StoredToken token =
        new StoredToken(
            id,
            name,
            false,
            RandomSecrets.sha256(text),
            username,
            scopes,
            audience,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            expiresAt,
            null,
            parent);
    store.add(token, audit.apply(id));
    return new CreatedToken(info(token), text);
  }

  /** Whose token this is, used now; empty for anything that is none, or has ended. */
  Optional<Authentication> use(Secret text) {
    if (text.isEmpty() || text.reveal().length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<StoredToken> found =
        text.reveal().startsWith(PREFIX)
            ? store.find(RandomSecrets.sha256(text)).filter(token -> !token.issuedByLogin())
            : signatures
                .check(text)
                .flatMap(
                    claims ->
                        store
                            .find(RandomSecrets.sha256(text))
                            .filter(StoredToken::issuedByLogin)
                            .filter(token -> token.id().equals(claims.id()))
                            .filter(token -> token.username().equals(claims.username())));
    return found.filter(token -> lasts(token, now)).map(token -> authentication(token, now));
  }

  /** The tokens of an account that last, newest first. */
  List<TokenInfo> of(String username) {
    Instant now = clock.instant();
    return store.of(username).stream()
        .filter(token -> lasts(token, now))
        .map(BearerTokens::info)
        .toList();
  }

  /**
   * Revokes a token of an account with all that descend from it, and tells their ids; none when it
   * has no such token.
   *
   * @param audit makes the entry for the tokens with these ids
   */
  List<String> revoke(String username, String id, Function<List<String>, AuditEntry> audit) {
    return store.remove(username, id, audit);
  }

  /** Removes what has run out. */
  void sweep() {
    store.removeExpired(clock.instant());
  }

  private Authentication authentication(StoredToken token, Instant now) {
    lastUse.note(token.id(), token.lastUsedAt(), now);
    return new Authentication(
        new Principal(token.username(), PrincipalKind.TOKEN, token.id()),
        token.scopes(),
        token.audience(),
        null,
        token.expiresAt());
  }

  private static boolean lasts(StoredToken token, Instant now) {
    Instant end = token.expiresAt();
    return end == null || now.isBefore(end);
  }

  /**
   * A token that a login issued.
   *
   * @param token its text
   * @param expiresAt when it ends
   */
  record Issued(Secret token, Instant expiresAt) {}

  private static TokenInfo info(StoredToken token) {
    return new TokenInfo(
        token.id(),
        token.name(),
        token.issuedByLogin(),
        token.scopes(),
        token.audience(),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt());
  }
}
