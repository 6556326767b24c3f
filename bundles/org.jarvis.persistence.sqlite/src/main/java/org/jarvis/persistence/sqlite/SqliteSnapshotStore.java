package org.jarvis.persistence.sqlite;

import java.util.List;
import org.jarvis.api.persistence.SnapshotStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the last state of each cluster in the table {@code snapshot}. */
@Component
public final class SqliteSnapshotStore implements SnapshotStore {
  private final Database database;

  @Activate
  public SqliteSnapshotStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public List<StoredSnapshot> all() {
    return database.read(statements -> statements.getMapper(SnapshotMapper.class).all());
  }

  @Override
  public void put(StoredSnapshot snapshot) {
    database.write(statements -> statements.getMapper(SnapshotMapper.class).put(snapshot));
  }

  @Override
  public void remove(String cluster) {
    database.write(statements -> statements.getMapper(SnapshotMapper.class).delete(cluster));
  }
}
