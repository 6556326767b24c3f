package org.jarvis.detectors;

import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jspecify.annotations.Nullable;

/** By what it is to be seen that a problem is over, in a sentence for each kind. */
final class Endings {
  private Endings() {}

  /** The sentence; empty where what it would tell is not known now. */
  static Optional<String> of(Situation situation, Finding.Identity problem) {
    Resource subject =
        problem.subject() == null ? null : situation.cluster().find(problem.subject()).orElse(null);
    String words =
        subject instanceof Cluster cluster
            ? ofCluster(situation, problem.kind(), cluster)
            : subject instanceof Node node
                ? ofNode(situation, problem, node)
                : subject instanceof Guest guest
                    ? ofGuest(situation, problem, guest)
                    : subject instanceof Storage storage
                        ? ofStorage(problem.kind(), storage)
                        : null;
    return Optional.ofNullable(words).map(Words::summary);
  }

  /** The same of a problem of Jarvis itself. */
  static Optional<String> here(OwnSituation situation, Finding.Identity problem) {
    Bytes free = situation.diskFree();
    if (problem.kind().equals(OwnDetector.DISK_LOW.id())) {
      return Optional.ofNullable(free)
          .map(left -> "Jarvis has " + Words.amount(left) + " left on the disk of its data.");
    }
    return situation.health().stream()
        .filter(part -> Words.name(part.name()).equals(problem.part()))
        .filter(part -> part.status() == ComponentHealth.Status.UP)
        .map(part -> "The part " + problem.part() + " says: " + Words.said(part.detail()))
        .findFirst();
  }

  private static @Nullable String ofCluster(Situation situation, String kind, Cluster cluster) {
    String name = Words.name(cluster.name());
    return switch (kind) {
      case "cluster-unreachable" -> name + " answers again.";
      case "cluster-degraded-source" -> "Every member of " + name + " that is online answers.";
      case "quorum-lost", "quorum-at-risk" -> quorum(name, cluster);
      case "jarvis-clock-wrong" -> "The clocks of Jarvis and of " + name + " agree.";
      case "version-vulnerable" ->
          cluster.version() == null
              ? null
              : name + " runs Proxmox VE " + Words.name(cluster.version()) + ".";
      case "ceph-unwell" ->
          situation
              .fresh(cluster.ref(), CephStatus.class)
              .map(CephStatus::health)
              .map(health -> "Ceph says " + Words.name(health) + ".")
              .orElse(null);
      case "backup-missing" -> "Every guest that should have a backup has one.";
      case "backup-old" -> "Every guest that should have one has a backup that is new enough.";
      case "backup-uncovered" -> "Backup jobs cover every guest that they should.";
      default -> null;
    };
  }

  private static @Nullable String quorum(String name, Cluster cluster) {
    return cluster.votes() == null || cluster.expectedVotes() == null
        ? name + " has quorum."
        : name + " has " + cluster.votes() + " of " + cluster.expectedVotes() + " votes.";
  }

  private static @Nullable String ofNode(Situation situation, Finding.Identity problem, Node node) {
    String part = problem.part();
    return switch (problem.kind()) {
      case "node-offline" -> node.name() + " is online" + since(node) + ".";
      case "node-unknown", "node-silent" -> node.name() + " reports again.";
      case "node-cpu-high" ->
          node.cpu() == null
              ? null
              : "The processors of "
                  + node.name()
                  + " are at "
                  + Words.percent(100 * node.cpu())
                  + ".";
      case "node-memory-high" ->
          share(node.memoryUsed(), node.memoryTotal())
              .map(used -> node.name() + " uses " + used + " of its memory, caches counted.")
              .orElse(null);
      case "node-root-full" ->
          share(node.diskUsed(), node.diskTotal())
              .map(used -> "The root disk of " + node.name() + " is " + used + " full.")
              .orElse(null);
      case "temperature-high" -> "Nothing in " + node.name() + " is too hot there any more.";
      case "clock-skewed" -> "The clocks of " + node.name() + " and of Jarvis agree.";
      case "updates-security" ->
          "None that looks like a security fix waits for " + node.name() + ".";
      case "backup-failed" -> "No guest of " + node.name() + " lacks a good backup since.";
      case "task-failed" -> "No failed task of this kind is left there that anybody could miss.";
      case "task-hanging" -> ended(situation, part);
      case "service-failed" -> service(situation, node, part);
      case "certificate-expiring" -> certificate(situation, node, part);
      case "replication-failing" -> replication(situation, node, part);
      case "disk-failing", "disk-worn" -> disk(situation, node, part);
      case "zfs-degraded", "zfs-errors", "zfs-scrub-overdue" -> pool(situation, node, problem);
      default -> null;
    };
  }

  private static String since(Node node) {
    return node.uptime() == null ? "" : ", and up for " + Words.time(node.uptime());
  }

  private static Optional<String> share(@Nullable Bytes used, @Nullable Bytes total) {
    return used == null || total == null || total.value() == 0
        ? Optional.empty()
        : Optional.of(Words.percent(100.0 * used.value() / total.value()));
  }

