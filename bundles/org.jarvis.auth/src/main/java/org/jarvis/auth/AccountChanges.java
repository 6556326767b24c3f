package org.jarvis.auth;

import java.util.function.Supplier;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AccountStore.Account;

/**
 * Lets one change of accounts, sessions and tokens happen at a time where one depends on another:
 * what was opened with a password must not outlive its change by having been in flight. Hashing,
 * which takes long, stays outside. Safe from any thread.
 */
final class AccountChanges {
  private final AccountStore accounts;

  AccountChanges(AccountStore accounts) {
    this.accounts = accounts;
  }

  /** Does this while no other change happens. */
  synchronized <T> T alone(Supplier<T> change) {
    return change.get();
  }

  /** Whether the account still has the password that it was seen with. */
  boolean unchanged(Account seen) {
    return accounts
        .account(seen.username())
        .filter(now -> now.passwordHash().equals(seen.passwordHash()))
        .isPresent();
  }
}
