package org.jarvis.persistence.sqlite;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code preference}. */
interface PreferenceMapper {
  @Select("SELECT json FROM preference WHERE username = #{username} AND key = #{key}")
  @Nullable String value(@Param("username") String username, @Param("key") String key);

  @Update(
      """
      UPDATE preference SET json = #{json}, at = #{at}
      WHERE username = #{username} AND key = #{key}
      """)
  int replace(
      @Param("username") String username,
      @Param("key") String key,
      @Param("json") String json,
      @Param("at") Instant at);

  @Insert(
      """
      INSERT INTO preference (username, key, json, at)
      SELECT #{username}, #{key}, #{json}, #{at}
      WHERE (SELECT count(*) FROM preference WHERE username = #{username}) < #{most}
      """)
  int insert(
      @Param("username") String username,
      @Param("key") String key,
      @Param("json") String json,
      @Param("at") Instant at,
      @Param("most") int most);
}
