package org.jarvis.tools.read;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.ClusterLog;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.Privileges;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.read.AspectTool.Filter;
import org.jarvis.tools.read.AspectTool.Items;
import org.jarvis.tools.read.AspectTool.Look;

/** What is read of a cluster as a whole. */
final class ClusterReads {
  private final Clock clock;

  ClusterReads(Clock clock) {
    this.clock = clock;
  }

  List<Tool> all() {
    return List.of(
        tasks(), log(), backupJobs(), highAvailability(), ceph(), connection(), privileges());
  }

  private Tool tasks() {
    return AspectTool.ofList(
        new Look(
            "get_recent_tasks",
            "Show recent tasks",
            "Lists the tasks that ran lately in a cluster, whoever began them, newest first: what, on"
                + " which node, about which guest, and how each ended. Use it to find out what"
                + " happened or still runs; get_task_log tells what one of them said."),
        Subject.CLUSTER,
        Aspect.TASKS,
        RecentTasks.class,
        new Items<>(
            "task",
            RecentTasks::tasks,
            new Columns<TaskState>()
                .text("task", "Its id, for get_task_log.", TaskState::id)
                .text("node", "Where it runs or ran.", task -> task.id().node())
                .text("type", "What it does, such as qmstart.", TaskState::type)
                .text("subject", "What it is about, such as a guest's number.", TaskState::subject)
                .text("user", "Who asked for it.", TaskState::user)
                .text("state", "running, succeeded or failed.", ClusterReads::state)
                .text("exitStatus", "How it ended.", TaskState::exitStatus)
                .time("startedAt", "When it began.", TaskState::startedAt)
                .time("endedAt", "When it ended.", TaskState::endedAt),
            List.of(
                new Filter<>(
                    InputSchema.node("node", "Only those of this node."),
                    (task, given) ->
                        given.text("node").map(task.id().node().value()::equals).orElse(true)),
                new Filter<>(
                    InputSchema.vmid("Only those about the guest of this number."),
                    (task, given) ->
                        given
                            .integer("vmid")
                            .map(vmid -> task.subject().equals(Integer.toString(vmid)))
                            .orElse(true)),
                new Filter<>(
                    InputSchema.choice(
                        "state",
                        List.of("running", "succeeded", "failed"),
                        "Only those in this state."),
                    (task, given) -> given.text("state").map(state(task)::equals).orElse(true)))),
        true,
        clock);
  }

  static String state(TaskState task) {
    return !task.ended() ? "running" : task.succeeded() ? "succeeded" : "failed";
  }

  private Tool log() {
    return AspectTool.ofList(
        new Look(
            "get_cluster_log",
            "Show cluster log",
            "Lists the latest lines of a cluster's own log, newest first: logins, membership,"
                + " warnings of its daemons. For one node's journal use get_node_syslog."),
        Subject.CLUSTER,
        Aspect.LOG,
        ClusterLog.class,
        new Items<>(
            "line",
            ClusterLog::lines,
            new Columns<ClusterLog.Line>()
                .time("at", "When.", ClusterLog.Line::at)
                .text("node", "Which node wrote it.", ClusterLog.Line::node)
                .text("user", "On whose behalf.", ClusterLog.Line::user)
                .text("tag", "Which program.", ClusterLog.Line::tag)
                .whole("priority", "0 emergency to 7 debug.", ClusterLog.Line::priority)
                .text("message", "What.", ClusterLog.Line::message)),
        false,
        clock);
  }

  private Tool backupJobs() {
    return AspectTool.ofListWithin(
        new Look(
            "get_backup_jobs",
            "Show backup jobs",
            "Lists a cluster's scheduled backups with what they cover and when they run next, and the"
                + " guests that none of them covers. The backups that exist are listed by"
                + " get_backups."),
        Subject.CLUSTER,
        Aspect.BACKUP_JOBS,
        BackupJobs.class,
        new Columns<BackupJobs>()
            .texts("uncovered", "The numbers of guests in no job.", BackupJobs::uncovered)
            .flag(
                "uncoveredKnown",
                "Whether it could be read which guests are in no job.",
                jobs -> jobs.uncovered() != null),
        new Items<>(
            "backup job",
            BackupJobs::jobs,
            new Columns<BackupJobs.Job>()
                .text("job", "Its id.", BackupJobs.Job::id)
                .flag("enabled", "Whether it runs.", BackupJobs.Job::enabled)
                .text("schedule", "When.", BackupJobs.Job::schedule)
                .text("storage", "Where to.", BackupJobs.Job::storage)
                .text("mode", "snapshot, suspend or stop.", BackupJobs.Job::mode)
                .flag("all", "Whether it covers all guests.", BackupJobs.Job::all)
                .texts("guests", "Those it names.", BackupJobs.Job::guests)
                .texts("excluded", "Those it leaves out.", BackupJobs.Job::excluded)
                .text("pool", "The pool it covers.", BackupJobs.Job::pool)
                .text("node", "Only guests on this node.", BackupJobs.Job::node)
                .time("next", "When it runs next.", BackupJobs.Job::next)
                .text("comment", "What people wrote about it.", BackupJobs.Job::comment)),
        true,
        clock);
  }

