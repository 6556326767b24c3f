package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.persistence.contract.PersistenceUnderTest;
import org.jarvis.persistence.contract.SettingStoreContract;

class SqliteSettingStoreTest extends SettingStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
