package org.jarvis.api.problem;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What a detector may judge Jarvis itself by, at one moment. */
@ProviderType
public interface OwnSituation {
  /** The moment. */
  Instant now();

  /** How the parts of Jarvis say that they are. */
  List<ComponentHealth> health();

  /** The free space where Jarvis keeps its data; {@code null} where that cannot be told. */
  @Nullable Bytes diskFree();

  /** The size of the file system there; {@code null} where that cannot be told. */
  @Nullable Bytes diskTotal();

  /**
   * A limit as the operator set it.
   *
   * @throws IllegalArgumentException where the kind has no such limit
   */
  double limit(ProblemKind kind, String name);

  /** Whether this problem is open now. */
  boolean isOpen(Finding.Identity problem);
}
