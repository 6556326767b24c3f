package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.testkit.problem.FakeSituation;
import org.jspecify.annotations.Nullable;

/**
 * What looks like a problem and is meant to be so, beyond nodes that are being worked on: each
 * besides with the like of it that nobody meant.
 */
public final class PlannedStates {
  private static final Instant NOW = House.NOW;
  private static final ResourceRef NAS = ResourceRef.storage(House.ID, House.PVE1, "nas");
  private static final Instant LATELY = NOW.minus(Duration.ofHours(3));

  private PlannedStates() {}

  /**
   * One of them.
   *
   * @param kind the kind of problem that it is none of
   * @param plan what is meant
   * @param unplanned the same where nobody meant it: a problem
   * @param planned where it is meant
   * @param told whether it is told all the same, as what is worth knowing
   */
  public record Planned(
      String kind, String plan, FakeSituation unplanned, FakeSituation planned, boolean told) {
    /** The worst that may be told of it. */
    public @Nullable Severity worst() {
      return told ? Severity.INFO : null;
    }

    @Override
    public String toString() {
      return kind + ": " + plan;
    }
  }

  private static Planned silent(
      String kind, String plan, FakeSituation.Builder unplanned, FakeSituation.Builder planned) {
    return new Planned(kind, plan, unplanned.build(), planned.build(), false);
  }

  private static Planned mentioned(
      String kind, String plan, FakeSituation.Builder unplanned, FakeSituation.Builder planned) {
    return new Planned(kind, plan, unplanned.build(), planned.build(), true);
  }

