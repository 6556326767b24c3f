package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jarvis.api.persistence.AttemptStore.StoredAttempts;

/** The table {@code attempt}. */
interface AttemptMapper {
  @Select("SELECT key, count, last FROM attempt ORDER BY last DESC, key LIMIT #{limit}")
  List<StoredAttempts> latest(@Param("limit") int limit);

  @Insert(
      """
      INSERT INTO attempt (key, count, last) VALUES (#{key}, #{count}, #{last})
      ON CONFLICT (key) DO UPDATE SET count = excluded.count, last = excluded.last
      """)
  int put(StoredAttempts attempts);

  @Delete("DELETE FROM attempt WHERE key = #{key}")
  int delete(@Param("key") String key);

  @Delete("DELETE FROM attempt WHERE last < #{moment}")
  int deleteBefore(@Param("moment") Instant moment);
}
