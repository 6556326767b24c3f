package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.MetricStoreContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteMetricStoreTest extends MetricStoreContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
