package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditRecord;
import org.jspecify.annotations.Nullable;

/** The tables {@code audit} and {@code audit_head}. */
interface AuditMapper {
  @Select("SELECT seq, hash FROM audit_head WHERE only_row = 1")
  @Nullable Head head();

  @Update("UPDATE audit_head SET seq = #{seq}, hash = #{hash} WHERE only_row = 1")
  int moveHead(Head head);

  @Insert(
      """
      INSERT INTO audit (seq, at, actor, origin, activity, subject, detail, hash)
      VALUES (#{seq}, #{entry.at}, #{entry.actor}, #{entry.origin}, #{entry.activity},
              #{entry.subject}, #{entry.detail}, #{hash})
      """)
  int insert(@Param("seq") long seq, @Param("entry") AuditEntry entry, @Param("hash") String hash);

  @Select(
      """
      SELECT seq, at, actor, origin, activity, subject, detail, hash
      FROM audit WHERE seq > #{seq} ORDER BY seq LIMIT #{limit}
      """)
  List<Row> after(@Param("seq") long seq, @Param("limit") int limit);

  @Select(
      """
      SELECT seq, at, actor, origin, activity, subject, detail, hash
      FROM audit ORDER BY seq
      """)
  Cursor<Row> all();

  /** Where the chain ends. */
  record Head(long seq, String hash) {}

  /** A row of {@code audit}. */
  record Row(
      long seq,
      Instant at,
      String actor,
      String origin,
      String activity,
      String subject,
      String detail,
      String hash) {
    AuditEntry entry() {
      return new AuditEntry(at, actor, origin, activity, subject, detail);
    }

    AuditRecord asRecord() {
      return new AuditRecord(seq, entry(), hash);
    }
  }
}
