package org.jarvis.persistence.sqlite;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.session.SqlSession;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.persistence.StoredAction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps actions in the table {@code action}. */
@Component
public final class SqliteActionJournal implements ActionJournal {
  private final Database database;

  @Activate
  public SqliteActionJournal(@Reference Database database) {
    this.database = database;
  }

  @Override
  public Optional<Long> record(
      StoredAction next, long expectedRevision, @Nullable AuditEntry audit, NewEvent event) {
    if (next.revision() != expectedRevision + 1) {
      throw new JarvisException(
          ErrorCode.INTERNAL,
          "Action %s cannot go from revision %d to %d: each step adds one."
              .formatted(next.id(), expectedRevision, next.revision()));
    }
    return database.write(
        statements -> {
          if (!replace(statements, next, expectedRevision)) {
            return Optional.empty();
          }
          if (audit != null) {
            AuditTrail.append(statements, audit);
          }
          return Optional.of(EventSequence.append(statements, List.of(event)));
        });
  }

  private static boolean replace(SqlSession statements, StoredAction next, long expectedRevision) {
    ActionMapper mapper = statements.getMapper(ActionMapper.class);
    int changed =
        expectedRevision == 0 ? mapper.insert(next) : mapper.replace(next, expectedRevision);
    return changed == 1;
  }

  @Override
  public Optional<StoredAction> find(String id) {
    return database.read(
        statements -> Optional.ofNullable(statements.getMapper(ActionMapper.class).find(id)));
  }

  @Override
  public Optional<StoredAction> findByApproval(String approvalId) {
    return database.read(
        statements ->
            Optional.ofNullable(
                statements.getMapper(ActionMapper.class).findByApproval(approvalId)));
  }

  @Override
  public List<StoredAction> recent(int limit) {
    return database.read(
        statements -> statements.getMapper(ActionMapper.class).recent(Math.max(0, limit)));
  }

  @Override
  public List<StoredAction> inState(String state) {
    return database.read(statements -> statements.getMapper(ActionMapper.class).inState(state));
  }
}
