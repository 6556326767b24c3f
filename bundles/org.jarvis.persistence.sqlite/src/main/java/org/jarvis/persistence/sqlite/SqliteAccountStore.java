package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AuditEntry;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps accounts, sessions and known browsers in the tables of these names. */
@Component
public final class SqliteAccountStore implements AccountStore {
  private final Database database;

  @Activate
  public SqliteAccountStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public boolean anyAccount() {
    return database.read(statements -> statements.getMapper(AccountMapper.class).anyAccount());
  }

  @Override
  public boolean addFirst(Account account, AuditEntry audit) {
    WellFormedText.require(account.username(), "user name");
    return database.write(
        statements -> {
          AccountMapper mapper = statements.getMapper(AccountMapper.class);
          if (mapper.anyAccount()) {
            return false;
          }
          mapper.insertAccount(account);
          AuditTrail.append(statements, audit);
          return true;
        });
  }

  @Override
  public Optional<Account> account(String username) {
    // Storing replaces what is malformed, so such a name would find another one's account.
    if (!WellFormedText.isWellFormed(username)) {
      return Optional.empty();
    }
    return database.read(
        statements ->
            Optional.ofNullable(statements.getMapper(AccountMapper.class).account(username)));
  }

  @Override
  public void addSession(StoredSession session, AuditEntry audit) {
    database.write(
        statements -> {
          statements.getMapper(AccountMapper.class).insertSession(session);
          return AuditTrail.append(statements, audit);
        });
  }

  @Override
  public Optional<StoredSession> session(String cookieHash) {
    return database.read(
        statements ->
            Optional.ofNullable(statements.getMapper(AccountMapper.class).session(cookieHash)));
  }

  @Override
  public void touchSession(String id, Instant lastUsedAt) {
    database.write(
        statements -> statements.getMapper(AccountMapper.class).touchSession(id, lastUsedAt));
  }

  @Override
  public boolean removeSession(String id, AuditEntry audit) {
    return database.write(
        statements -> {
          if (statements.getMapper(AccountMapper.class).deleteSession(id) == 0) {
            return false;
          }
          AuditTrail.append(statements, audit);
          return true;
        });
  }

  @Override
  public int removeSessionsBefore(Instant expiredBefore) {
    return database.write(
        statements ->
            statements.getMapper(AccountMapper.class).deleteSessionsBefore(expiredBefore));
  }

  @Override
  public List<StoredSession> sessions(String username, Instant now) {
    if (!WellFormedText.isWellFormed(username)) {
      return List.of();
    }
    return database.read(
        statements -> statements.getMapper(AccountMapper.class).sessions(username, now));
  }

  @Override
  public List<String> changePassword(
      String username, String passwordHash, @Nullable String keptSession, AuditEntry audit) {
    if (!WellFormedText.isWellFormed(username)) {
      return List.of();
    }
    return database.write(
        statements -> {
          AccountMapper mapper = statements.getMapper(AccountMapper.class);
          if (mapper.changePassword(username, passwordHash) == 0) {
            return List.of();
          }
          List<String> ended = mapper.otherSessions(username, keptSession);
          ended.forEach(mapper::deleteSession);
          mapper.deleteBrowsersOf(username);
          statements.getMapper(TokenMapper.class).deleteOf(username);
          AuditTrail.append(statements, audit);
          return ended;
        });
  }

  @Override
  public void addBrowser(KnownBrowser browser) {
    WellFormedText.require(browser.username(), "user name");
    database.write(
        statements -> {
          AccountMapper mapper = statements.getMapper(AccountMapper.class);
          mapper.putBrowser(browser);
          return mapper.deleteBrowsersPast(browser.username(), MOST_BROWSERS);
        });
  }

  @Override
  public Optional<KnownBrowser> browser(String cookieHash) {
    return database.read(
        statements ->
            Optional.ofNullable(statements.getMapper(AccountMapper.class).browser(cookieHash)));
  }

  @Override
  public void removeBrowser(String cookieHash) {
    database.write(
        statements -> statements.getMapper(AccountMapper.class).deleteBrowser(cookieHash));
  }

  @Override
  public int removeBrowsersBefore(Instant moment) {
    return database.write(
        statements -> statements.getMapper(AccountMapper.class).deleteBrowsersBefore(moment));
  }

  @Override
  public List<Account> accounts() {
    return database.read(statements -> statements.getMapper(AccountMapper.class).accounts());
  }
}
