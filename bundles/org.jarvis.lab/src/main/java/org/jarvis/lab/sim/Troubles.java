package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is out of order because a fault says so, and since when: conditions that the figures and the
 * replies show, beyond what is in the state of guests and nodes. Thread-safe.
 */
public final class Troubles {

  /** The conditions, each with what its subject names. */
  public enum Kind {
    /** A guest's root disk is nearly full; the subject is its number. */
    GUEST_DISK_FULL,
    /** A guest's agent does not answer; the subject is its number. */
    AGENT_SILENT,
    /** A storage is nearly full; the subject is its name. */
    STORAGE_FULL,
    /** A disk fails; the subject is {@code node/device}. */
    DISK_FAILING,
    /** The ZFS pool of a node lost a disk; the subject is the node. */
    POOL_DEGRADED,
    /** A replication job fails; the subject is its id. */
    REPLICATION_FAILING,
    /** A node's API daemon does not answer; the subject is the node. */
    API_DOWN,
    /** The cluster has Ceph; the subject is its health. */
    CEPH
  }

  private record Trouble(Kind kind, String subject) {}

  private final Map<Trouble, Instant> since = new ConcurrentHashMap<>();

  void begin(Kind kind, String subject, Instant now) {
    since.putIfAbsent(new Trouble(kind, subject), now);
  }

  void end(Kind kind, String subject) {
    since.remove(new Trouble(kind, subject));
  }

  /** Whether it was so at a moment. */
  public boolean at(Kind kind, String subject, Instant moment) {
    Instant begin = since.get(new Trouble(kind, subject));
    return begin != null && !moment.isBefore(begin);
  }

  /** Since when it is so, empty where it is not. */
  public Optional<Instant> since(Kind kind, String subject) {
    return Optional.ofNullable(since.get(new Trouble(kind, subject)));
  }

  /** Whether it is so now. */
  public boolean on(Kind kind, String subject) {
    return since.containsKey(new Trouble(kind, subject));
  }

  /** What a condition befell. */
  public List<String> subjects(Kind kind) {
    return since.keySet().stream()
        .filter(trouble -> trouble.kind == kind)
        .map(Trouble::subject)
        .sorted()
        .toList();
  }
}
