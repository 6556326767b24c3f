package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jspecify.annotations.Nullable;

/** Whether replication and high availability do what they are there for. */
final class AvailabilityDetector implements BuiltIn {
  /** A replication job fails. */
  static final ProblemKind REPLICATION =
      KindDraft.of(
              "replication-failing",
              "Replication fails",
              Severity.WARNING,
              "A replication job fails, so the copy on the other node grows old and what was"
                  + " changed since would be lost with this node.")
          .needs(Aspect.REPLICATION)
          .lasting(Duration.ofMinutes(10), Duration.ZERO)
          .limit("failures", "Failed runs in a row from which on it is raised", "runs", 1, 1, 100)
          .mended();

  /** High availability has given a guest up. */
  static final ProblemKind HA_ERROR =
      KindDraft.of(
              "ha-error",
              "High availability gave up",
              Severity.CRITICAL,
              "High availability failed with this guest and leaves it alone: it neither starts it"
                  + " nor moves it when its node dies.")
          .needs(Aspect.HIGH_AVAILABILITY)
          .mended();

  private static final Pattern JOB = Pattern.compile("[1-9][0-9]{2,8}-[0-9]{1,9}");

  @Override
  public List<ProblemKind> kinds() {
    return List.of(REPLICATION, HA_ERROR);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), ReplicationJobs.class)
          .ifPresent(
              told -> {
                for (ReplicationJobs.Job job : told.jobs()) {
                  Finding failing = failing(situation, node, job);
                  if (failing != null) {
                    findings.add(failing);
                  }
                }
              });
    }
    situation
        .fresh(situation.cluster().cluster().ref(), HighAvailability.class)
        .ifPresent(
            told -> {
              for (HighAvailability.Service service : told.services()) {
                Finding error = error(situation, service);
                if (error != null) {
                  findings.add(error);
                }
              }
            });
    return findings;
  }

  private static @Nullable Finding failing(
      Situation situation, Node node, ReplicationJobs.Job job) {
    int failures = job.failures() == null ? 0 : job.failures();
    int counted = failures == 0 && job.error() != null ? 1 : failures;
    if (!job.enabled() || counted == 0 || counted < situation.limit(REPLICATION, "failures")) {
      return null;
    }
    Guest guest = job.guest() == null ? null : situation.cluster().guests().get(job.guest());
    String whose = guest == null ? "job " + Words.name(job.id()) : Words.guest(guest);
    String error = job.error() == null ? "no reason is told" : Words.said(job.error());
    Sight sight =
        Sight.of(
            REPLICATION,
            node.ref(),
            Words.name(job.id()),
            Severity.WARNING,
            "Replication of "
                + whose
                + " from "
                + node.name()
                + (job.target() == null ? "" : " to " + job.target())
                + " has failed "
                + Words.count(counted, "time")
                + ": "
                + Words.unstopped(error)
                + ".");
    sight.evidence("Last failure", error, node.observation().at());
    sight.evidence(
        "Last success",
        job.lastSync() == null ? "none is known" : Words.ago(job.lastSync(), situation.now()),
        job.lastSync());
    sight.affecting(guest == null ? List.of() : List.of(guest.ref()));
    sight.because(targetOffline(situation, job.target()));
    if (JOB.matcher(job.id()).matches()) {
      sight.remedy(
          Remedy.of(
              "run",
              "Run the replication now",
              "It is tried again at once; where the reason lasts, it fails again and tells so.",
              Fix.node("run_replication", node.cluster(), node.node(), Map.of("job", job.id()))));
    }
    return sight.finding("Its id is not one of Proxmox VE; look at the job on its node.");
  }

  private static Finding.@Nullable Identity targetOffline(
      Situation situation, @Nullable NodeName target) {
    Node node = target == null ? null : situation.cluster().nodes().get(target);
    return node != null && node.status() == Node.Status.OFFLINE
        ? new Finding.Identity(NodeDetector.OFFLINE.id(), node.ref(), "")
        : null;
  }

  private static @Nullable Finding error(Situation situation, HighAvailability.Service service) {
    if (!"error".equals(service.state()) || service.guest() == null) {
      return null;
    }
    Guest guest = situation.cluster().guests().get(service.guest());
    if (guest == null) {
      return null;
    }
    ResourceRef ref = guest.ref();
    return Sight.of(
            HA_ERROR,
            ref,
            Severity.CRITICAL,
            "High availability has given up "
                + Words.guest(guest)
                + (service.description() == null
                    ? "."
                    : ": " + Words.unstopped(Words.said(service.description())) + "."))
        .evidence(
            "State",
            "error"
                + (service.requested() == null
                    ? ""
                    : ", wanted " + Words.name(service.requested())),
            guest.observation().at())
        .remedy(
            Remedy.of(
                "reset",
                "Let high availability look after " + Words.name(guest.name()) + " again",
                "Its service is disabled, which stops the guest where it still runs, and asked for"
                    + " anew; look first why it failed, or it will again.",
                Fix.onGuest("reset_ha_service", guest, Map.of())))
        .finding();
  }
}
