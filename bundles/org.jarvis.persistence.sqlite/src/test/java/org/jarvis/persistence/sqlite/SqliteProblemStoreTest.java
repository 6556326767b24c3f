package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.PersistenceUnderTest;
import org.jarvis.testkit.persistence.ProblemStoreContract;

class SqliteProblemStoreTest extends ProblemStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
