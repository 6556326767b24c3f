package org.jarvis.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.persistence.TokenStore;

/** Stores that keep everything in memory, and can be made to fail. */
final class MemoryStores implements AccountStore, TokenStore, AttemptStore, SettingStore, AuditLog {
  final Map<String, Account> accounts = new HashMap<>();
  final Map<String, StoredSession> sessions = new HashMap<>();
  final Map<String, KnownBrowser> browsers = new HashMap<>();
  final Map<String, StoredToken> tokens = new HashMap<>();
  final Map<String, StoredAttempts> attempts = new HashMap<>();
  final Map<String, String> settings = new HashMap<>();
  final List<AuditEntry> audit = new ArrayList<>();
  boolean readOnly;
  boolean unreadable;
  boolean browsersUnwritable;
  Runnable onAccountRead = () -> {};
  int touches;

  private void write() {
    if (readOnly) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    }
  }

  @Override
  public synchronized boolean anyAccount() {
    return !accounts.isEmpty();
  }

  @Override
  public synchronized boolean addFirst(Account account, AuditEntry entry) {
    write();
    if (!accounts.isEmpty()) {
      return false;
    }
    accounts.put(account.username(), account);
    audit.add(entry);
    return true;
  }

  @Override
  public synchronized Optional<Account> account(String username) {
    Optional<Account> found = Optional.ofNullable(accounts.get(username));
    onAccountRead.run();
    return found;
  }

  @Override
  public synchronized void addSession(StoredSession session, AuditEntry entry) {
    write();
    sessions.put(session.id(), session);
    audit.add(entry);
  }

  @Override
  public synchronized Optional<StoredSession> session(String cookieHash) {
    return sessions.values().stream()
        .filter(session -> session.cookieHash().equals(cookieHash))
        .findFirst();
  }

  @Override
  public synchronized void touchSession(String id, Instant lastUsedAt) {
    write();
    sessions.computeIfPresent(
        id,
        (key, old) ->
            new StoredSession(
                id,
                old.cookieHash(),
                old.csrfToken(),
                old.username(),
                old.address(),
                old.createdAt(),
                lastUsedAt,
                old.expiresAt()));
  }

  @Override
  public synchronized boolean removeSession(String id, AuditEntry entry) {
    write();
    if (sessions.remove(id) == null) {
      return false;
    }
    audit.add(entry);
    return true;
  }

  @Override
  public synchronized int removeSessionsBefore(Instant expiredBefore) {
    write();
    int before = sessions.size();
    sessions.values().removeIf(session -> session.expiresAt().isBefore(expiredBefore));
    return before - sessions.size();
  }

  @Override
  public synchronized List<StoredSession> sessions(String username, Instant now) {
    return sessions.values().stream()
        .filter(session -> session.username().equals(username))
        .filter(session -> !session.expiresAt().isBefore(now))
        .sorted(Comparator.comparing(StoredSession::createdAt).reversed())
        .toList();
  }

  @Override
  public synchronized List<String> changePassword(
      String username, String passwordHash, String keptSession, AuditEntry entry) {
    write();
    Account account = accounts.get(username);
    if (account == null) {
      return List.of();
    }
    accounts.put(username, new Account(username, passwordHash, account.createdAt()));
    List<String> removed =
        sessions.values().stream()
            .filter(session -> session.username().equals(username))
            .map(StoredSession::id)
            .filter(id -> !id.equals(keptSession))
            .toList();
    removed.forEach(sessions::remove);
    tokens.values().removeIf(token -> token.username().equals(username));
    browsers.values().removeIf(browser -> browser.username().equals(username));
    audit.add(entry);
    return removed;
  }

  @Override
  public synchronized void addBrowser(KnownBrowser browser) {
    write();
    if (browsersUnwritable) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    }
    browsers.put(browser.cookieHash(), browser);
    browsers.values().stream()
        .filter(known -> known.username().equals(browser.username()))
        .sorted(Comparator.comparing(KnownBrowser::lastSeenAt).reversed())
        .skip(MOST_BROWSERS)
        .map(KnownBrowser::cookieHash)
        .toList()
        .forEach(browsers::remove);
  }

  @Override
  public synchronized Optional<KnownBrowser> browser(String cookieHash) {
    return Optional.ofNullable(browsers.get(cookieHash));
  }

  @Override
  public synchronized void removeBrowser(String cookieHash) {
    write();
    browsers.remove(cookieHash);
  }

  @Override
  public synchronized int removeBrowsersBefore(Instant moment) {
    write();
    int before = browsers.size();
    browsers.values().removeIf(browser -> browser.lastSeenAt().isBefore(moment));
    return before - browsers.size();
  }

  @Override
  public synchronized List<Account> accounts() {
    return accounts.values().stream().sorted(Comparator.comparing(Account::username)).toList();
  }

  @Override
  public synchronized void add(StoredToken token, AuditEntry entry) {
    write();
    tokens.put(token.id(), token);
    audit.add(entry);
  }

  @Override
  public synchronized Optional<StoredToken> find(String hash) {
    return tokens.values().stream().filter(token -> token.hash().equals(hash)).findFirst();
  }

  @Override
  public synchronized List<StoredToken> of(String username) {
    return tokens.values().stream()
        .filter(token -> token.username().equals(username))
        .sorted(Comparator.comparing(StoredToken::createdAt).reversed())
        .toList();
  }

  @Override
  public synchronized void touch(String id, Instant lastUsedAt) {
    touches++;
    write();
    tokens.computeIfPresent(
        id,
        (key, old) ->
            new StoredToken(
                id,
                old.name(),
                old.issuedByLogin(),
                old.hash(),
                old.username(),
                old.scopes(),
                old.audience(),
                old.createdAt(),
                old.expiresAt(),
                lastUsedAt,
                old.parent()));
  }

  @Override
  public synchronized List<String> remove(
      String username, String id, Function<List<String>, AuditEntry> entry) {
    write();
    StoredToken token = tokens.get(id);
    if (token == null || !token.username().equals(username)) {
      return List.of();
    }
    List<String> lineage = new ArrayList<>(List.of(id));
    for (int i = 0; i < lineage.size(); i++) {
      String ancestor = lineage.get(i);
      tokens.values().stream()
          .filter(other -> ancestor.equals(other.parent()))
          .map(StoredToken::id)
          .sorted()
          .forEach(lineage::add);
    }
    audit.add(entry.apply(lineage));
    lineage.forEach(tokens::remove);
    return lineage;
  }

  @Override
  public synchronized int removeExpired(Instant before) {
    write();
    int count = tokens.size();
    tokens
        .values()
        .removeIf(token -> token.expiresAt() != null && token.expiresAt().isBefore(before));
    return count - tokens.size();
  }

  @Override
  public synchronized List<StoredAttempts> latest(int limit) {
    if (unreadable) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is gone.");
    }
    return attempts.values().stream()
        .sorted(Comparator.comparing(StoredAttempts::last).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void put(List<StoredAttempts> changed) {
    write();
    changed.forEach(one -> attempts.put(one.key(), one));
  }

  @Override
  public synchronized void remove(List<String> keys) {
    write();
    attempts.keySet().removeAll(keys);
  }

  @Override
  public synchronized int removeBefore(Instant moment) {
    write();
    int before = attempts.size();
    attempts.values().removeIf(one -> one.last().isBefore(moment));
    return before - attempts.size();
  }

  @Override
  public synchronized Optional<String> get(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  @Override
  public synchronized void put(String name, String value) {
    write();
    settings.put(name, value);
  }

  @Override
  public synchronized String putIfAbsent(String name, String value) {
    return settings.computeIfAbsent(name, key -> value);
  }

  @Override
  public synchronized AuditRecord append(AuditEntry entry) {
    write();
    audit.add(entry);
    return new AuditRecord(audit.size(), entry, "");
  }

  @Override
  public List<AuditRecord> after(long seq, int limit) {
    return List.of();
  }

  @Override
  public synchronized long size() {
    return audit.size();
  }

  @Override
  public Verification verify() {
    return new Verification(true, audit.size(), null, "");
  }
}
