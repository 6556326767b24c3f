package org.jarvis.core.action;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records who observed what in grouped batches, so that observing never waits for the disk. */
final class ObservationAudit {
  private static final Logger LOG = LoggerFactory.getLogger(ObservationAudit.class);
  private static final int MAX_GROUPS = 1_000;

  private final Clock clock;
  private final ServiceSlot<AuditLog> log;
  private Map<Group, Integer> counts = new TreeMap<>();

  ObservationAudit(Clock clock, ServiceSlot<AuditLog> log) {
    this.clock = clock;
    this.log = log;
  }

  void observed(ActionRequest request) {
    add(
        new Group(
            request.principal().name() + " (" + request.principal().kind().word() + ")",
            request.origin().word(),
            request.tool()),
        1);
  }

  private synchronized void add(Group group, int times) {
    if (counts.size() < MAX_GROUPS || counts.containsKey(group)) {
      counts.merge(group, times, Integer::sum);
    }
  }

  /** Writes what came together since the last time. Called by a timer. */
  void flush() {
    Map<Group, Integer> batch = take();
    batch.forEach(
        (group, count) -> {
          try {
            log.require()
                .append(
                    new AuditEntry(
                        clock.instant(),
                        group.actor(),
                        group.origin(),
                        "observed",
                        group.tool(),
                        CanonicalJson.of(Map.of("times", count))));
          } catch (JarvisException unavailable) {
            LOG.debug("Observations wait to be recorded: {}", unavailable.getMessage());
            add(group, count);
          }
        });
  }

  private synchronized Map<Group, Integer> take() {
    Map<Group, Integer> batch = counts;
    counts = new TreeMap<>();
    return batch;
  }

  private record Group(String actor, String origin, String tool) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      return toString().compareTo(other.toString());
    }
  }
}
