package org.jarvis.connector.proxmox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;

/**
 * How often an aspect is read.
 *
 * @param wished how often, where the cluster is small enough for it
 * @param attended how often while somebody looks at it
 * @param requests how many requests it usually takes
 */
record Rhythm(Duration wished, Duration attended, int requests) {
  private static final Map<Aspect, Rhythm> ALL = new EnumMap<>(Aspect.class);

  static {
    for (Aspect aspect : Aspect.values()) {
      ALL.put(aspect, make(aspect));
    }
  }

  /** The rhythm of an aspect. */
  static Rhythm of(Aspect aspect) {
    return Objects.requireNonNull(ALL.get(aspect));
  }

  /** The hot lane reads the tasks, and nobody needs to be asked how it is asked. */
  private static Rhythm make(Aspect aspect) {
    return switch (aspect) {
      case CONNECTION, TASKS -> seconds(10, 10, 0);
      case LOG -> seconds(60, 20, 1);
      case BACKUP_JOBS -> minutes(10, 30, 2);
      case HIGH_AVAILABILITY, CEPH -> seconds(60, 15, 1);
      case PRIVILEGES -> minutes(5, 60, 1);
      case SYSTEM -> seconds(60, 10, 1);
      case SERVICES -> minutes(2, 20, 1);
      case DISKS -> minutes(15, 30, 1);
      case ZFS -> minutes(5, 30, 2);
      case REPLICATION -> minutes(5, 30, 1);
      case UPDATES -> minutes(6 * 60, 300, 1);
      case CERTIFICATES -> minutes(12 * 60, 300, 1);
      case RUNTIME -> minutes(5, 10, 1);
      case CONFIGURATION -> minutes(10, 15, 1);
      case AGENT -> minutes(10, 30, 2);
      case SNAPSHOTS -> minutes(15, 20, 1);
      case CONTENT -> minutes(15, 30, 1);
      // Told by the host itself: no request of the cluster's is spent on it.
      case TEMPERATURES -> seconds(30, 30, 0);
    };
  }

  private static Rhythm seconds(int wished, int attended, int requests) {
    return new Rhythm(Duration.ofSeconds(wished), Duration.ofSeconds(attended), requests);
  }

  private static Rhythm minutes(int wished, int attended, int requests) {
    return new Rhythm(Duration.ofMinutes(wished), Duration.ofSeconds(attended), requests);
  }

  /** Whether the slow lane reads it. */
  static boolean rotates(Aspect aspect) {
    return aspect != Aspect.CONNECTION && aspect != Aspect.TASKS && !aspect.isToldByHost();
  }

  /** Whether there are as many of it as there are guests. */
  static boolean growsWithGuests(Aspect aspect) {
    return aspect.kind() == ResourceKind.GUEST;
  }

  /** How many requests a minute it takes to keep to the wish. */
  double demand() {
    return requests * 60.0 / wished.toSeconds();
  }
}
