package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.PersistenceUnderTest;
import org.jarvis.testkit.persistence.PreferenceStoreContract;

class SqlitePreferenceStoreTest extends PreferenceStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
