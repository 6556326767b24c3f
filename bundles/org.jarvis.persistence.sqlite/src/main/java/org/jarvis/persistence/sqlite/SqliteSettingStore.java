package org.jarvis.persistence.sqlite;

import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.persistence.SettingStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps settings in the table {@code setting}. */
@Component
public final class SqliteSettingStore implements SettingStore {
  private final Database database;

  @Activate
  public SqliteSettingStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> get(String name) {
    return database.read(
        statements -> Optional.ofNullable(statements.getMapper(SettingMapper.class).value(name)));
  }

  @Override
  public void put(String name, String value) {
    database.write(statements -> statements.getMapper(SettingMapper.class).put(name, value));
  }

  @Override
  public String putIfAbsent(String name, String value) {
    return database.write(
        statements -> {
          SettingMapper mapper = statements.getMapper(SettingMapper.class);
          mapper.putIfAbsent(name, value);
          return Objects.requireNonNull(mapper.value(name));
        });
  }
}
