package org.jarvis.persistence.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.TokenStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps bearer tokens in the table {@code token}. */
@Component
public final class SqliteTokenStore implements TokenStore {
  private final Database database;

  @Activate
  public SqliteTokenStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public void add(StoredToken token, AuditEntry audit) {
    WellFormedText.require(token.username(), "user name");
    TokenMapper.Row row = TokenMapper.Row.of(token);
    database.write(
        statements -> {
          statements.getMapper(TokenMapper.class).insert(row);
          return AuditTrail.append(statements, audit);
        });
  }

  @Override
  public Optional<StoredToken> find(String hash) {
    return database.read(
        statements ->
            Optional.ofNullable(statements.getMapper(TokenMapper.class).find(hash))
                .map(TokenMapper.Row::asToken));
  }

  @Override
  public List<StoredToken> of(String username) {
    if (!WellFormedText.isWellFormed(username)) {
      return List.of();
    }
    return database.read(
        statements ->
            statements.getMapper(TokenMapper.class).of(username).stream()
                .map(TokenMapper.Row::asToken)
                .toList());
  }

  @Override
  public void touch(String id, Instant lastUsedAt) {
    database.write(statements -> statements.getMapper(TokenMapper.class).touch(id, lastUsedAt));
  }

  @Override
  public List<String> remove(String username, String id, Function<List<String>, AuditEntry> audit) {
    if (!WellFormedText.isWellFormed(username)) {
      return List.of();
    }
    return database.write(
        statements -> {
          TokenMapper tokens = statements.getMapper(TokenMapper.class);
          List<String> lineage = List.copyOf(tokens.lineage(username, id));
          if (!lineage.isEmpty()) {
            lineage.forEach(tokens::delete);
            AuditTrail.append(statements, audit.apply(lineage));
          }
          return lineage;
        });
  }

  @Override
  public int removeExpired(Instant before) {
    return database.write(
        statements -> statements.getMapper(TokenMapper.class).deleteExpired(before));
  }
}
