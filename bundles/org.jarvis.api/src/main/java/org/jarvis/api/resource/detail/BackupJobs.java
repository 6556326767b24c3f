package org.jarvis.api.resource.detail;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.GuestId;
import org.jspecify.annotations.Nullable;

/**
 * The backup jobs of a cluster, and the guests that none of them covers.
 *
 * @param jobs the jobs
 * @param uncovered guests in no job; {@code null} when it could not be read
 */
public record BackupJobs(List<Job> jobs, @Nullable List<GuestId> uncovered) implements Detail {

  /**
   * One job. Which guests it covers follows from {@code all}, {@code guests}, {@code excluded} and
   * {@code pool}.
   *
   * @param id its id
   * @param enabled whether it runs
   * @param schedule when, as a calendar event of systemd
   * @param storage where to
   * @param mode {@code snapshot}, {@code suspend} or {@code stop}
   * @param all whether it covers all guests
   * @param guests the guests it names
   * @param excluded the guests it leaves out
   * @param pool the pool it covers
   * @param node only guests on this node
   * @param next when it runs next
   * @param comment what people wrote about it
   */
  public record Job(
      String id,
      boolean enabled,
      @Nullable String schedule,
      @Nullable String storage,
      @Nullable String mode,
      boolean all,
      List<GuestId> guests,
      List<GuestId> excluded,
      @Nullable String pool,
      @Nullable String node,
      @Nullable Instant next,
      @Nullable String comment) {
    /** Keeps the collections from changing. */
    public Job {
      guests = List.copyOf(guests);
      excluded = List.copyOf(excluded);
    }
  }

  /** Keeps the collections from changing. */
  public BackupJobs {
    jobs = List.copyOf(jobs);
    uncovered = uncovered == null ? null : List.copyOf(uncovered);
  }

  @Override
  public Aspect aspect() {
    return Aspect.BACKUP_JOBS;
  }
}
