package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.persistence.contract.AuditLogContract;
import org.jarvis.persistence.contract.PersistenceUnderTest;

class SqliteAuditLogTest extends AuditLogContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
