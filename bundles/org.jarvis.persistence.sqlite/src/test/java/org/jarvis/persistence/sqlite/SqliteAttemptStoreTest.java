package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.AttemptStoreContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteAttemptStoreTest extends AttemptStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