  private static @Nullable String ended(Situation situation, String task) {
    return KnownTasks.of(situation).all().stream()
        .filter(known -> known.id().value().equals(task))
        .map(TaskState::exitStatus)
        .filter(Objects::nonNull)
        .map(exit -> "The task has ended: " + Words.unstopped(Words.said(exit)) + ".")
        .findFirst()
        .orElse("The task is at work no more.");
  }

  private static @Nullable String service(Situation situation, Node node, String name) {
    return situation
        .fresh(node.ref(), NodeServices.class)
        .flatMap(
            told ->
                told.services().stream()
                    .filter(service -> Words.name(service.name()).equals(name))
                    .findFirst())
        .map(NodeServices.Service::activeState)
        .map(state -> name + " on " + node.name() + " is " + Words.name(state) + ".")
        .orElse(null);
  }

  private static @Nullable String certificate(Situation situation, Node node, String file) {
    return situation
        .fresh(node.ref(), NodeCertificates.class)
        .flatMap(
            told ->
                told.certificates().stream()
                    .filter(one -> Words.name(one.file()).equals(file))
                    .findFirst())
        .map(NodeCertificates.Certificate::validUntil)
        .map(until -> file + " is valid until " + until.atZone(ZoneOffset.UTC).toLocalDate() + ".")
        .orElse(null);
  }

  private static @Nullable String replication(Situation situation, Node node, String job) {
    return situation
        .fresh(node.ref(), ReplicationJobs.class)
        .flatMap(
            told ->
                told.jobs().stream().filter(one -> Words.name(one.id()).equals(job)).findFirst())
        .map(
            one ->
                one.enabled()
                    ? "Job "
                        + job
                        + (one.lastSync() == null
                            ? " does not fail."
                            : " succeeded " + Words.ago(one.lastSync(), situation.now()) + ".")
                    : "Job " + job + " is disabled.")
        .orElse(null);
  }

  private static @Nullable String disk(Situation situation, Node node, String device) {
    return situation
        .fresh(node.ref(), NodeDisks.class)
        .flatMap(
            told ->
                told.disks().stream()
                    .filter(one -> Words.name(one.device()).equals(device))
                    .findFirst())
        .map(
            one ->
                device
                    + ": SMART says "
                    + Words.name(String.valueOf(one.health()))
                    + (one.lifeLeft() == null
                        ? "."
                        : ", " + one.lifeLeft() + " % of its life left."))
        .orElse(device + " is not in " + node.name() + " any more.");
  }

  private static @Nullable String pool(Situation situation, Node node, Finding.Identity problem) {
    ZfsPools.Pool pool =
        situation
            .fresh(node.ref(), ZfsPools.class)
            .flatMap(
                told ->
                    told.pools().stream()
                        .filter(one -> Words.name(one.name()).equals(problem.part()))
                        .findFirst())
            .orElse(null);
    if (pool == null) {
      return null;
    }
    if (problem.kind().equals("zfs-scrub-overdue")) {
      return pool.scrubbedAt() == null
          ? problem.part() + " is being scrubbed."
          : problem.part() + " was scrubbed " + Words.ago(pool.scrubbedAt(), situation.now()) + ".";
    }
    String state = pool.state() == null ? pool.health() : pool.state();
    return problem.part()
        + " is "
        + Words.name(String.valueOf(state))
        + (pool.errors() == null ? "." : ", with " + Words.count(pool.errors(), "error") + ".");
  }

  private static @Nullable String ofGuest(
      Situation situation, Finding.Identity problem, Guest guest) {
    String name = Words.guest(guest);
    boolean runs = guest.status() == Guest.Status.RUNNING;
    return switch (problem.kind()) {
      case "guest-crashed" ->
          runs
              ? name
                  + " runs again"
                  + (guest.uptime() == null ? "." : ", for " + Words.time(guest.uptime()) + ".")
              : situation
                  .stop(guest)
                  .map(stop -> name + " is off: " + Words.said(stop.cause().explanation()) + ".")
                  .orElse(name + " is " + guest.status().word() + ".");
      case "guest-locked" ->
          guest.lock() == null
              ? name + " is locked no more."
              : "A task is at work on " + name + ".";
      case "guest-error" -> runs ? name + " runs." : name + " is " + guest.status().word() + ".";
      case "guest-agent-silent" ->
          runs ? "The agent of " + name + " answers." : name + " is " + guest.status().word() + ".";
      case "guest-disk-full" -> "There is room again on " + problem.part() + " of " + name + ".";
      case "ha-error" ->
          situation
              .fresh(situation.cluster().cluster().ref(), HighAvailability.class)
              .flatMap(
                  told ->
                      told.services().stream()
                          .filter(service -> guest.id().equals(service.guest()))
                          .findFirst())
              .map(HighAvailability.Service::state)
              .map(state -> "High availability says of " + name + ": " + Words.name(state) + ".")
              .orElse("High availability manages " + name + " no more.");
      case "backup-failed" -> name + " has a good backup since.";
      default -> null;
    };
  }

  private static @Nullable String ofStorage(String kind, Storage storage) {
    String label = StorageGroups.label(storage);
    return kind.equals("storage-unavailable")
        ? label + " can be used again."
        : share(storage.used(), storage.total())
            .map(used -> label + " is " + used + " full.")
            .orElse(null);
  }
}
