package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.persistence.TokenStore.StoredToken;
import org.jspecify.annotations.Nullable;

/** The table {@code token}. */
interface TokenMapper {
  @Insert(
      """
      INSERT INTO token (id, name, issued_by_login, hash, username, scopes, audience, created_at,
                         expires_at, last_used_at, parent)
      VALUES (#{id}, #{name}, #{issuedByLogin}, #{hash}, #{username}, #{scopes}, #{audience},
              #{createdAt}, #{expiresAt}, #{lastUsedAt}, #{parent})
      """)
  int insert(Row row);

  @Select(
      """
      SELECT id, name, issued_by_login, hash, username, scopes, audience, created_at,
             expires_at, last_used_at, parent
      FROM token WHERE hash = #{hash}
      """)
  @Nullable Row find(@Param("hash") String hash);

  @Select(
      """
      SELECT id, name, issued_by_login, hash, username, scopes, audience, created_at,
             expires_at, last_used_at, parent
      FROM token WHERE username = #{username} ORDER BY created_at DESC, id
      """)
  List<Row> of(@Param("username") String username);

  @Update("UPDATE token SET last_used_at = #{lastUsedAt} WHERE id = #{id}")
  int touch(@Param("id") String id, @Param("lastUsedAt") Instant lastUsedAt);

  /** A token of an account and all that descend from it; an ancestor comes before what it made. */
  @Select(
      """
      WITH RECURSIVE lineage (id, generation) AS (
        SELECT id, 0 FROM token WHERE id = #{id} AND username = #{username}
        UNION
        SELECT token.id, lineage.generation + 1
        FROM token JOIN lineage ON token.parent = lineage.id WHERE token.id <> #{id})
      SELECT id FROM lineage ORDER BY generation, id
      """)
  List<String> lineage(@Param("username") String username, @Param("id") String id);

  @Delete("DELETE FROM token WHERE id = #{id}")
  int delete(@Param("id") String id);

  @Delete("DELETE FROM token WHERE username = #{username}")
  int deleteOf(@Param("username") String username);

  @Delete("DELETE FROM token WHERE expires_at < #{moment}")
  int deleteExpired(@Param("moment") Instant moment);

  /** A row of {@code token}. */
  record Row(
      String id,
      String name,
      boolean issuedByLogin,
      String hash,
      String username,
      String scopes,
      String audience,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable String parent) {
    static Row of(StoredToken token) {
      return new Row(
          token.id(),
          token.name(),
          token.issuedByLogin(),
          token.hash(),
          token.username(),
          token.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(" ")),
          token.audience().word(),
          token.createdAt(),
          token.expiresAt(),
          token.lastUsedAt(),
          token.parent());
    }

    StoredToken asToken() {
      return new StoredToken(
          id,
          name,
          issuedByLogin,
          hash,
          username,
          known(),
          audience.equals(Audience.API.word()) ? Audience.API : Audience.MCP,
          createdAt,
          expiresAt,
          lastUsedAt,
          parent);
    }

    /** A word that this version does not know covers nothing, be it a scope or the audience. */
    private Set<Scope> known() {
      if (Stream.of(Audience.values()).noneMatch(known -> known.word().equals(audience))) {
        return Set.of();
      }
      Set<String> words = Set.of(scopes.split(" "));
      return Stream.of(Scope.values())
          .filter(scope -> words.contains(scope.word()))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
