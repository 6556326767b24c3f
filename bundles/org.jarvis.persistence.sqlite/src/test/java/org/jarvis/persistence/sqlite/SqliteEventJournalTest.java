package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.EventJournalContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteEventJournalTest extends EventJournalContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
