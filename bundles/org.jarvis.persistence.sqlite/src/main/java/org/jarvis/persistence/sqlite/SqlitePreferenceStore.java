package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.Optional;
import org.jarvis.api.persistence.PreferenceStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps preferences in the table {@code preference}. */
@Component
public final class SqlitePreferenceStore implements PreferenceStore {
  private final Database database;

  @Activate
  public SqlitePreferenceStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> value(String username, String key) {
    // Storing replaces what is malformed, so such a name would find what another one prefers.
    if (!WellFormedText.isWellFormed(username) || !WellFormedText.isWellFormed(key)) {
      return Optional.empty();
    }
    return database.read(
        statements ->
            Optional.ofNullable(statements.getMapper(PreferenceMapper.class).value(username, key)));
  }

  @Override
  public boolean put(String username, String key, String json, Instant at, int most) {
    WellFormedText.require(username, "user name");
    WellFormedText.require(key, "preference's key");
    return database.write(
        statements -> {
          PreferenceMapper mapper = statements.getMapper(PreferenceMapper.class);
          return mapper.replace(username, key, json, at) == 1
              || mapper.insert(username, key, json, at, most) == 1;
        });
  }
}
