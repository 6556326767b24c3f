package org.jarvis.persistence.sqlite;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.ConsentStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps what people decided about extensions in the table {@code consent}. */
@Component
public final class SqliteConsentStore implements ConsentStore {
  private final Database database;

  @Activate
  public SqliteConsentStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public Optional<StoredConsent> find(String sha256) {
    return database.read(
        statements -> Optional.ofNullable(statements.getMapper(ConsentMapper.class).find(sha256)));
  }

  @Override
  public List<StoredConsent> all() {
    return database.read(statements -> statements.getMapper(ConsentMapper.class).all());
  }

  @Override
  public void put(StoredConsent consent, AuditEntry audit) {
    database.write(
        statements -> {
          statements.getMapper(ConsentMapper.class).put(consent);
          return AuditTrail.append(statements, audit);
        });
  }

  @Override
  public boolean remove(String sha256, AuditEntry audit) {
    return database.write(
        statements -> {
          if (statements.getMapper(ConsentMapper.class).delete(sha256) == 0) {
            return false;
          }
          AuditTrail.append(statements, audit);
          return true;
        });
  }
}
