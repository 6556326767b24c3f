package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.persistence.contract.AccountStoreContract;
import org.jarvis.persistence.contract.PersistenceUnderTest;

class SqliteAccountStoreTest extends AccountStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
