package org.jarvis.extensions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.ConsentStore;

/** Consents in memory, which can be out of reach. */
final class MemoryConsents implements ConsentStore {
  final Map<String, StoredConsent> consents = new LinkedHashMap<>();
  final List<AuditEntry> audit = new ArrayList<>();
  boolean unavailable;

  private void reach() {
    if (unavailable) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    }
  }

  @Override
  public Optional<StoredConsent> find(String sha256) {
    reach();
    return Optional.ofNullable(consents.get(sha256));
  }

  @Override
  public List<StoredConsent> all() {
    reach();
    return consents.values().stream()
        .sorted(Comparator.comparing(StoredConsent::decidedAt).reversed())
        .toList();
  }

  @Override
  public void put(StoredConsent consent, AuditEntry entry) {
    reach();
    consents.put(consent.sha256(), consent);
    audit.add(entry);
  }

  @Override
  public boolean remove(String sha256, AuditEntry entry) {
    reach();
    audit.add(entry);
    return consents.remove(sha256) != null;
  }
}
