package org.jarvis.persistence.sqlite;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.MigrationReader;

/**
 * The migration scripts of this bundle, by name: {@code 0001_first_tables.sql} is change 1.
 *
 * <p>They are listed rather than searched for, because a bundle's class path cannot be walked like
 * a folder. A script that was once released is never changed; a new one is added.
 */
final class MigrationScripts implements MigrationLoader {
  /** Those of {@code jarvis.db}. */
  static final MigrationScripts JARVIS =
      in(
          "migrations/",
          List.of(
              "0001_first_tables.sql",
              "0002_accounts_preferences_and_more.sql",
              "0003_audience_of_tokens.sql",
              "0004_problems.sql",
              "0005_conversations.sql"));

  /** Those of {@code metrics.db}. */
  static final MigrationScripts METRICS =
      in(
          "migrations/metrics/",
          List.of("0001_series_and_samples.sql", "0002_history_in_grains.sql"));

  private final String folder;
  private final List<String> names;

  private MigrationScripts(String folder, List<String> names) {
    this.folder = folder;
    this.names = names;
  }

  static MigrationScripts in(String folder, List<String> names) {
    return new MigrationScripts(folder, List.copyOf(names));
  }

  /** The number of the newest change. */
  long newest() {
    return names.stream().mapToLong(MigrationScripts::number).max().orElse(0);
  }

  @Override
  public List<Change> getMigrations() {
    // The operation sorts the list in place.
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Change change = new Change(BigDecimal.valueOf(number(name)));
      change.setFilename(name);
      change.setDescription(
          name.substring(name.indexOf('_') + 1, name.lastIndexOf('.')).replace('_', ' '));
      changes.add(change);
    }
    return changes;
  }

  @Override
  public Reader getScriptReader(Change change, boolean undo) {
    InputStream script = MigrationScripts.class.getResourceAsStream(folder + change.getFilename());
    if (script == null) {
      throw new IllegalStateException(
          "The migration " + change.getFilename() + " is missing in the bundle");
    }
    return new MigrationReader(script, StandardCharsets.UTF_8.name(), undo, new Properties());
  }

  /** There is nothing to do before the first change. */
  @Override
  public Reader getBootstrapReader() {
    return new StringReader("");
  }

  /** Nothing is left to clean up after a failure: the transaction is rolled back. */
  @Override
  public Reader getOnAbortReader() {
    return new StringReader("");
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('_')));
  }
}
