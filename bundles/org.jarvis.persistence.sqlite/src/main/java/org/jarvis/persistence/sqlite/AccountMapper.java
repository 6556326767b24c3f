package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AccountStore.KnownBrowser;
import org.jarvis.api.persistence.AccountStore.StoredSession;
import org.jspecify.annotations.Nullable;

/** The tables {@code account}, {@code session} and {@code browser}. */
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

  @Select(
      """
      SELECT id, cookie_hash, csrf_token, username, address, created_at, last_used_at, expires_at
      FROM session WHERE username = #{username} AND expires_at >= #{now}
      ORDER BY created_at DESC, id
      """)
  List<StoredSession> sessions(@Param("username") String username, @Param("now") Instant now);

  @Select(
      """
      SELECT id FROM session
      WHERE username = #{username} AND id IS NOT #{kept}
      ORDER BY created_at DESC, id
      """)
  List<String> otherSessions(
      @Param("username") String username, @Param("kept") @Nullable String keptSession);

  @Update("UPDATE account SET password_hash = #{passwordHash} WHERE username = #{username}")
  int changePassword(
      @Param("username") String username, @Param("passwordHash") String passwordHash);

  @Select("SELECT username, password_hash, created_at FROM account ORDER BY username")
  List<Account> accounts();

  @Insert(
      """
      INSERT OR REPLACE INTO browser (cookie_hash, username, last_seen_at)
      VALUES (#{cookieHash}, #{username}, #{lastSeenAt})
      """)
  int putBrowser(KnownBrowser browser);

  @Delete(
      """
      DELETE FROM browser WHERE cookie_hash IN (
        SELECT cookie_hash FROM browser WHERE username = #{username}
        ORDER BY last_seen_at DESC LIMIT -1 OFFSET #{most})
      """)
  int deleteBrowsersPast(@Param("username") String username, @Param("most") int most);

  @Select(
      """
      SELECT cookie_hash, username, last_seen_at
      FROM browser WHERE cookie_hash = #{cookieHash}
      """)
  @Nullable KnownBrowser browser(@Param("cookieHash") String cookieHash);

  @Delete("DELETE FROM browser WHERE cookie_hash = #{cookieHash}")
  int deleteBrowser(@Param("cookieHash") String cookieHash);

  @Delete("DELETE FROM browser WHERE username = #{username}")
  int deleteBrowsersOf(@Param("username") String username);

  @Delete("DELETE FROM browser WHERE last_seen_at < #{moment}")
  int deleteBrowsersBefore(@Param("moment") Instant moment);
}
