package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.testkit.health.HealthContributorContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class AuditAnchorsHealthTest extends HealthContributorContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseFile.jarvis(folder));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected HealthContributor contributor() {
    AuditAnchors anchors = new AuditAnchors(database, Clock.systemUTC());
    anchors.configure("https://192.168.1.10/?token=secret");
    return anchors;
  }
}
