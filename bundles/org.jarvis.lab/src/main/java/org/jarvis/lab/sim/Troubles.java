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
    /** A storage has filled for some days and goes on so; the subject is its name. */
    STORAGE_FILLING,
    /** A disk fails; the subject is {@code node/device}. */
    DISK_FAILING,
    /** The ZFS pool of a node lost a disk; the subject is the node. */
    POOL_DEGRADED,
    /** A replication job fails; the subject is its id. */
    REPLICATION_FAILING,
    /** A node's API daemon does not answer; the subject is the node. */
    API_DOWN,
    /** The cluster has Ceph; the subject is its health. */
    CEPH,
    /** A host accepts SSH connections and says nothing; the subject is the host. */
    SSH_SILENT,
    /** Nobody listens for SSH; the subject is the host. */
    SSH_REFUSED,
    /** A host has another host key; the subject is the host. */
    HOST_KEY_CHANGED,
    /** Commands begin and never end; the subject is the host. */
    COMMANDS_HANG,
    /** A node has no lm-sensors; the subject is the node. */
    SENSORS_MISSING,
    /** What a node's chips measure makes no sense; the subject is the node. */
    SENSORS_NONSENSE,
    /** Nothing that could be understood is told of a node; the subject is the node. */
    NODE_UNTOLD,
    /** A node is too hot; the subject is the node. */
    NODE_HOT,
    /** What runs on a node wants all of its processors; the subject is the node. */
    NODE_CPU_HIGH,
    /** What runs on a node wants all of its memory; the subject is the node. */
    NODE_MEMORY_HIGH,
    /** A node's root file system is nearly full; the subject is the node. */
    NODE_ROOT_FULL,
    /** The thin pool of a node is nearly full; the subject is the node. */
    THIN_POOL_FULL,
    /** A storage cannot be used on a node; the subject is {@code node/storage}. */
    STORAGE_UNAVAILABLE,
    /** A virtual machine stands still, since its disk failed; the subject is its number. */
    GUEST_IO_ERROR,
    /** Nothing is left of a guest's backups; the subject is its number. */
    NO_BACKUP,
    /** A guest's backups are a month older than they were; the subject is its number. */
    BACKUPS_OLD,
    /** No backup job covers a guest; the subject is its number. */
    NOT_IN_A_JOB,
    /** High availability gave up a guest; the subject is its number. */
    HA_ERROR,
    /** A disk of a node's ZFS pool delivers what it was not given; the subject is the node. */
    POOL_ERRORS,
    /** A node's ZFS pool was not scrubbed for two months; the subject is the node. */
    SCRUB_OVERDUE,
    /** A disk is worn out; the subject is the node followed by the device. */
    DISK_WORN,
    /** A node's certificate expires soon; the subject is the node. */
    CERTIFICATE_EXPIRING,
    /** Fixes of security wait on a node; the subject is the node. */
    SECURITY_UPDATES,
    /** The clock of one node is ahead; the subject is the node. */
    CLOCK_SKEWED
  }

  private record Trouble(Kind kind, String subject) {}

  private final Map<Trouble, Instant> since = new ConcurrentHashMap<>();
  private volatile Runnable watcher = () -> {};

  /**
   * Who is to be told when something begins or ends; it is called without any lock of a cluster.
   */
  public void watchedBy(Runnable newWatcher) {
    watcher = newWatcher;
  }

  void changed() {
    watcher.run();
  }

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
