package org.jarvis.api.resource.detail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * The replication jobs that start from a node.
 *
 * @param jobs by id
 */
public record ReplicationJobs(List<Job> jobs) implements Detail {

  /**
   * One job.
   *
   * @param id such as {@code 101-0}
   * @param guest the guest
   * @param target where to
   * @param schedule when
   * @param enabled whether it runs
   * @param lastSync when it last succeeded
   * @param next when it runs next
   * @param took how long the last run took
   * @param failures failed runs in a row
   * @param error why the last run failed
   */
  public record Job(
      String id,
      @Nullable GuestId guest,
      @Nullable NodeName target,
      @Nullable String schedule,
      boolean enabled,
      @Nullable Instant lastSync,
      @Nullable Instant next,
      @Nullable Duration took,
      @Nullable Integer failures,
      @Nullable String error) {}

  /** Keeps the collections from changing. */
  public ReplicationJobs {
    jobs = List.copyOf(jobs);
  }

  @Override
  public Aspect aspect() {
    return Aspect.REPLICATION;
  }
}
