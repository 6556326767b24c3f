package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.ConsentStoreContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteConsentStoreTest extends ConsentStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
