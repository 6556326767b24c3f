package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.persistence.contract.ActionJournalContract;
import org.jarvis.persistence.contract.PersistenceUnderTest;

class SqliteActionJournalTest extends ActionJournalContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
