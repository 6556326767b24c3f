package org.jarvis.auth;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.AccountActivity.Kind;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.SettingStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts, sessions and tokens that Jarvis keeps itself. There is no default password: the first
 * account is made with a one-time token that only whoever reads the console knows.
 */
final class LocalAuthenticator implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAuthenticator.class);
  private static final String SOMEBODY = "(unknown)";

  private final AccountStore accounts;
  private final AccountRecord record;
  private final Clock clock;
  private final PasswordHasher hasher;
  private final AttemptThrottle throttle;
  private final Sessions sessions;
  private final BearerTokens tokens;
  private final SetupToken setupToken;

  LocalAuthenticator(
      AccountStore accounts, SettingStore settings, AccountRecord record, Clock clock) {
    this.accounts = accounts;
    this.record = record;
    this.clock = clock;
    RandomSecrets random = new RandomSecrets();
    this.hasher = new PasswordHasher(random);
    this.throttle = new AttemptThrottle(clock);
    this.sessions = new Sessions(accounts, random, clock);
    this.tokens = new BearerTokens(settings, random, clock);
    this.setupToken = new SetupToken(random.secret());
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
    requireSetup();
    List<String> keys = List.of(AttemptThrottle.address("setup", address));
    throttle.begin(keys);
    if (!setupToken.accepts(token)) {
      throw new JarvisException(
          ErrorCode.SETUP_TOKEN_INVALID,
          "The setup token is wrong. It was printed on the console when Jarvis started, after"
              + " \"Setup token:\".",
          List.of(new FieldError("token", "This is not the setup token.")));
    }
    throttle.succeeded(keys);
    CredentialRules.check(username, password);
    Account account = new Account(username, hasher.hash(password), clock.instant());
    boolean first =
        accounts.addFirst(account, record.entry(username, address, "account.created", username));
    setupToken.cancel();
    if (!first) {
      throw setupDone();
    }
    record.tell(Kind.ACCOUNT_CREATED, username, address);
  }

  @Override
  public SessionGrant openSession(
      String username, Secret password, @Nullable Secret browser, String address) {
    checkPassword(username, password, address);
    SessionGrant grant =
        sessions.open(
            username, address, record.entry(username, address, "session.started", username));
    record.tell(Kind.SESSION_STARTED, username, address);
    return grant;
  }

  @Override
  public TokenGrant issueToken(String username, Secret password, String address) {
    checkPassword(username, password, address);
    BearerTokens.Issued issued = tokens.issue(username);
    record.append(record.entry(username, address, "token.issued", issued.id()));
    return issued.grant();
  }

  @Override
  public Optional<Authentication> session(Secret cookie) {
    return cookie.isEmpty() ? Optional.empty() : sessions.use(cookie);
  }

  @Override
  public Optional<Authentication> bearer(Secret token) {
    return tokens
        .check(token)
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

  /** Ends what has run out; called every now and then. */
  void sweep() {
    try {
      sessions.sweep(
          username -> record.entry(username, "expiry", "session.ended", username),
          ended -> {
            record.sessionEnded(ended.id());
            record.tell(Kind.SESSION_ENDED, ended.username(), "expiry");
          });
    } catch (RuntimeException failure) {
      // A sweep that throws would be the last one.
      LOG.warn("Sessions that have run out stay stored until the next sweep.", failure);
    }
  }

  private void requireSetup() {
    if (!setupRequired()) {
      throw setupDone();
    }
  }

  private static JarvisException setupDone() {
    return new JarvisException(
        ErrorCode.SETUP_DONE, "Jarvis is set up already. Log in with the account that was made.");
  }

  private void checkPassword(String username, Secret password, String address) {
    boolean possible = CredentialRules.possibleUsername(username);
    List<String> keys = new ArrayList<>();
    keys.add(AttemptThrottle.address("login", address));
    if (possible) {
      keys.add(AttemptThrottle.account(username));
    }
    throttle.begin(keys);
    Optional<Account> account = possible ? accounts.account(username) : Optional.empty();
    if (!matches(account, password)) {
      // An unknown name is not written down: people type their password there by mistake.
      String name = account.map(Account::username).orElse(SOMEBODY);
      record.tryAppend(record.entry(name, address, "login.failed", name));
      record.tell(Kind.LOGIN_FAILED, name, address);
      throw new JarvisException(ErrorCode.LOGIN_FAILED, "User name or password is wrong.");
    }
    throttle.succeeded(keys);
  }

  private boolean matches(Optional<Account> account, Secret password) {
    if (account.isEmpty() || !CredentialRules.possiblePassword(password)) {
      hasher.pretend(Secret.of(""));
      return false;
    }
    return hasher.matches(password, account.get().passwordHash());
  }
}
