package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import org.jarvis.testkit.persistence.MetricHistoryContract;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

class SqliteMetricHistoryTest extends MetricHistoryContract {
  @Override
  protected PersistenceUnderTest open(Path emptyFolder) {
    return SqliteStores.in(emptyFolder);
  }
}
