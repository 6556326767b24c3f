package org.jarvis.persistence.sqlite;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jspecify.annotations.Nullable;

/** The table {@code consent}. */
interface ConsentMapper {
  @Select(
      """
      SELECT sha256, symbolic_name, version, granted, signer, decided_by, decided_at
      FROM consent WHERE sha256 = #{sha256}
      """)
  @Nullable StoredConsent find(@Param("sha256") String sha256);

  @Select(
      """
      SELECT sha256, symbolic_name, version, granted, signer, decided_by, decided_at
      FROM consent ORDER BY decided_at DESC, sha256
      """)
  List<StoredConsent> all();

  @Insert(
      """
      INSERT OR REPLACE INTO consent (sha256, symbolic_name, version, granted, signer, decided_by,
                                      decided_at)
      VALUES (#{sha256}, #{symbolicName}, #{version}, #{granted}, #{signer}, #{decidedBy},
              #{decidedAt})
      """)
  int put(StoredConsent consent);

  @Delete("DELETE FROM consent WHERE sha256 = #{sha256}")
  int delete(@Param("sha256") String sha256);
}
