package org.jarvis.persistence.sqlite;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.persistence.ProblemStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps problems in the table {@code problem}; {@link Retention} removes what ended long ago. */
@Component
public final class SqliteProblemStore implements ProblemStore {
  private final Database database;

  @Activate
  public SqliteProblemStore(@Reference Database database) {
    this.database = database;
  }

  @Override
  public void put(List<StoredProblem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    database.write(
        statements -> {
          ProblemMapper mapper = statements.getMapper(ProblemMapper.class);
          return problems.stream().mapToInt(mapper::put).sum();
        });
  }

  @Override
  public List<StoredProblem> open() {
    return database.read(statements -> statements.getMapper(ProblemMapper.class).open());
  }

  @Override
  public List<StoredProblem> resolved(int limit) {
    return database.read(
        statements -> statements.getMapper(ProblemMapper.class).resolved(Math.max(0, limit)));
  }

  @Override
  public Optional<StoredProblem> find(String id) {
    return database.read(
        statements -> Optional.ofNullable(statements.getMapper(ProblemMapper.class).find(id)));
  }
}
