package org.jarvis.extensions;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.ConsentStore;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jspecify.annotations.Nullable;

/**
 * What people decided, as the store says. Read again only after a change, or another store came.
 */
final class ConsentBook {
  private final Supplier<Optional<ConsentStore>> store;
  private @Nullable ConsentStore readFrom;
  private List<StoredConsent> consents = List.of();

  ConsentBook(Supplier<Optional<ConsentStore>> store) {
    this.store = store;
  }

  /** Reads it; fails with {@code STORAGE_UNAVAILABLE}, and then nothing is known. */
  void read() {
    ConsentStore present = require();
    if (!Objects.equals(present, readFrom)) {
      readFrom = null;
      consents =
          present.all().stream()
              .sorted(Comparator.comparing(StoredConsent::decidedAt).reversed())
              .toList();
      readFrom = present;
    }
  }

  /** What was decided about a jar. */
  Optional<StoredConsent> about(String id) {
    return consents.stream().filter(consent -> consent.sha256().equals(id)).findFirst();
  }

  /** What was allowed under a symbolic name, the newest first. */
  List<StoredConsent> grantedFor(String symbolicName) {
    return consents.stream()
        .filter(consent -> consent.granted() && consent.symbolicName().equals(symbolicName))
        .toList();
  }

  /** Stores a decision. */
  void put(StoredConsent consent, AuditEntry audit) {
    require().put(consent, audit);
    readFrom = null;
    read();
  }

  /** Takes a decision back. */
  void remove(String id, AuditEntry audit) {
    require().remove(id, audit);
    readFrom = null;
    read();
  }

  private ConsentStore require() {
    return store
        .get()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "Consents cannot be read: no storage is running. Look at the health of"
                        + " storage."));
  }
}
