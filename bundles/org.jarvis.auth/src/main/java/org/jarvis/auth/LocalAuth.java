package org.jarvis.auth;

import java.time.Clock;
import java.util.List;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.event.Event.AccountActivity.Kind;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.persistence.TokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of the login together on one set of stores, and tidies up after them. */
final class LocalAuth {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAuth.class);

  private final AccountRecord record;
  private final Sessions sessions;
  private final BearerTokens tokens;
  private final KnownBrowsers browsers;
  private final AttemptThrottle throttle;
  private final LocalAuthenticator authenticator;
  private final LocalAccounts accounts;

  LocalAuth(
      AccountStore store,
      TokenStore tokenStore,
      AttemptStore attempts,
      SettingStore settings,
      AccountRecord record,
      Clock clock) {
    this.record = record;
    RandomSecrets random = new RandomSecrets();
    PasswordHasher hasher = new PasswordHasher(random);
    AccountChanges changes = new AccountChanges(store);
    this.throttle = new AttemptThrottle(attempts, clock);
    this.sessions = new Sessions(store, random, clock);
    this.tokens =
        new BearerTokens(tokenStore, new JsonWebTokens(settings, random, clock), random, clock);
    this.browsers = new KnownBrowsers(store, random, clock);
    PasswordCheck passwords = new PasswordCheck(store, browsers, throttle, hasher, record);
    this.authenticator =
        new LocalAuthenticator(
            store,
            sessions,
            tokens,
            browsers,
            passwords,
            hasher,
            throttle,
            record,
            changes,
            clock,
            new SetupToken(random.secret()));
    this.accounts =
        new LocalAccounts(
            store, sessions, tokens, passwords, hasher, random, record, changes, clock);
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Accounts accounts() {
    return accounts;
  }

  /** Ends and removes what has run out; called every now and then. */
  void sweep() {
    for (Runnable part :
        List.<Runnable>of(this::sweepSessions, tokens::sweep, browsers::sweep, throttle::sweep)) {
      try {
        part.run();
      } catch (RuntimeException failure) {
        // A sweep that throws would be the last one.
        LOG.warn("What has run out stays stored until the next sweep.", failure);
      }
    }
  }

  private void sweepSessions() {
    sessions.sweep(
        username -> record.entry(username, "expiry", "session.ended", username),
        ended -> {
          record.sessionEnded(ended.id());
          record.tell(Kind.SESSION_ENDED, ended.username(), "expiry");
        });
  }
}
