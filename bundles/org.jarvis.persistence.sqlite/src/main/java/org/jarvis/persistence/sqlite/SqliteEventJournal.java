package org.jarvis.persistence.sqlite;

import java.util.List;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.NewEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps events in the table {@code event}. */
@Component
public final class SqliteEventJournal implements EventJournal {
  private final Database database;

  @Activate
  public SqliteEventJournal(@Reference Database database) {
    this.database = database;
  }

  @Override
  public long append(List<NewEvent> events) {
    List<NewEvent> unchanging = List.copyOf(events);
    return unchanging.isEmpty()
        ? head()
        : database.write(statements -> EventSequence.append(statements, unchanging));
  }

  @Override
  public List<RecordedEvent> after(long seq, int limit) {
    return database.read(
        statements -> statements.getMapper(EventMapper.class).after(seq, Math.max(0, limit)));
  }

  @Override
  public long head() {
    return database.read(statements -> EventSequence.head(statements.getMapper(EventMapper.class)));
  }
}