  /** All of them. */
  public static List<Planned> all() {
    List<Planned> all = new ArrayList<>();
    for (Cause.Kind cause :
        List.of(
            Cause.Kind.USER,
            Cause.Kind.JARVIS,
            Cause.Kind.BACKUP,
            Cause.Kind.HIGH_AVAILABILITY,
            Cause.Kind.INSIDE,
            Cause.Kind.MIGRATION,
            Cause.Kind.NODE_SHUTDOWN)) {
      all.add(
          silent(
              "guest-crashed", "stopped by " + cause, stopped(Cause.Kind.CRASH), stopped(cause)));
    }
    all.add(
        silent(
            "guest-locked",
            "a backup of it runs",
            locked("backup"),
            locked("backup").with(House.CLUSTER, tasks(running("vzdump", "101")))));
    all.add(
        silent(
            "guest-locked",
            "it moves",
            locked("migrate"),
            locked("migrate").with(House.CLUSTER, tasks(running("qmigrate", "101")))));
    all.add(silent("guest-locked", "it sleeps", locked("backup"), locked("suspended")));
    all.add(
        silent(
            "guest-disk-full",
            "it is off",
            House.well().with(House.MAIL.ref(), House.runtime("running", 32 * House.GIB)),
            House.well()
                .with(House.MAIL.withStatus(Guest.Status.STOPPED))
                .with(House.MAIL.ref(), House.runtime("stopped", 32 * House.GIB))));
    all.add(
        silent(
            "guest-error",
            "a backup suspends it",
            House.well().with(House.MEDIA.ref(), House.runtime("io-error", null)),
            House.well()
                .with(House.MEDIA.ref(), House.runtime("paused", null))
                .with(House.locked(House.MEDIA, "backup"))
                .with(House.CLUSTER, tasks(running("vzdump", "101")))));
    all.add(
        mentioned(
            "node-offline",
            "it was shut down",
            offline(2, "pve3"),
            offline(2, "pve3").with(House.CLUSTER, tasks(stopAll(House.PVE3)))));
    all.add(
        mentioned(
            "quorum-at-risk",
            "a node was shut down",
            offline(2, "pve3"),
            offline(2, "pve3").with(House.CLUSTER, tasks(stopAll(House.PVE3)))));
    all.add(
        mentioned(
            "quorum-at-risk",
            "a node is worked on",
            offline(2, "pve3"),
            offline(2, "pve3").maintained(House.PVE3)));
    all.add(
        mentioned(
            "quorum-at-risk",
            "a cluster of two",
            offline(2, "pve3"),
            House.well().with(House.cluster(Cluster.Connection.LIVE, true, 2, 2, NOW))));
    all.add(
        silent(
            "cluster-degraded-source",
            "the member's node is off",
            House.well().with(House.CLUSTER, members()),
            offline(2, "pve3").with(House.CLUSTER, members())));
    all.add(
        silent(
            "cluster-degraded-source",
            "the member's node is worked on",
            House.well().with(House.CLUSTER, members()),
            House.well().with(House.CLUSTER, members()).maintained(House.PVE3)));
    all.add(
        silent(
            "node-cpu-high",
            "a backup runs",
            busy(),
            busy().with(House.CLUSTER, tasks(running("vzdump", "")))));
    all.add(
        silent(
            "node-memory-high",
            "ZFS caches",
            House.well().with(House.NODE1, House.system(95, 2)),
            House.well().with(House.NODE1, House.system(50, 48))));
    all.add(
        silent(
            "backup-missing",
            "a job leaves it out by name",
            backedUp(NOW.minusSeconds(60), 101, 201),
            backedUp(NOW.minusSeconds(60), 101, 201)
                .with(House.CLUSTER, House.jobs(List.of(), 102))));
    all.add(
        silent(
            "backup-missing",
            "it is a template",
            backedUp(NOW.minusSeconds(60), 101, 201),
            backedUp(NOW.minusSeconds(60), 101, 201).with(template(House.MAIL))));
    all.add(
        silent(
            "backup-missing",
            "it was made today",
            backedUp(NOW.minusSeconds(60), 102, 201),
            backedUp(NOW.minusSeconds(60), 102, 201)
                .with(
                    House.MEDIA.ref(), House.madeAt(House.MEDIA, NOW.minus(Duration.ofHours(5))))));
    all.add(
        silent(
            "backup-old",
            "a job leaves it out by name",
            backedUp(NOW.minus(Duration.ofDays(20)), 101, 102, 201),
            backedUp(NOW.minus(Duration.ofDays(20)), 101, 102, 201)
                .with(House.CLUSTER, House.jobs(List.of(), 101, 102, 201))));
    all.add(
        mentioned(
            "backup-uncovered",
            "a job leaves it out by name",
            House.well().with(House.CLUSTER, House.jobs(List.of(102))),
            House.well().with(House.CLUSTER, House.jobs(List.of(102), 102))));
    all.add(
        silent(
            "backup-failed",
            "somebody ended it",
            ended("vzdump", "101", "job errors"),
            ended("vzdump", "101", "interrupted by signal")));
    all.add(
        silent(
            "task-failed",
            "somebody ended it",
            ended("qmclone", "101", "no space left"),
            ended("qmclone", "101", "interrupted by signal")));
    all.add(
        silent(
            "task-failed",
            "a console was closed",
            ended("qmclone", "101", "no space left"),
            ended("vncproxy", "101", "connection timed out")));
    all.add(
        mentioned(
            "task-failed",
            "there is no subscription",
            ended("qmclone", "101", "no space left"),
            ended("aptupdate", "", "command 'apt-get update' failed: exit code 100")));
    all.add(
        silent(
            "task-hanging",
            "a console is open",
            House.well().with(House.CLUSTER, tasks(begun("qmsnapshot", "101", 90))),
            House.well().with(House.CLUSTER, tasks(begun("vncproxy", "101", 90)))));
    all.add(
        silent(
            "task-hanging",
            "backups take the night",
            House.well().with(House.CLUSTER, tasks(begun("vzdump", "", 25))),
            House.well().with(House.CLUSTER, tasks(begun("vzdump", "", 12)))));
    all.add(
        silent(
            "service-failed",
            "somebody switched it off",
            service("corosync", "inactive", "enabled"),
            service("corosync", "inactive", "disabled")));
    all.add(
        silent(
            "replication-failing", "its job is disabled", replication(true), replication(false)));
    all.add(
        silent(
            "replication-failing",
            "its target was shut down",
            replication(true),
            replication(true)
                .with(House.node("pve2", Node.Status.OFFLINE, 0, 1, 1, NOW))
                .with(House.CLUSTER, tasks(stopAll(House.PVE2)))));
    all.add(silent("ha-error", "it is to be stopped", ha("error"), ha("stopped")));
    all.add(
        mentioned(
            "ceph-unwell", "somebody set a flag", ceph("1 osds down"), ceph("noout flag(s) set")));
    all.add(
        mentioned(
            "ceph-unwell",
            "a node is worked on",
            ceph("1 osds down"),
            ceph("1 osds down").maintained(House.PVE2)));
    all.add(
        silent(
            "certificate-expiring",
            "Proxmox VE renews it next week",
            certificate(5),
            certificate(13)));
    all.add(
        silent(
            "storage-unavailable",
            "its nodes are worked on",
            nasAway(),
            nasAway().maintained(House.PVE1).maintained(House.PVE2).maintained(House.PVE3)));
    all.add(
        silent(
            "storage-unavailable",
            "its nodes are off",
            nasAway(),
            nasAway()
                .with(House.node("pve1", Node.Status.OFFLINE, 0, 1, 1, NOW))
                .with(House.node("pve2", Node.Status.OFFLINE, 0, 1, 1, NOW))
                .with(House.node("pve3", Node.Status.OFFLINE, 0, 1, 1, NOW))));
    all.add(mentioned("updates-security", "a few wait", updates(45), updates(3)));
    return all;
  }

  private static FakeSituation.Builder stopped(Cause.Kind cause) {
    return House.well()
        .with(House.MEDIA.withStatus(Guest.Status.STOPPED))
        .stopped(House.MEDIA.id(), NOW.minusSeconds(60), House.cause(cause, "so it is"));
  }

