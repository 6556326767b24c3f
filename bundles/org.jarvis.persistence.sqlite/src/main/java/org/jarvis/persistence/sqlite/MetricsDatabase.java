package org.jarvis.persistence.sqlite;

/**
 * The open {@code metrics.db}, as a service of its own type: nobody who asks for a {@link Database}
 * may get it in place of {@code jarvis.db}.
 */
record MetricsDatabase(Database database) {}
