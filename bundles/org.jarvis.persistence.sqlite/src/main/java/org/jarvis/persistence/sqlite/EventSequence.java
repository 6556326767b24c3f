package org.jarvis.persistence.sqlite;

import java.util.List;
import org.apache.ibatis.session.SqlSession;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.NewEvent;

/**
 * Numbers events and appends them, within the transaction of what they tell about. The counter is a
 * row like any other, so what is rolled back leaves no gap.
 */
final class EventSequence {
  private EventSequence() {}

  /** Returns the number of the last one. */
  static long append(SqlSession statements, List<NewEvent> events) {
    EventMapper mapper = statements.getMapper(EventMapper.class);
    long seq = head(mapper);
    for (NewEvent event : events) {
      seq++;
      mapper.insert(seq, event);
    }
    mapper.moveHead(seq);
    return seq;
  }

  static long head(EventMapper mapper) {
    Long head = mapper.head();
    if (head == null) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s was edited: its counter of events is missing. Stop Jarvis and restore a backup."
              .formatted(DatabaseKind.JARVIS.fileName()));
    }
    return head;
  }
}
