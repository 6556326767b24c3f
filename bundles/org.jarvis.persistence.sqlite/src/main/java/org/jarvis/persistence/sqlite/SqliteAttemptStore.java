package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.persistence.AttemptStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps failed attempts to get in, in the table {@code attempt}. */
@Component
public final class SqliteAttemptStore implements AttemptStore {
  private final Database database;

  @Activate
  public SqliteAttemptStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public List<StoredAttempts> latest(int limit) {
    return database.read(
        statements -> statements.getMapper(AttemptMapper.class).latest(Math.max(0, limit)));
  }

  @Override
  public void put(List<StoredAttempts> attempts) {
    List<StoredAttempts> unchanging = List.copyOf(attempts);
    if (!unchanging.isEmpty()) {
      database.write(
          statements -> {
            AttemptMapper mapper = statements.getMapper(AttemptMapper.class);
            return unchanging.stream().mapToInt(mapper::put).sum();
          });
    }
  }

  @Override
  public void remove(List<String> keys) {
    List<String> unchanging = List.copyOf(keys);
    if (!unchanging.isEmpty()) {
      database.write(
          statements -> {
            AttemptMapper mapper = statements.getMapper(AttemptMapper.class);
            return unchanging.stream().mapToInt(mapper::delete).sum();
          });
    }
  }

  @Override
  public int removeBefore(Instant moment) {
    return database.write(
        statements -> statements.getMapper(AttemptMapper.class).deleteBefore(moment));
  }
}
