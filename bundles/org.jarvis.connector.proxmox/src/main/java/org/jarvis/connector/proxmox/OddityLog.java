package org.jarvis.connector.proxmox;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.resource.ClusterId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what a cluster sent that could not be understood, each thing once. */
final class OddityLog {
  private static final Logger LOG = LoggerFactory.getLogger(OddityLog.class);
  private static final int REMEMBERED = 1000;

  private final ClusterId cluster;
  private final Set<String> logged = new HashSet<>();

  OddityLog(ClusterId cluster) {
    this.cluster = cluster;
  }

  /** Says what is new of these. */
  synchronized void note(List<String> oddities) {
    for (String oddity : oddities) {
      if (logged.size() < REMEMBERED && logged.add(oddity)) {
        LOG.warn("Cluster {} sent something odd: {}", cluster, oddity);
      }
    }
  }
}
