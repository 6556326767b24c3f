package org.jarvis.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.AccountActivity.Kind;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.auth.PasswordHasher.Turn;
import org.jspecify.annotations.Nullable;

/** What the owner of an account sees and changes. */
final class LocalAccounts implements Accounts {
  private static final int MOST_NAMED_TOKENS = 100;
  private static final String CONSOLE = "the console";

  private final AccountStore accounts;
  private final Sessions sessions;
  private final BearerTokens tokens;
  private final PasswordCheck passwords;
  private final PasswordHasher hasher;
  private final RandomSecrets random;
  private final AccountRecord record;
  private final AccountChanges changes;
  private final Clock clock;

  LocalAccounts(
      AccountStore accounts,
      Sessions sessions,
      BearerTokens tokens,
      PasswordCheck passwords,
      PasswordHasher hasher,
      RandomSecrets random,
      AccountRecord record,
      AccountChanges changes,
      Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.passwords = passwords;
    this.hasher = hasher;
    this.random = random;
    this.record = record;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public List<String> usernames() {
    return accounts.accounts().stream().map(Account::username).toList();
  }

  @Override
  public List<SessionInfo> sessions(String username) {
    return sessions.of(username);
  }

  @Override
  public boolean endSession(String username, String id, String address) {
    boolean theirs = sessions(username).stream().anyMatch(session -> session.id().equals(id));
    if (!theirs || !sessions.end(id, record.entry(username, address, "session.ended", id))) {
      return false;
    }
    record.sessionEnded(id);
    record.tell(Kind.SESSION_ENDED, username, address);
    return true;
  }

  @Override
  public List<TokenInfo> tokens(String username) {
    return tokens.of(username);
  }

  @Override
  public CreatedToken createToken(
      Authentication by,
      String name,
      Set<Scope> scopes,
      Audience audience,
      @Nullable Instant expiresAt,
      String address) {
    // Stored times are exact to the millisecond; what is answered is what is stored.
    Instant end = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MILLIS);
    TokenWish wish = TokenWish.of(by, name, scopes, audience, end, clock.instant());
    String username = by.principal().name();
    CreatedToken created =
        changes.alone(
            () -> {
              requireLasting(by);
              requireRoom(tokens(username), wish.name());
              return tokens.create(
                  username,
                  wish.name(),
                  wish.scopes(),
                  wish.audience(),
                  wish.expiresAt(),
                  by.principal().isPerson() ? null : by.principal().credential(),
                  id ->
                      record.entry(
                          username, address, "token.created", id, detail(by, wish).toString()));
            });
    record.tell(Kind.TOKEN_CREATED, username, address);
    return created;
  }

  @Override
  public boolean revokeToken(Authentication by, String id, String address) {
    String username = by.principal().name();
    // Alone, lest the token make another one meanwhile, which would outlive it.
    List<String> revoked =
        changes.alone(
            () ->
                tokens.revoke(
                    username,
                    id,
                    ids ->
                        record.entry(
                            username, address, "token.revoked", id, detail(by, ids).toString())));
    if (revoked.isEmpty()) {
      return false;
    }
    revoked.forEach(record::sessionEnded);
    record.tell(Kind.TOKEN_REVOKED, username, address);
    return true;
  }

  @Override
  public void changePassword(Authentication by, Secret current, Secret next, String address) {
    if (!by.principal().isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person who is logged in with a browser session can change the password; a bearer"
              + " token cannot.");
    }
    String username = by.principal().name();
    CredentialRules.checkPassword("new", username, next);
    Account account = passwords.again(username, current, address);
    if (next.matches(current)) {
      String same = "The new password is the present one.";
      throw new JarvisException(
          ErrorCode.INVALID_INPUT, same, List.of(new FieldError("new", same)));
    }
    String hash = hasher.hash(next, Turn.KNOWN);
    String session = by.principal().credential();
    changes.alone(
        () -> {
          requireLasting(by);
          if (!changes.unchanged(account)) {
            throw new JarvisException(
                ErrorCode.CONFLICT, "The password was changed by somebody else just now.");
          }
          replacePassword(
              username,
              hash,
              session,
              record.entry(username, address, "password.changed", username));
          return true;
        });
    record.tell(Kind.PASSWORD_CHANGED, username, address);
  }

  @Override
  public void confirmPassword(Authentication by, Secret password, String address) {
    if (!by.principal().isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person who is logged in with a browser session can do this; a bearer token"
              + " cannot.");
    }
    Account account = passwords.again(by.principal().name(), password, address);
    changes.alone(
        () -> {
          requireLasting(by);
          if (!changes.unchanged(account)) {
            throw new JarvisException(
                ErrorCode.CONFLICT,
                "The password was changed just now. Try again with the new one.");
          }
          return true;
        });
  }

  @Override
  public Secret resetPassword(String username) {
    if (!CredentialRules.possibleUsername(username) || accounts.account(username).isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "There is no such account. There is: " + String.join(", ", usernames()));
    }
    Secret password = random.typeable();
    String hash = hasher.hash(password, Turn.KNOWN);
    changes.alone(
        () -> {
          replacePassword(username, hash, null, record.consoleEntry("password.reset", username));
          return true;
        });
    record.tell(Kind.PASSWORD_RESET, username, CONSOLE);
    return password;
  }

  private void replacePassword(
      String username, String hash, @Nullable String keptSession, AuditEntry audit) {
    List<TokenInfo> revoked = tokens(username);
    List<String> ended = accounts.changePassword(username, hash, keptSession, audit);
    passwords.startAfresh(username);
    ended.forEach(sessions::forget);
    ended.forEach(record::sessionEnded);
    revoked.forEach(token -> record.sessionEnded(token.id()));
  }

  /** Who asked may have been logged out while they waited for their turn. */
  private void requireLasting(Authentication by) {
    String username = by.principal().name();
    String credential = by.principal().credential();
    boolean lasts =
        by.principal().isPerson()
            ? sessions(username).stream().anyMatch(session -> session.id().equals(credential))
            : tokens(username).stream().anyMatch(token -> token.id().equals(credential));
    if (!lasts) {
      throw new JarvisException(
          ErrorCode.UNAUTHENTICATED, "The session or token has ended meanwhile. Log in again.");
    }
  }

  private static void requireRoom(List<TokenInfo> present, String name) {
    if (present.stream().anyMatch(token -> token.name().equals(name))) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "There is a token of that name already. Take another name, or revoke that one first.",
          List.of(new FieldError("name", "is taken by another token")));
    }
    if (present.stream().filter(token -> !token.issuedByLogin()).count() >= MOST_NAMED_TOKENS) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "An account has at most "
              + MOST_NAMED_TOKENS
              + " named tokens. Revoke one that is not needed any more.");
    }
  }

  private static ObjectNode detail(Authentication by, TokenWish wish) {
    Instant end = wish.expiresAt();
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", wish.name())
        .put(
            "scopes",
            String.join(" ", new TreeSet<>(wish.scopes()).stream().map(Scope::word).toList()))
        .put("audience", wish.audience().word())
        .put("expiresAt", end == null ? null : end.toString())
        .put("by", by.principal().kind().word())
        .put("credential", by.principal().credential());
  }

  private static ObjectNode detail(Authentication by, List<String> revoked) {
    ObjectNode detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("by", by.principal().kind().word())
            .put("credential", by.principal().credential());
    ArrayNode descendants = detail.putArray("descendants");
    revoked.stream().skip(1).forEach(descendants::add);
    return detail;
  }
}
