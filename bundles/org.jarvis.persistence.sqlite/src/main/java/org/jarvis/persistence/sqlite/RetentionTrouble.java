package org.jarvis.persistence.sqlite;

import java.util.HashSet;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once why old things could not be removed. Used by one thread. */
final class RetentionTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionTrouble.class);

  private final Set<DatabaseKind> said = new HashSet<>();

  /** Returns whether it was worth a warning. */
  boolean tell(DatabaseKind kind, RuntimeException failure) {
    boolean known =
        failure instanceof JarvisException words && words.code() == ErrorCode.STORAGE_UNAVAILABLE;
    // What is wrong with the storage is in its health.
    if (known || !said.add(kind)) {
      LOG.debug("Nothing old could be removed from {}", kind.fileName(), failure);
      return false;
    }
    LOG.warn(
        "Nothing old can be removed from {}, so it grows; this is tried again from time to time.",
        kind.fileName(),
        failure);
    return true;
  }
}
