package org.jarvis.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.persistence.SettingStore;

/** Settings and audit log in memory; can be told to be out of order, as on a full disk. */
public final class MemorySettings implements SettingStore, AuditLog {
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private volatile boolean broken;

  public void breakDown(boolean down) {
    broken = down;
  }

  public synchronized List<AuditEntry> audit() {
    return List.copyOf(audit);
  }

  @Override
  public Optional<String> get(String name) {
    check();
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public void put(String name, String value) {
    check();
    values.put(name, value);
  }

  @Override
  public String putIfAbsent(String name, String value) {
    check();
    String before = values.putIfAbsent(name, value);
    return before == null ? value : before;
  }

  @Override
  public synchronized AuditRecord append(AuditEntry entry) {
    check();
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
    return new Verification(true, size(), null, "");
  }

  private void check() {
    if (broken) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    }
  }
}
