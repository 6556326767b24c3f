package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.AuditLogContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteAuditLogTest extends AuditLogContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
