package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jarvis.api.persistence.StoredAction;
import org.jspecify.annotations.Nullable;

/** The table {@code action}. */
interface ActionMapper {
  @Insert(
      """
      INSERT INTO action (id, revision, state, approval_id, requested_at, document)
      VALUES (#{id}, #{revision}, #{state}, #{approvalId}, #{requestedAt}, #{document})
      ON CONFLICT (id) DO NOTHING
      """)
  int insert(StoredAction action);

  @Update(
      """
      UPDATE action
      SET revision = #{next.revision}, state = #{next.state}, approval_id = #{next.approvalId},
          requested_at = #{next.requestedAt}, document = #{next.document}
      WHERE id = #{next.id} AND revision = #{expected}
      """)
  int replace(@Param("next") StoredAction next, @Param("expected") long expectedRevision);

  @Select(
      """
      SELECT id, revision, state, approval_id, requested_at, document
      FROM action WHERE id = #{id}
      """)
  @Nullable StoredAction find(@Param("id") String id);

  @Select(
      """
      SELECT id, revision, state, approval_id, requested_at, document
      FROM action WHERE approval_id = #{approvalId}
      """)
  @Nullable StoredAction findByApproval(@Param("approvalId") String approvalId);

  @Select(
      """
      SELECT id, revision, state, approval_id, requested_at, document
      FROM action ORDER BY requested_at DESC, position DESC LIMIT #{limit}
      """)
  List<StoredAction> recent(@Param("limit") int limit);

  @Select(
      """
      SELECT id, revision, state, approval_id, requested_at, document
      FROM action WHERE state = #{state} ORDER BY requested_at, position
      """)
  List<StoredAction> inState(@Param("state") String state);

  /** Deletes the oldest that have ended, at most so many. A state that is not known stays. */
  @Delete(
      """
      DELETE FROM action WHERE position IN (
        SELECT position FROM action
        WHERE requested_at < #{moment}
          AND state IN ('REFUSED', 'SUCCEEDED', 'FAILED', 'REJECTED', 'EXPIRED', 'CANCELLED',
                        'UNKNOWN')
        ORDER BY requested_at LIMIT #{most})
      """)
  int deleteEndedBefore(@Param("moment") Instant moment, @Param("most") int most);
}
