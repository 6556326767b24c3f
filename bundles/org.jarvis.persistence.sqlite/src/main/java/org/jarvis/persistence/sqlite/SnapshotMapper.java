package org.jarvis.persistence.sqlite;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jarvis.api.persistence.SnapshotStore.StoredSnapshot;

/** The table {@code snapshot}. */
interface SnapshotMapper {
  @Select("SELECT cluster, at, document FROM snapshot ORDER BY cluster")
  List<StoredSnapshot> all();

  @Insert(
      """
      INSERT INTO snapshot (cluster, at, document) VALUES (#{cluster}, #{at}, #{document})
      ON CONFLICT (cluster) DO UPDATE SET at = excluded.at, document = excluded.document
      """)
  int put(StoredSnapshot snapshot);

  @Delete("DELETE FROM snapshot WHERE cluster = #{cluster}")
  int delete(@Param("cluster") String cluster);
}
