package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.NewEvent;
import org.jspecify.annotations.Nullable;

/** The tables {@code event} and {@code event_head}. */
interface EventMapper {
  @Select("SELECT seq FROM event_head WHERE only_row = 1")
  @Nullable Long head();

  @Update("UPDATE event_head SET seq = #{seq} WHERE only_row = 1")
  int moveHead(@Param("seq") long seq);

  @Insert(
      """
      INSERT INTO event (seq, at, type, subject, summary, data)
      VALUES (#{seq}, #{event.at}, #{event.type}, #{event.subject}, #{event.summary}, #{event.data})
      """)
  int insert(@Param("seq") long seq, @Param("event") NewEvent event);

  @Select(
      """
      SELECT seq, at, type, subject, summary, data
      FROM event WHERE seq > #{seq} ORDER BY seq LIMIT #{limit}
      """)
  List<RecordedEvent> after(@Param("seq") long seq, @Param("limit") int limit);

  /**
   * Looks at so many of the oldest events, up to the first that is young enough, and deletes up to
   * the last too old one among them: what is left has no gap. One from a clock that was far ahead
   * does not keep those that are too old; where nothing is too old nothing goes, even if all seem
   * to come from the future, as they do to a clock that is behind.
   */
  @Delete(
      """
      WITH oldest AS (SELECT seq, at FROM event ORDER BY seq LIMIT #{most})
      DELETE FROM event WHERE seq <= (
        SELECT max(seq) FROM oldest
        WHERE at < #{moment} AND seq < coalesce(
          (SELECT min(seq) FROM oldest WHERE at BETWEEN #{moment} AND #{future}), seq + 1))
      """)
  int deleteOldest(
      @Param("moment") Instant moment, @Param("future") Instant future, @Param("most") int most);
}
