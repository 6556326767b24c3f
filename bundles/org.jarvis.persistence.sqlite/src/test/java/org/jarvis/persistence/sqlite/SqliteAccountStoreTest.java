package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.AccountStoreContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteAccountStoreTest extends AccountStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
