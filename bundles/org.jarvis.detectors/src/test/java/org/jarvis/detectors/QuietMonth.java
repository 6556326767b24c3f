package org.jarvis.detectors;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.testkit.problem.FakeSituation;

/**
 * Thirty ordinary days, five minutes at a time: backups at two, with all the load and locks that
 * they bring, and one in mode stop; a machine for games that is off at night; updates that come in
 * and are installed on Sundays, when one node after the other reboots; a node that is put to sleep
 * for the night; replication that misses a target while it reboots; a certificate that is renewed;
 * a guest that is tried out for a week; snapshots, consoles, a migration now and then.
 */
public final class QuietMonth {
  private static final Instant BEGIN = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofDays(30));
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final List<NodeName> NODES = List.of(House.PVE1, House.PVE2, House.PVE3);
  private static final int BACKUP_HOUR = 2;
  private static final int REBOOT_HOUR = 10;
  private static final int DAY_MINUTES = 24 * 60;
  private static final int STOP_HOUR = 4;
  private static final int SLEEPER = 2;
  private static final int SLEEPS_FROM = 23 * 60 + 30;
  private static final int SLEEPS_TO = 6 * 60 + 30;
  private static final Duration TRIAL_FROM = Duration.ofDays(5);
  private static final Duration TRIAL_TO = Duration.ofDays(12);
  private static final Guest GAMES = House.guest(301, GuestType.QEMU, "games", House.PVE3);
  private static final Guest TRIAL = House.guest(401, GuestType.QEMU, "trial", House.PVE2);

  private Instant now = BEGIN;
  private boolean backsUp = true;

  /** Whether it is not over. */
  public boolean goesOn() {
    return now.isBefore(END);
  }

  /** Five minutes pass. */
  public void advance() {
    now = now.plus(STEP);
  }

  /** From now on no backup is made. */
  public void forgetBackups() {
    backsUp = false;
  }

  private ZonedDateTime clock() {
    return now.atZone(ZoneOffset.UTC);
  }

  private int minute() {
    return clock().getHour() * 60 + clock().getMinute();
  }

  private Instant today(int hour, int minute) {
    return clock().toLocalDate().atTime(hour, minute).toInstant(ZoneOffset.UTC);
  }

  private boolean isSunday() {
    return clock().getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private boolean isBackingUp() {
    return backsUp && minute() >= BACKUP_HOUR * 60 && minute() < BACKUP_HOUR * 60 + 90;
  }

  private Instant lastBackup() {
    Instant last = today(BACKUP_HOUR, 30);
    last = last.isAfter(now) ? last.minus(Duration.ofDays(1)) : last;
    return backsUp ? last : BEGIN.minus(Duration.ofHours(21));
  }

  /** On Sundays one node after the other is away for ten minutes, half an hour apart. */
  private boolean isRebooting(int node) {
    int since = minute() - (REBOOT_HOUR * 60 + 30 * node);
    return isSunday() && since >= 0 && since < 10;
  }

  private boolean hasRebooted(int node) {
    int since = minute() - (REBOOT_HOUR * 60 + 30 * node);
    return isSunday() && since >= 10;
  }

  /** From the third week on one node is switched off for the night, after its guests. */
  private boolean isAsleep(int node) {
    return node == SLEEPER
        && now.isAfter(BEGIN.plus(Duration.ofHours(14 * 24 + 12)))
        && (minute() >= SLEEPS_FROM || minute() < SLEEPS_TO);
  }

  /** The last five minutes before it goes, in which it stops what runs there, if anything does. */
  private boolean goesDown(int node) {
    int reboots = REBOOT_HOUR * 60 + 30 * node;
    return (isSunday() && minute() == reboots - 5) || fallsAsleep(node);
  }

  private boolean fallsAsleep(int node) {
    return node == SLEEPER
        && now.isAfter(BEGIN.plus(Duration.ofHours(14 * 24 + 12)))
        && minute() == SLEEPS_FROM - 5;
  }

  private boolean isAway(int node) {
    return isRebooting(node) || isAsleep(node);
  }

  /** On Saturdays a container is stopped for its backup. */
  private boolean isStoppedByBackup() {
    return backsUp
        && clock().getDayOfWeek() == DayOfWeek.SATURDAY
        && minute() >= STOP_HOUR * 60
        && minute() < STOP_HOUR * 60 + 20;
  }

  private boolean isOnTrial() {
    return !now.isBefore(BEGIN.plus(TRIAL_FROM)) && now.isBefore(BEGIN.plus(TRIAL_TO));
  }

  private boolean playsGames() {
    return minute() >= 17 * 60 && minute() < 23 * 60;
  }

  /** How everything is now, while these problems are open. */
  public Situation situation(Set<Finding.Identity> open) {
    FakeSituation.Builder builder = House.well(now);
    open.forEach(one -> builder.open(one.kind(), one.subject(), one.part()));
    builder.with(House.CLUSTER, new RecentTasks(tasks()));
    builder.with(House.CLUSTER, members());
    int online = 0;
    for (int i = 0; i < NODES.size(); i++) {
      online += isAway(i) ? 0 : 1;
      node(builder, i);
    }
    builder.with(House.cluster(Cluster.Connection.LIVE, true, online, NODES.size(), now));
    guests(builder);
    trial(builder);
    builder.with(ResourceRef.storage(House.ID, House.PVE1, "nas"), backups());
    for (NodeName node : NODES) {
      // Backups come at night and the oldest go, so it swings.
      builder.with(
          House.storage(
              node,
              "nas",
              "nfs",
              true,
              List.of("backup", "images"),
              2900 + minute() / 4,
              4000,
              now));
    }
    return builder
        .growth(ResourceRef.storage(House.ID, House.PVE1, "nas"), 8.0 * House.GIB)
        .build();
  }

  private void node(FakeSituation.Builder builder, int index) {
    NodeName name = NODES.get(index);
    ResourceRef ref = ResourceRef.node(House.ID, name);
    double daily = 0.25 + 0.2 * Math.sin(2 * Math.PI * (minute() - 480.0) / DAY_MINUTES);
    double cpu = isBackingUp() ? 0.97 : index == 2 && playsGames() ? 0.85 : daily;
    builder.with(
        House.node(
            name.value(),
            isAway(index) ? Node.Status.OFFLINE : Node.Status.ONLINE,
            isAway(index) ? 0 : cpu,
            35,
            40,
            now));
    builder.with(ref, House.system(55, 35));
    builder.with(ref, temperatures(cpu));
    builder.with(ref, updates());
    builder.with(
        ref,
        new NodeServices(
            List.of(
                service("pveproxy", "active", "enabled"),
                service("corosync", "active", "enabled"),
                service("ksmtuned", "inactive", "disabled"))));
    builder.with(
        ref,
        new NodeCertificates(
            List.of(
                new NodeCertificates.Certificate(
                    "pve-ssl.pem",
                    null,
                    null,
                    null,
                    null,
                    // Renewed in time, in the middle of the month.
                    now.isBefore(BEGIN.plus(Duration.ofDays(15)))
                        ? BEGIN.plus(Duration.ofDays(28))
                        : BEGIN.plus(Duration.ofDays(700)),
                    List.of()))));
    builder.with(
        ref,
        new ZfsPools(
            List.of(
                new ZfsPools.Pool(
                    "rpool", "ONLINE", null, null, null, null, "ONLINE", null, lastScrub(), 0L))));
    boolean targetAway = index == 0 && isRebooting(1);
    builder.with(
        ref,
        new ReplicationJobs(
            List.of(
                new ReplicationJobs.Job(
                    "101-0",
                    House.MEDIA.id(),
                    House.PVE2,
                    "*/15",
                    true,
                    now.minus(Duration.ofMinutes(10)),
                    null,
                    null,
                    targetAway ? 1 : 0,
                    targetAway ? "no route to host" : null))));
  }

  private static NodeServices.Service service(String name, String active, String unit) {
    return new NodeServices.Service(name, null, "running", active, unit);
  }

  private Instant lastScrub() {
    Instant tenth = BEGIN.plus(Duration.ofDays(9));
    return now.isBefore(tenth) ? BEGIN.minus(Duration.ofDays(19)) : tenth;
  }

  private static NodeTemperatures temperatures(double cpu) {
    return new NodeTemperatures(
        List.of(
            new NodeTemperatures.Reading(
                "coretemp", "Package", NodeTemperatures.Kind.PROCESSOR, 45 + 30 * cpu, 85.0, 100.0),
            new NodeTemperatures.Reading(
                "nvme", "Composite", NodeTemperatures.Kind.DISK, 40 + 12 * cpu, null, null)));
  }

  /** A few come in every day, until Sunday. */
  private NodeUpdates updates() {
    List<NodeUpdates.Pack> packages = new ArrayList<>();
    int days = clock().getDayOfWeek().getValue() % 7 + (isSunday() ? 7 : 0);
    for (int i = 0; i < (isSunday() && minute() > 9 * 60 ? 0 : days * 2); i++) {
      packages.add(
          new NodeUpdates.Pack("libx" + i, null, "1.0-1", "1.0-1+deb13u" + (i + 1), "Debian"));
    }
    return new NodeUpdates(packages);
  }

  private void guests(FakeSituation.Builder builder) {
    for (Guest guest : List.of(House.MEDIA, House.MAIL, House.DATABASE)) {
      int index = NODES.indexOf(guest.node());
      Guest seen = House.seenAt(guest, now);
      if (isAway(index)) {
        seen = seen.withStatus(Guest.Status.UNKNOWN);
        builder.stopped(
            seen.id(), now, House.cause(Cause.Kind.NODE_SHUTDOWN, "its node was rebooted"));
      } else if (guest.equals(House.MAIL) && isStoppedByBackup()) {
        seen = House.locked(seen.withStatus(Guest.Status.STOPPED), "backup");
        builder.stopped(seen.id(), now, House.cause(Cause.Kind.BACKUP, "a backup stops it"));
      } else if (isBackingUp() && (minute() / 10 + guest.id().value()) % 3 == 0) {
        seen = House.locked(seen, "backup");
      } else if (guest.equals(House.MEDIA) && clock().getDayOfMonth() == 12 && isMigrating()) {
        seen = House.locked(seen, "migrate");
      }
      builder.with(seen);
    }
    Guest games = House.seenAt(GAMES, now);
    builder.with(games.ref(), House.configuration(games));
    if (isAway(2)) {
      builder.with(games.withStatus(Guest.Status.UNKNOWN));
    } else if (playsGames()) {
      builder.with(games);
    } else {
      builder
          .with(games.withStatus(Guest.Status.STOPPED))
          .stopped(
              games.id(),
              now.minus(Duration.ofHours(1)),
              hasRebooted(2)
                  ? House.cause(Cause.Kind.NODE_SHUTDOWN, "its node was rebooted")
                  : House.cause(Cause.Kind.INSIDE, "it was shut down from the inside"));
    }
  }

  /** Made today, backed up tonight, gone in a week. */
  private void trial(FakeSituation.Builder builder) {
    if (isOnTrial()) {
      Guest trial = House.seenAt(TRIAL, now);
      builder.with(isAway(1) ? trial.withStatus(Guest.Status.UNKNOWN) : trial);
      builder.with(trial.ref(), House.madeAt(trial, BEGIN.plus(TRIAL_FROM)));
    }
  }

  private boolean isMigrating() {
    return minute() >= 900 && minute() < 930;
  }

  private StorageContent backups() {
    List<StorageContent.Volume> volumes = new ArrayList<>();
    for (int guest : new int[] {101, 102, 201, 301, 401}) {
      for (int day = 0; day < 7; day++) {
        Instant at = lastBackup().minus(Duration.ofDays(day));
        if (guest != 401 || (isOnTrial() && at.isAfter(BEGIN.plus(TRIAL_FROM)))) {
          volumes.add(House.backup(guest, at, false));
        }
      }
    }
    return new StorageContent(volumes);
  }

  private ConnectionDetail members() {
    List<ConnectionDetail.Member> members = new ArrayList<>();
    for (int i = 0; i < NODES.size(); i++) {
      members.add(
          new ConnectionDetail.Member(
              "https://" + NODES.get(i) + ":8006",
              NODES.get(i),
              true,
              isAway(i)
                  ? ConnectionDetail.Member.State.RESTING
                  : ConnectionDetail.Member.State.ANSWERING,
              now,
              null,
              null,
              Duration.ofSeconds(i - 1)));
    }
    return new ConnectionDetail(members, new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0));
  }

  /** A cluster forgets the tasks of a node that has left it. */
  private List<TaskState> tasks() {
    List<TaskState> tasks = all();
    for (int i = 0; i < NODES.size(); i++) {
      NodeName node = NODES.get(i);
      if (isAway(i)) {
        tasks.removeIf(task -> task.id().node().equals(node));
      }
    }
    return tasks;
  }

  /** The tasks of the last day, newest last: nobody may rely on their order. */
  private List<TaskState> all() {
    List<TaskState> tasks = new ArrayList<>();
    for (NodeName node : NODES) {
      if (backsUp) {
        Instant began = today(BACKUP_HOUR, 0);
        began = began.isAfter(now) ? began.minus(Duration.ofDays(1)) : began;
        tasks.add(House.task(node, "vzdump", "", began, isBackingUp() ? null : "OK"));
      }
      tasks.add(House.task(node, "aptupdate", "", now.minus(Duration.ofHours(7)), "OK"));
    }
    tasks.add(
        House.task(
            House.PVE1, "vncproxy", "101", now.minus(Duration.ofHours(3)), "connection timed out"));
    tasks.add(House.task(House.PVE1, "qmsnapshot", "101", now.minus(Duration.ofHours(5)), "OK"));
    tasks.add(
        House.task(
            House.PVE2, "qmclone", "201", now.minus(Duration.ofHours(9)), "interrupted by signal"));
    if (isStoppedByBackup()) {
      tasks.add(House.task(House.PVE1, "vzdump", "102", today(STOP_HOUR, 0), null));
    }
    for (int i = 0; i < NODES.size(); i++) {
      if (goesDown(i)) {
        tasks.add(House.task(NODES.get(i), "stopall", "", now.minusSeconds(30), "OK"));
      }
    }
    if (clock().getDayOfMonth() == 12 && isMigrating()) {
      tasks.add(House.task(House.PVE1, "qmigrate", "101", today(15, 0), null));
    }
    for (int i = 0; i < NODES.size(); i++) {
      if (isRebooting(i) || hasRebooted(i)) {
        Instant began = today(REBOOT_HOUR, 0).plus(Duration.ofMinutes(30L * i));
        tasks.add(House.task(NODES.get(i), "stopall", "", began, "OK"));
        if (hasRebooted(i)) {
          tasks.add(
              House.task(NODES.get(i), "startall", "", began.plus(Duration.ofMinutes(10)), "OK"));
        }
      }
    }
    return tasks;
  }
}
