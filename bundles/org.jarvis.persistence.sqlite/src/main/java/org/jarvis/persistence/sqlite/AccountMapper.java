package org.jarvis.persistence.sqlite;

import java.time.Instant;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AccountStore.StoredSession;
import org.jspecify.annotations.Nullable;

/** The tables {@code account} and {@code session}. */
interface AccountMapper {
  @Select("SELECT EXISTS (SELECT 1 FROM account)")
  boolean anyAccount();

  @Insert(
      """
      INSERT INTO account (username, password_hash, created_at)
      VALUES (#{username}, #{passwordHash}, #{createdAt})
      """)
  int insertAccount(Account account);

  @Select(
      """
      SELECT username, password_hash, created_at
      FROM account WHERE username = #{username}
      """)
  @Nullable Account account(@Param("username") String username);

  @Insert(
      """
      INSERT INTO session (id, cookie_hash, csrf_token, username, address, created_at,
                           last_used_at, expires_at)
      VALUES (#{id}, #{cookieHash}, #{csrfToken}, #{username}, #{address}, #{createdAt},
              #{lastUsedAt}, #{expiresAt})
      """)
  int insertSession(StoredSession session);

  @Select(
      """
      SELECT id, cookie_hash, csrf_token, username, address, created_at, last_used_at, expires_at
      FROM session WHERE cookie_hash = #{cookieHash}
      """)
  @Nullable StoredSession session(@Param("cookieHash") String cookieHash);

  @Update("UPDATE session SET last_used_at = #{lastUsedAt} WHERE id = #{id}")
  int touchSession(@Param("id") String id, @Param("lastUsedAt") Instant lastUsedAt);

  @Delete("DELETE FROM session WHERE id = #{id}")
  int deleteSession(@Param("id") String id);

  @Delete("DELETE FROM session WHERE expires_at < #{moment}")
  int deleteSessionsBefore(@Param("moment") Instant moment);
}
