package org.jarvis.persistence.sqlite;

/**
 * The open {@code metrics.db}, as a service of its own type: nobody who asks for a {@link Database}
 * may get it in place of {@code jarvis.db}.
 *
 * @param database the file
 * @param series the numbers of its series
 */
record MetricsDatabase(Database database, SeriesNumbers series) {
  MetricsDatabase(Database database) {
    this(database, new SeriesNumbers(database));
  }
}
