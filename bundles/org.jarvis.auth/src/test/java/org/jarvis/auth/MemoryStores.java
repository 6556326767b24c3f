package org.jarvis.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.SettingStore;

/** Stores that keep everything in memory, and can be made to fail. */
final class MemoryStores implements AccountStore, SettingStore, AuditLog {
  final Map<String, Account> accounts = new HashMap<>();
  final Map<String, StoredSession> sessions = new HashMap<>();
  final Map<String, String> settings = new HashMap<>();
  final List<AuditEntry> audit = new ArrayList<>();
  boolean readOnly;

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
    return Optional.ofNullable(accounts.get(username));
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
    audit.add(entry);
    return sessions.remove(id) != null;
  }

  @Override
  public synchronized int removeSessionsBefore(Instant expiredBefore) {
    write();
    int before = sessions.size();
    sessions.values().removeIf(session -> session.expiresAt().isBefore(expiredBefore));
    return before - sessions.size();
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
