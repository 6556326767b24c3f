package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps problems. A provider may remove in time what has ended.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}, and then nothing
 * was written. Safe from any thread.
 */
@ConsumerType
public interface ProblemStore {
  /** Stores problems, each replacing the one of its id: all or none. */
  void put(List<StoredProblem> problems);

  /** Those that are open, oldest first. */
  List<StoredProblem> open();

  /** Those that ended last, newest first. */
  List<StoredProblem> resolved(int limit);

  /** One problem. */
  Optional<StoredProblem> find(String id);

  /**
   * A problem as it is kept.
   *
   * @param id its id
   * @param kind the id of its kind
   * @param subject the address of its resource, {@code null} for Jarvis itself
   * @param since when it began
   * @param resolvedAt when it ended, {@code null} while it is open
   * @param document all of it as JSON
   */
  record StoredProblem(
      String id,
      String kind,
      @Nullable String subject,
      Instant since,
      @Nullable Instant resolvedAt,
      String document) {}
}
