package org.jarvis.persistence.sqlite;

import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The table {@code changelog}, which every database has. */
interface ChangelogMapper {
  /** Changes nothing, but goes all the way to the disk. */
  @Update("UPDATE changelog SET id = id WHERE id = 1")
  int rewriteFirst();

  /** How many changes were made to the schema, at least one. */
  @Select("SELECT count(*) FROM changelog")
  int count();
}
