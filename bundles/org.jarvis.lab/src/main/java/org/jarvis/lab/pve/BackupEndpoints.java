package org.jarvis.lab.pve;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.lab.sim.BackupJob;
import org.jarvis.lab.sim.SimulatedCluster;

/** The scheduled backups, and what they forget. */
final class BackupEndpoints {

  private final SimulatedCluster cluster;

  BackupEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/cluster/backup", (arguments, caller) -> jobs()).needs("Sys.Audit", "/"),
        Endpoint.get("/cluster/backup-info/not-backed-up", (arguments, caller) -> uncovered(caller))
            .byWorker()
            .needs("Sys.Audit", "/"));
  }

  private List<Map<String, Object>> jobs() {
    Instant now = cluster.snapshot().moment();
    return cluster.backupJobs().stream().map(job -> row(job, now)).toList();
  }

  private static Map<String, Object> row(BackupJob job, Instant now) {
    return new Row()
        .put("id", job.id())
        .put("type", "vzdump")
        .put("enabled", 1)
        .put("schedule", job.schedule())
        .put("next-run", next(job, now).getEpochSecond())
        .put("storage", job.storage())
        .put("mode", job.mode())
        .putIf(job.all(), "all", 1)
        .putIf(!job.guests().isEmpty(), "vmid", list(job.guests()))
        .putIf(!job.excluded().isEmpty(), "exclude", list(job.excluded()))
        .put("notes-template", "{{guestname}}")
        .put(
            "prune-backups",
            Map.of(job.all() ? "keep-daily" : "keep-weekly", job.all() ? "7" : "4"))
        .put("fleecing", Map.of("enabled", "0"))
        .put("comment", job.comment())
        .fields();
  }

  private static Instant next(BackupJob job, Instant now) {
    ZonedDateTime today = now.atZone(ZoneOffset.UTC);
    String[] words = job.schedule().split(" ", -1);
    LocalTime time = LocalTime.parse(words[words.length - 1]);
    ZonedDateTime next = today.with(time);
    if (!next.toInstant().isAfter(now)) {
      next = next.plusDays(1);
    }
    return words.length == 1
        ? next.toInstant()
        : next.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).toInstant();
  }

  private static String list(List<Integer> vmids) {
    return vmids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private List<Map<String, Object>> uncovered(Caller caller) {
    List<BackupJob> jobs = cluster.backupJobs();
    return cluster.snapshot().guests().stream()
        .filter(guest -> caller.may("VM.Audit", "/vms/" + guest.vmid()))
        .filter(guest -> jobs.stream().noneMatch(job -> job.covers(guest.vmid())))
        .map(
            guest ->
                new Row()
                    .put("vmid", guest.vmid())
                    .put("type", guest.spec().kind().type())
                    .put("name", guest.spec().name())
                    .fields())
        .toList();
  }
}
