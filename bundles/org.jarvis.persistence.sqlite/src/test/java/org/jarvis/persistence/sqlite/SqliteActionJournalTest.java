package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.ActionJournalContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteActionJournalTest extends ActionJournalContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
