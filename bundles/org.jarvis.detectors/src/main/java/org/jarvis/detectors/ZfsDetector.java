package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jspecify.annotations.Nullable;

/** Whether the ZFS pools are whole, without errors, and scrubbed now and then. */
final class ZfsDetector implements BuiltIn {
  /** A disk of a pool is missing. */
  static final ProblemKind DEGRADED =
      KindDraft.of(
              "zfs-degraded",
              "ZFS pool not whole",
              Severity.CRITICAL,
              "A disk of the pool is missing or broken, so one more may lose data, or the pool"
                  + " cannot be used at all.")
          .needs(Aspect.ZFS)
          .unmended(
              "A disk has to be looked at or replaced by hand: zpool status on the node names it,"
                  + " zpool replace puts another in its place.");

  /** There were errors. */
  static final ProblemKind ERRORS =
      KindDraft.of(
              "zfs-errors",
              "ZFS pool with errors",
              Severity.WARNING,
              "The pool has met errors of reading, writing or checksums; one of its disks, cables"
                  + " or memory may be about to fail.")
          .needs(Aspect.ZFS)
          .mended();

  /** Nobody has looked for errors for long. */
  static final ProblemKind OVERDUE =
      KindDraft.of(
              "zfs-scrub-overdue",
              "ZFS scrub overdue",
              Severity.WARNING,
              "The pool was not read through for errors for a good while, so damage may wait there"
                  + " unseen until it is too late to mend it.")
          .needs(Aspect.ZFS)
          .limit("days", "Days since the last scrub from which on it is told", "days", 40, 1, 3_650)
          .limit(
              Gauge.WARNING, "Days since the last scrub that are a warning", "days", 100, 1, 3_650)
          .mended();

  private static final Set<String> BROKEN =
      Set.of("DEGRADED", "FAULTED", "UNAVAIL", "SUSPENDED", "OFFLINE", "REMOVED");
  private static final Pattern POOL = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]{0,62}");
  private static final String RUNNING = "in progress";

  @Override
  public List<ProblemKind> kinds() {
    return List.of(DEGRADED, ERRORS, OVERDUE);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), ZfsPools.class)
          .ifPresent(
              told -> {
                for (ZfsPools.Pool pool : told.pools()) {
                  judge(situation, node, pool, findings);
                }
              });
    }
    return findings;
  }

  private static void judge(
      Situation situation, Node node, ZfsPools.Pool pool, List<Finding> findings) {
    String state = pool.state() == null ? pool.health() : pool.state();
    if (state != null && BROKEN.contains(state.toUpperCase(Locale.ROOT))) {
      findings.add(degraded(node, pool, state));
    }
    Long errors = pool.errors();
    if (errors != null && errors > 0) {
      findings.add(errors(node, pool, errors));
    }
    Instant scrubbed = pool.scrubbedAt();
    if (scrubbed != null && !isScrubbing(pool)) {
      Finding overdue = overdue(situation, node, pool, scrubbed);
      if (overdue != null) {
        findings.add(overdue);
      }
    }
  }

  private static boolean isScrubbing(ZfsPools.Pool pool) {
    return pool.scan() != null && pool.scan().contains(RUNNING);
  }

  private static String label(Node node, ZfsPools.Pool pool) {
    return "The pool " + Words.name(pool.name()) + " of " + node.name();
  }

  private static Sight scan(Sight sight, ZfsPools.Pool pool) {
    return pool.scan() == null ? sight : sight.evidence("Last scan", Words.said(pool.scan()));
  }

  private static Finding degraded(Node node, ZfsPools.Pool pool, String state) {
    String word = Words.name(state);
    Sight sight =
        Sight.of(
            DEGRADED,
            node.ref(),
            Words.name(pool.name()),
            Severity.CRITICAL,
            label(node, pool) + " is " + word + ": a disk of it is missing or broken.");
    sight.evidence("State of the pool", word);
    if (pool.errors() != null) {
      sight.evidence("Errors", Words.count(pool.errors(), "error"));
    }
    return scan(sight, pool).finding();
  }

  private static Finding errors(Node node, ZfsPools.Pool pool, long errors) {
    Sight sight =
        Sight.of(
            ERRORS,
            node.ref(),
            Words.name(pool.name()),
            Severity.WARNING,
            label(node, pool) + " reports " + Words.count(errors, "error") + ".");
    sight.evidence("Errors", Words.count(errors, "error"));
    scan(sight, pool);
    // A missing disk counts errors, too: one cause.
    sight.because(new Finding.Identity(DEGRADED.id(), node.ref(), Words.name(pool.name())));
    return scrubbed(
        sight,
        node,
        pool,
        "It mends what other disks still hold whole, and shows what"
            + " is lost. The count itself is reset on the node by zpool clear.");
  }

  private static @Nullable Finding overdue(
      Situation situation, Node node, ZfsPools.Pool pool, Instant scrubbed) {
    double days = Duration.between(scrubbed, situation.now()).toHours() / 24.0;
    if (days < situation.limit(OVERDUE, "days")) {
      return null;
    }
    Sight sight =
        Sight.of(
            OVERDUE,
            node.ref(),
            Words.name(pool.name()),
            days >= situation.limit(OVERDUE, Gauge.WARNING) ? Severity.WARNING : Severity.INFO,
            label(node, pool) + " was last scrubbed " + Words.ago(scrubbed, situation.now()) + ".");
    sight.evidence("Last scrub", Words.ago(scrubbed, situation.now()), scrubbed);
    return scrubbed(
        sight,
        node,
        pool,
        "The pool is read through and mended where another disk still holds what is damaged; it is"
            + " slower meanwhile.");
  }

  private static Finding scrubbed(Sight sight, Node node, ZfsPools.Pool pool, String why) {
    if (POOL.matcher(pool.name()).matches() && !isScrubbing(pool)) {
      sight.remedy(
          Remedy.of(
              "scrub",
              "Scrub " + Words.name(pool.name()) + " on " + node.name(),
              why,
              Fix.node(
                  "start_zfs_scrub", node.cluster(), node.node(), Map.of("pool", pool.name()))));
    }
    return sight.finding(
        isScrubbing(pool)
            ? "A scrub or a resilver is in progress; wait for its end."
            : "Its name is not one that can be scrubbed from here; run zpool scrub on its node.");
  }
}
