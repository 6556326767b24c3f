package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Scrubs the ZFS pools of nodes. The methods are safe from any thread. */
public final class PoolWork {

  /** How many checksums of a disk that misreads were wrong. */
  public static final int MISREAD = 14;

  private static final Duration OVERDUE = Duration.ofDays(63);

  /** A scrub of a pool that is half empty. */
  public static final Duration LENGTH = Duration.ofSeconds(892);

  /**
   * A scrub that somebody asked for.
   *
   * @param begun when
   * @param ended when it was done or stopped; in the future while it runs
   * @param stopped whether it was stopped
   */
  public record Scrub(Instant begun, Instant ended, boolean stopped) {
    /** How much of it is done, 0 to 1. */
    public double done(Instant now) {
      return Math.min(1, Duration.between(begun, now).toMillis() / (double) LENGTH.toMillis());
    }
  }

  private final SimulatedCluster cluster;
  private final Map<String, Scrub> scrubs = new HashMap<>();

  PoolWork(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** The latest scrub of a node's pool that somebody asked for. */
  public Optional<Scrub> scrub(String node) {
    return cluster.locked(() -> Optional.ofNullable(scrubs.get(node)));
  }

  /** Begins a scrub; false where one runs already. */
  public boolean begin(String node) {
    return cluster.locked(
        () -> {
          Instant now = cluster.agenda().now();
          boolean runs = runs(node, now);
          if (!runs) {
            Scrub scrub = new Scrub(now, now.plus(LENGTH), false);
            scrubs.put(node, scrub);
            cluster.troubles().end(Troubles.Kind.SCRUB_OVERDUE, node);
            cluster.agenda().after(LENGTH, () -> done(node, scrub));
          }
          return !runs;
        });
  }

  /** Stops the scrub that runs; false where none does. */
  public boolean stop(String node) {
    return cluster.locked(
        () -> {
          Instant now = cluster.agenda().now();
          Scrub scrub = scrubs.get(node);
          boolean runs = scrub != null && runs(node, now);
          if (scrub != null && runs) {
            scrubs.put(node, new Scrub(scrub.begun(), now, true));
          }
          return runs;
        });
  }

  /** What it found is mended, unless it was stopped. */
  private void done(String node, Scrub scrub) {
    if (scrub.equals(scrubs.get(node))) {
      cluster.troubles().end(Troubles.Kind.POOL_ERRORS, node);
    }
  }

  /** When the last scrub ended of a pool that waits for one too long; empty for the others. */
  public Optional<Instant> overdueSince(String node) {
    return cluster
        .troubles()
        .since(Troubles.Kind.SCRUB_OVERDUE, node)
        .map(since -> since.minus(OVERDUE));
  }

  private boolean runs(String node, Instant now) {
    Scrub scrub = scrubs.get(node);
    return scrub != null && scrub.ended().isAfter(now);
  }
}
