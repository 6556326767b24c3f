package org.jarvis.auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.AccountActivity.Kind;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AccountStore.KnownBrowser;
import org.jarvis.auth.AttemptThrottle.Attempt;
import org.jarvis.auth.PasswordHasher.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The one place where somebody's password is checked. Each attempt is counted before: one from a
 * known browser under that browser alone, so that nobody else's guesses lock it out; any other
 * under its address and under the account, so that many addresses together get no further than one.
 * Safe from any thread.
 */
final class PasswordCheck {
  private static final String SOMEBODY = "(unknown)";

  /** A browser from which this much was guessed wrong is known no more. */
  private static final int MOST_GUESSES_OF_A_BROWSER = 10;

  private final AccountStore accounts;
  private final KnownBrowsers browsers;
  private final AttemptThrottle throttle;
  private final PasswordHasher hasher;
  private final AccountRecord record;

  PasswordCheck(
      AccountStore accounts,
      KnownBrowsers browsers,
      AttemptThrottle throttle,
      PasswordHasher hasher,
      AccountRecord record) {
    this.accounts = accounts;
    this.browsers = browsers;
    this.throttle = throttle;
    this.hasher = hasher;
    this.record = record;
  }

  /**
   * Somebody logs in.
   *
   * @param cookie by what the browser may be known
   * @throws JarvisException with {@code LOGIN_FAILED} or {@code THROTTLED}
   */
  Login login(String username, Secret password, @Nullable Secret cookie, String address) {
    boolean possible = CredentialRules.possibleUsername(username);
    Optional<Account> account = possible ? accounts.account(username) : Optional.empty();
    KnownBrowser browser = possible ? browsers.find(cookie, username).orElse(null) : null;
    AttemptKey source =
        browser == null
            ? AttemptKey.address("login", address)
            : AttemptKey.lasting("browser " + browser.cookieHash());
    List<AttemptKey> keys =
        browser != null || !possible
            ? List.of(source)
            : List.of(source, guessesOf(username, account.isPresent()));
    Turn turn = browser == null ? Turn.STRANGER : Turn.KNOWN;
    Attempt attempt = throttle.begin(keys);
    if (!counted(attempt, keys, () -> matches(account, password, turn))) {
      if (browser != null && attempt.count(source) >= MOST_GUESSES_OF_A_BROWSER) {
        browsers.forget(browser);
        throttle.forget(keys);
      }
      // An unknown name is not written down: people type their password there by mistake.
      String name = account.map(Account::username).orElse(SOMEBODY);
      record.tryAppend(record.entry(name, address, "login.failed", name));
      record.tell(Kind.LOGIN_FAILED, name, address);
      throw failed();
    }
    attempt.forgive(source);
    keys.stream().skip(1).forEach(attempt::takeBack);
    return new Login(account.orElseThrow(), browser);
  }

  /**
   * A person who is logged in proves once more who they are.
   *
   * @throws JarvisException with {@code LOGIN_FAILED} or {@code THROTTLED}
   */
  Account again(String username, Secret password, String address) {
    Optional<Account> account = accounts.account(username);
    List<AttemptKey> keys = List.of(AttemptKey.lasting("password " + username));
    Attempt attempt = throttle.begin(keys);
    if (!counted(attempt, keys, () -> matches(account, password, Turn.KNOWN))) {
      record.tryAppend(record.entry(username, address, "password.refused", username));
      throw new JarvisException(ErrorCode.LOGIN_FAILED, "The current password is wrong.");
    }
    keys.forEach(attempt::forgive);
    return account.orElseThrow();
  }

  /** Forgets what was guessed at an account whose password is another one now. */
  void startAfresh(String username) {
    throttle.forget(List.of(guessesOf(username, true), AttemptKey.lasting("password " + username)));
  }

  /** What is answered to whoever does not get in. */
  static JarvisException failed() {
    return new JarvisException(ErrorCode.LOGIN_FAILED, "User name or password is wrong.");
  }

  /** Names that no account has are counted alike, so that nobody can tell which there are. */
  private static AttemptKey guessesOf(String username, boolean exists) {
    String text = "account " + username;
    return exists ? AttemptKey.lasting(text) : AttemptKey.unwritten(text);
  }

  private static boolean counted(Attempt attempt, List<AttemptKey> keys, Supplier<Boolean> check) {
    try {
      return check.get();
    } catch (JarvisException unchecked) {
      // What was never compared was no guess.
      keys.forEach(attempt::takeBack);
      throw unchecked;
    }
  }

  private boolean matches(Optional<Account> account, Secret password, Turn turn) {
    if (account.isEmpty() || !CredentialRules.possiblePassword(password)) {
      hasher.pretend(Secret.of(""), turn);
      return false;
    }
    return hasher.matches(password, account.get().passwordHash(), turn);
  }

  /**
   * A password that was right.
   *
   * @param account whose it is
   * @param browser the browser that it came from, where it is known
   */
  record Login(Account account, @Nullable KnownBrowser browser) {}
}
