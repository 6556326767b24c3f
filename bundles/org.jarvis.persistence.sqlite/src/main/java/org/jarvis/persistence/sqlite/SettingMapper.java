package org.jarvis.persistence.sqlite;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The table {@code setting}. */
interface SettingMapper {
  @Select("SELECT value FROM setting WHERE name = #{name}")
  @Nullable String value(@Param("name") String name);

  @Insert(
      """
      INSERT INTO setting (name, value) VALUES (#{name}, #{value})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """)
  int put(@Param("name") String name, @Param("value") String value);

  @Insert(
      """
      INSERT INTO setting (name, value) VALUES (#{name}, #{value})
      ON CONFLICT (name) DO NOTHING
      """)
  int putIfAbsent(@Param("name") String name, @Param("value") String value);
}
