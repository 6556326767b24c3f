package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jarvis.api.persistence.ProblemStore.StoredProblem;
import org.jspecify.annotations.Nullable;

/** The table {@code problem}. */
interface ProblemMapper {
  @Insert(
      """
      INSERT INTO problem (id, kind, subject, since, resolved_at, document)
      VALUES (#{id}, #{kind}, #{subject}, #{since}, #{resolvedAt}, #{document})
      ON CONFLICT (id) DO UPDATE
      SET kind = excluded.kind, subject = excluded.subject, since = excluded.since,
          resolved_at = excluded.resolved_at, document = excluded.document
      """)
  int put(StoredProblem problem);

  @Select(
      """
      SELECT id, kind, subject, since, resolved_at, document
      FROM problem WHERE resolved_at IS NULL ORDER BY since, id
      """)
  List<StoredProblem> open();

  @Select(
      """
      SELECT id, kind, subject, since, resolved_at, document
      FROM problem WHERE resolved_at IS NOT NULL ORDER BY resolved_at DESC, id DESC LIMIT #{limit}
      """)
  List<StoredProblem> resolved(@Param("limit") int limit);

  @Select(
      """
      SELECT id, kind, subject, since, resolved_at, document
      FROM problem WHERE id = #{id}
      """)
  @Nullable StoredProblem find(@Param("id") String id);

  /** Deletes those that ended first, at most so many. */
  @Delete(
      """
      DELETE FROM problem WHERE id IN (
        SELECT id FROM problem WHERE resolved_at < #{moment} ORDER BY resolved_at LIMIT #{most})
      """)
  int deleteResolvedBefore(@Param("moment") Instant moment, @Param("most") int most);

  /** Deletes those that ended before the newest of them, at most so many. */
  @Delete(
      """
      DELETE FROM problem WHERE id IN (
        SELECT id FROM problem WHERE resolved_at IS NOT NULL
        ORDER BY resolved_at DESC, id DESC LIMIT #{most} OFFSET #{kept})
      """)
  int deleteResolvedBeyond(@Param("kept") int kept, @Param("most") int most);
}
