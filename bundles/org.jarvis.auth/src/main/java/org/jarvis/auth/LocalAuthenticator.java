package org.jarvis.auth;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.AccountActivity.Kind;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.auth.AttemptThrottle.Attempt;
import org.jarvis.auth.PasswordCheck.Login;
import org.jarvis.auth.PasswordHasher.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, sessions and tokens that Jarvis keeps itself. There is no default password: the first
 * account is made with a one-time token that only whoever reads the console knows.
 */
final class LocalAuthenticator implements Authenticator {
  private static final String SOMEBODY = "(unknown)";

  private final AccountStore accounts;
  private final Sessions sessions;
  private final BearerTokens tokens;
  private final KnownBrowsers browsers;
  private final PasswordCheck passwords;
  private final PasswordHasher hasher;
  private final AttemptThrottle throttle;
  private final AccountRecord record;
  private final AccountChanges changes;
  private final Clock clock;
  private final SetupToken setupToken;

  LocalAuthenticator(
      AccountStore accounts,
      Sessions sessions,
      BearerTokens tokens,
      KnownBrowsers browsers,
      PasswordCheck passwords,
      PasswordHasher hasher,
      AttemptThrottle throttle,
      AccountRecord record,
      AccountChanges changes,
      Clock clock,
      SetupToken setupToken) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.browsers = browsers;
    this.passwords = passwords;
    this.hasher = hasher;
    this.throttle = throttle;
    this.record = record;
    this.changes = changes;
    this.clock = clock;
    this.setupToken = setupToken;
    if (accounts.anyAccount()) {
      setupToken.cancel();
    }
  }

  @Override
  public boolean setupRequired() {
    return setupToken.value().isPresent();
  }

  @Override
  public Optional<Secret> setupToken() {
    return setupToken.value();
  }

  @Override
  public void setUp(Secret token, String username, Secret password, String address) {
    if (!setupRequired()) {
      throw setupDone();
    }
    AttemptKey key = AttemptKey.address("setup", address);
    Attempt attempt = throttle.begin(List.of(key));
    if (!setupToken.accepts(token)) {
      throw new JarvisException(
          ErrorCode.SETUP_TOKEN_INVALID,
          "The setup token is wrong. It was printed on the console when Jarvis started, after"
              + " \"Setup token:\".",
          List.of(new FieldError("token", "This is not the setup token.")));
    }
    attempt.forgive(key);
    CredentialRules.check(username, password);
    Account account = new Account(username, hasher.hash(password, Turn.STRANGER), clock.instant());
    boolean first =
        accounts.addFirst(account, record.entry(username, address, "account.created", username));
    setupToken.cancel();
    if (!first) {
      throw setupDone();
    }
    record.tell(Kind.ACCOUNT_CREATED, username, address);
  }

  private static JarvisException setupDone() {
    return new JarvisException(
        ErrorCode.SETUP_DONE, "Jarvis is set up already. Log in with the account that was made.");
  }

  @Override
  public SessionGrant openSession(
      String username, Secret password, @Nullable Secret browser, String address) {
    Login login = passwords.login(username, password, browser, address);
    SessionGrant grant =
        opened(
            login,
            () -> {
              Sessions.Opened opened =
                  sessions.open(
                      username,
                      address,
                      record.entry(username, address, "session.started", username));
              Secret next = browsers.welcome(username, browser, login.browser());
              return new SessionGrant(
                  opened.cookie(), opened.csrfToken(), opened.expiresAt(), next);
            });
    record.tell(Kind.SESSION_STARTED, username, address);
    return grant;
  }

  @Override
  public TokenGrant issueToken(String username, Secret password, String address) {
    Login login = passwords.login(username, password, null, address);
    TokenGrant grant =
        opened(
            login,
            () -> {
              BearerTokens.Issued issued =
                  tokens.issue(username, id -> record.entry(username, address, "token.issued", id));
              return new TokenGrant(issued.token(), issued.expiresAt());
            });
    record.tell(Kind.TOKEN_CREATED, username, address);
    return grant;
  }

  /** What a password opens, unless it was changed since it was checked. */
  private <T> T opened(Login login, Supplier<T> opening) {
    return changes.alone(
        () -> {
          if (!changes.unchanged(login.account())) {
            throw PasswordCheck.failed();
          }
          return opening.get();
        });
  }

  @Override
  public Optional<Authentication> session(Secret cookie) {
    return cookie.isEmpty() ? Optional.empty() : sessions.use(cookie);
  }

  @Override
  public Optional<Authentication> bearer(Secret token) {
    return tokens
        .use(token)
        .filter(found -> accounts.account(found.principal().name()).isPresent());
  }

  @Override
  public void endSession(String credential, String address) {
    String username = sessions.username(credential).orElse(SOMEBODY);
    if (sessions.end(credential, record.entry(username, address, "session.ended", credential))) {
      record.sessionEnded(credential);
      record.tell(Kind.SESSION_ENDED, username, address);
    }
  }
}