  private Tool highAvailability() {
    return AspectTool.ofListWithin(
        new Look(
            "get_ha_status",
            "Show high availability",
            "Tells how a cluster's high availability is: its manager, quorum, and for each guest it"
                + " manages what it wants and what it sees. It changes nothing."),
        Subject.CLUSTER,
        Aspect.HIGH_AVAILABILITY,
        HighAvailability.class,
        new Columns<HighAvailability>()
            .flag("quorate", "Whether its own view has quorum.", HighAvailability::quorate)
            .text("manager", "The node that manages it.", HighAvailability::manager),
        new Items<>(
            "managed guest",
            HighAvailability::services,
            new Columns<HighAvailability.Service>()
                .text("service", "Its id, as in vm:201.", HighAvailability.Service::id)
                .whole("vmid", "The guest.", service -> GuestReads.number(service.guest()))
                .text("node", "Where it is.", HighAvailability.Service::node)
                .text("state", "What it does.", HighAvailability.Service::state)
                .text("requested", "What is wanted.", HighAvailability.Service::requested)
                .text("description", "In words.", HighAvailability.Service::description)),
        true,
        clock);
  }

  private Tool ceph() {
    return AspectTool.ofObject(
        new Look(
            "get_ceph_status",
            "Show Ceph",
            "Tells how a cluster's Ceph is: health with the reasons, OSDs, monitors and space. Where"
                + " there is no Ceph it says so."),
        Subject.CLUSTER,
        Aspect.CEPH,
        CephStatus.class,
        new Columns<CephStatus>()
            .text("health", "HEALTH_OK, HEALTH_WARN or HEALTH_ERR.", CephStatus::health)
            .texts("checks", "What is not well.", CephStatus::checks)
            .whole("osds", "OSDs in all.", CephStatus::osds)
            .whole("osdsUp", "OSDs that run.", CephStatus::osdsUp)
            .whole("osdsIn", "OSDs that hold data.", CephStatus::osdsIn)
            .whole("monitorsInQuorum", "Monitors in quorum.", CephStatus::monitorsInQuorum)
            .bytes("usedBytes", "Used space.", CephStatus::used)
            .bytes("totalBytes", "Space in all.", CephStatus::total),
        false,
        clock);
  }

  private Tool connection() {
    return AspectTool.ofListWithin(
        new Look(
            "get_cluster_connection",
            "Show connection",
            "Tells how Jarvis stands with the members of a cluster: which address answers, which is"
                + " left alone for a while and why, and how much is asked. For whether everything"
                + " that Jarvis needs works, use test_cluster."),
        Subject.CLUSTER,
        Aspect.CONNECTION,
        ConnectionDetail.class,
        new Columns<ConnectionDetail>()
            .whole("hotRequests", "In the last minute.", of -> of.traffic().hot())
            .whole("slowRequests", "Details in the last minute.", of -> of.traffic().slow())
            .whole("demandedRequests", "On demand, likewise.", of -> of.traffic().demanded())
            .whole("failedRequests", "How many of these failed.", of -> of.traffic().failed()),
        new Items<>(
            "member",
            ConnectionDetail::members,
            new Columns<ConnectionDetail.Member>()
                .text("address", "Where it answers.", ConnectionDetail.Member::address)
                .text("node", "Which node it is.", ConnectionDetail.Member::node)
                .flag("configured", "Or discovered.", ConnectionDetail.Member::configured)
                .text("state", "How it answers.", ConnectionDetail.Member::state)
                .time("lastAnswer", "When it last answered.", ConnectionDetail.Member::lastAnswer)
                .time(
                    "nextAttempt", "When it is asked again.", ConnectionDetail.Member::nextAttempt)
                .text("reason", "Why it does not answer.", ConnectionDetail.Member::reason)),
        false,
        clock);
  }

  private Tool privileges() {
    return AspectTool.ofList(
        new Look(
            "get_cluster_privileges",
            "Show privileges",
            "Lists what the account that Jarvis uses may do in a cluster, by path. Use it when"
                + " something is refused for a missing privilege. It grants nothing."),
        Subject.CLUSTER,
        Aspect.PRIVILEGES,
        Privileges.class,
        new Items<>(
            "path",
            privileges ->
                privileges.byPath().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
            new Columns<Map.Entry<String, Set<String>>>()
                .text("path", "Where, with what lies below.", Map.Entry::getKey)
                .texts(
                    "privileges", "What.", entry -> entry.getValue().stream().sorted().toList())),
        false,
        clock);
  }
}
