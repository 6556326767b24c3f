package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.persistence.contract.EventJournalContract;
import org.jarvis.persistence.contract.PersistenceUnderTest;

class SqliteEventJournalTest extends EventJournalContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
