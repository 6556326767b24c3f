package org.jarvis.connector.proxmox;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.detail.Aspect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what a cluster does not show, each kind of it once. Not thread-safe. */
final class MissingLog {
  private static final Logger LOG = LoggerFactory.getLogger(MissingLog.class);

  private final ClusterId cluster;
  private final Set<List<String>> missing = new HashSet<>();
  private final Set<Aspect> incomplete = EnumSet.noneOf(Aspect.class);

  MissingLog(ClusterId cluster) {
    this.cluster = cluster;
  }

  /**
   * Something cannot be read.
   *
   * @param kind the privileges that are missing, or else the aspect
   * @param reason the first one of its kind
   */
  void missing(List<String> kind, String reason) {
    if (missing.add(List.copyOf(kind))) {
      LOG.warn("Cluster {} does not show everything. {}", cluster, reason);
    }
  }

  /** Something was read partly. */
  void incomplete(Aspect aspect, String reason) {
    if (incomplete.add(aspect)) {
      LOG.info("Cluster {} does not show all of {}. {}", cluster, aspect.word(), reason);
    }
  }
}