  private static FakeSituation.Builder locked(String lock) {
    return House.well().with(House.locked(House.MEDIA, lock));
  }

  private static RecentTasks tasks(TaskState... tasks) {
    return new RecentTasks(List.of(tasks));
  }

  private static TaskState running(String type, String subject) {
    return House.task(House.PVE1, type, subject, NOW.minusSeconds(600), null);
  }

  private static TaskState begun(String type, String subject, int hours) {
    return House.task(House.PVE1, type, subject, NOW.minus(Duration.ofHours(hours)), null);
  }

  private static TaskState stopAll(NodeName node) {
    return House.task(node, "stopall", "", NOW.minusSeconds(600), "OK");
  }

  private static FakeSituation.Builder ended(String type, String subject, String exit) {
    return House.well()
        .with(House.CLUSTER, tasks(House.task(House.PVE1, type, subject, LATELY, exit)))
        .with(NAS, House.backups(NOW.minus(Duration.ofHours(20)), 101, 102, 201));
  }

  private static FakeSituation.Builder offline(int votes, String node) {
    return House.well()
        .with(House.cluster(Cluster.Connection.LIVE, true, votes, 3, NOW))
        .with(House.node(node, Node.Status.OFFLINE, 0, 1, 1, NOW));
  }

  private static FakeSituation.Builder busy() {
    return House.well().with(House.node("pve1", Node.Status.ONLINE, 0.99, 30, 20, NOW));
  }

  private static FakeSituation.Builder backedUp(Instant at, int... guests) {
    return House.well().with(NAS, House.backups(at, guests));
  }

  private static Guest template(Guest guest) {
    return new Guest(
        guest.cluster(),
        guest.id(),
        guest.type(),
        guest.name(),
        guest.node(),
        Guest.Status.STOPPED,
        true,
        List.of(),
        null,
        null,
        null,
        null,
        2,
        null,
        new Bytes(House.GIB),
        new Bytes(House.GIB),
        null,
        guest.observation());
  }

  private static ConnectionDetail members() {
    List<ConnectionDetail.Member> members = new ArrayList<>();
    for (NodeName node : List.of(House.PVE1, House.PVE2, House.PVE3)) {
      boolean mute = node.equals(House.PVE3);
      members.add(
          new ConnectionDetail.Member(
              "https://" + node + ":8006",
              node,
              true,
              mute
                  ? ConnectionDetail.Member.State.RESTING
                  : ConnectionDetail.Member.State.ANSWERING,
              NOW,
              null,
              mute ? "it is mute." : null));
    }
    return new ConnectionDetail(members, new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0));
  }

  private static FakeSituation.Builder service(String name, String active, String unit) {
    return House.well()
        .with(
            House.NODE1,
            new NodeServices(
                List.of(new NodeServices.Service(name, "a daemon", "dead", active, unit))));
  }

  private static FakeSituation.Builder replication(boolean enabled) {
    return House.well()
        .with(
            House.NODE1,
            new ReplicationJobs(
                List.of(
                    new ReplicationJobs.Job(
                        "101-0",
                        new GuestId(101),
                        House.PVE2,
                        "*/15",
                        enabled,
                        LATELY,
                        null,
                        null,
                        3,
                        "no route to host"))));
  }

  private static FakeSituation.Builder ha(String state) {
    return House.well()
        .with(
            House.CLUSTER,
            new HighAvailability(
                true,
                "pve1",
                List.of(
                    new HighAvailability.Service(
                        "vm:101", House.MEDIA.id(), House.PVE1, state, state, null))));
  }

  private static FakeSituation.Builder ceph(String check) {
    return House.well()
        .with(House.CLUSTER, new CephStatus("HEALTH_WARN", List.of(check), 3, 2, 3, 3, null, null));
  }

  private static FakeSituation.Builder certificate(int days) {
    return House.well()
        .with(
            House.NODE1,
            new NodeCertificates(
                List.of(
                    new NodeCertificates.Certificate(
                        "pve-ssl.pem",
                        "CN=pve1",
                        null,
                        null,
                        null,
                        NOW.plus(Duration.ofDays(days)).plusSeconds(60),
                        List.of()))));
  }

  private static FakeSituation.Builder nasAway() {
    FakeSituation.Builder away = House.well();
    for (NodeName node : List.of(House.PVE1, House.PVE2, House.PVE3)) {
      away.with(
          House.unavailable(
              House.storage(node, "nas", "nfs", true, List.of("backup", "images"), 1, 2, NOW)));
    }
    return away;
  }

  private static FakeSituation.Builder updates(int fixes) {
    List<NodeUpdates.Pack> packages = new ArrayList<>();
    for (int i = 0; i < fixes; i++) {
      packages.add(new NodeUpdates.Pack("libx" + i, null, "1.0-1", "1.0-1+deb13u1", "Debian"));
    }
    return House.well().with(House.NODE1, new NodeUpdates(packages));
  }
}
