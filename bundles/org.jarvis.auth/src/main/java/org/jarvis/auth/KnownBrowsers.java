package org.jarvis.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.KnownBrowser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browsers that logged in to an account before, each known by a cookie of 256 random bits, of
 * which only the SHA-256 is kept. Guesses that come from elsewhere do not slow such a browser down
 * (the idea is OWASP's "device cookies"). Being known opens nothing: the password is needed all the
 * same. Safe from any thread.
 */
final class KnownBrowsers {
  private static final Logger LOG = LoggerFactory.getLogger(KnownBrowsers.class);
  private static final Duration LIFETIME = Duration.ofDays(365);

  private final AccountStore accounts;
  private final RandomSecrets random;
  private final Clock clock;

  KnownBrowsers(AccountStore accounts, RandomSecrets random, Clock clock) {
    this.accounts = accounts;
    this.random = random;
    this.clock = clock;
  }

  /** The browser with this cookie, where this account is known from it. */
  Optional<KnownBrowser> find(@Nullable Secret cookie, String username) {
    if (cookie == null || cookie.isEmpty()) {
      return Optional.empty();
    }
    return accounts
        .browser(RandomSecrets.sha256(cookie))
        .filter(browser -> browser.username().equals(username))
        .filter(browser -> browser.lastSeenAt().plus(LIFETIME).isAfter(clock.instant()));
  }

  /**
   * Somebody logged in to this account with a browser.
   *
   * @param known what it was known as, {@code null} where it was not
   * @return its cookie from now on
   */
  Secret welcome(String username, @Nullable Secret cookie, @Nullable KnownBrowser known) {
    Secret next = random.secret();
    try {
      accounts.addBrowser(new KnownBrowser(RandomSecrets.sha256(next), username, clock.instant()));
      if (known != null) {
        accounts.removeBrowser(known.cookieHash());
      }
    } catch (JarvisException unwritable) {
      // Whoever got in stays in; at worst the browser is a stranger again next time.
      LOG.warn("A browser cannot be kept as known: {}", unwritable.getMessage());
      return known != null && cookie != null ? cookie : next;
    }
    return next;
  }

  /** Forgets a browser from which too much was guessed. */
  void forget(KnownBrowser browser) {
    try {
      accounts.removeBrowser(browser.cookieHash());
    } catch (JarvisException unwritable) {
      LOG.warn("A browser cannot be forgotten: {}", unwritable.getMessage());
    }
  }

  /** Forgets the browsers that have not been seen for long. */
  void sweep() {
    accounts.removeBrowsersBefore(clock.instant().minus(LIFETIME));
  }
}
