package org.jarvis.llm.offline.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;

/** What was asked of the gate, who asked, and who decided. */
final class ActionTalk implements Family {
  /** How far back it looks. */
  static final int RECENT = 100;

  private static final int TOLD = 10;

  /** How words for what was done begin, and the names of the tools that do it. */
  private static final Map<String, List<String>> DEEDS =
      Map.of(
          "restart", List.of("restart_", "reboot_"),
          "reboot", List.of("restart_", "reboot_"),
          "start", List.of("start_", "resume_"),
          "boot", List.of("start_"),
          "launch", List.of("start_"),
          "stop", List.of("stop_", "shutdown_"),
          "shut", List.of("stop_", "shutdown_"),
          "migrat", List.of("migrate_"),
          "mov", List.of("migrate_"));

  @Override
  public String title() {
    return "Actions";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "approvals",
            "what is waiting for me?",
            "list what waits for a person",
            ActionTalk::waiting,
            "waiting action? approval? you?",
            "approval waiting? action?"),
        Intent.of(
            "actions",
            "which actions ran lately?",
            "list the latest actions",
            asked -> actions(asked, "The latest actions:", action -> true),
            "action lately? ran? running? done?"),
        Intent.of(
            "in-progress",
            "what are you doing right now?",
            "say what is in progress",
            asked ->
                actions(asked, "In progress:", action -> action.state() == ActionState.RUNNING),
            "progress action? you?",
            "action running",
            "what you things"),
        Intent.of(
            "who-did",
            "who stopped media?",
            "say who did something",
            ActionTalk::whoDid,
            "who done|begun|stopped|paused|pronoun|crashed|snapshots? <thing>? lately? action?",
            "who <thing> change|stopped|begun|migrate?"),
        Intent.of(
            "who-approved",
            "who approved that?",
            "say who approved an action",
            ActionTalk::whoApproved,
            "who approve <thing>? action? done?",
            "who approval"),
        Intent.of(
            "audit",
            "show the audit log",
            "tell the latest of the audit log",
            asked ->
                Reply.from(
                    asked.house().sources().audit(), "The audit log", log -> audit(asked, log)),
            "audit log? lately? who? done? action?",
            "who done you?|lately"),
        Intent.of(
            "planned",
            "what is planned?",
            "say what is scheduled",
            ActionTalk::planned,
            "planned task? backup|backups? when? cluster?"));
  }

  /** What an action is about. */
  static String what(Action action) {
    List<String> labels = action.targets().stream().map(target -> target.label()).toList();
    return Inert.line(action.title() + (labels.isEmpty() ? "" : ": " + String.join(", ", labels)));
  }

  private static Reply waiting(Asked asked) {
    return Reply.from(
        asked.house().sources().actions(),
        "The list of actions",
        gate -> {
          List<Action> waiting = gate.awaitingApproval();
          return waiting.isEmpty()
              ? Reply.of("Nothing waits for a person.")
              : rows(
                  asked.house(),
                  "These wait for a person; they are decided on the page, not here:",
                  waiting);
        });
  }

  private static Reply actions(Asked asked, String heading, Predicate<Action> wanted) {
    return Reply.from(
        asked.house().sources().actions(),
        "The list of actions",
        gate -> {
          List<Action> found = gate.recent(RECENT).stream().filter(wanted).limit(TOLD).toList();
          return found.isEmpty()
              ? Reply.of("No such action is recorded.")
              : rows(asked.house(), heading, found);
        });
  }

  private static Reply rows(House house, String heading, List<Action> actions) {
    return Reply.list(
        heading,
        actions.stream()
            .map(
                action ->
                    new Reply.Row(
                        firstTarget(action),
                        Inert.line(action.summary())
                            + " Asked for by "
                            + Inert.name(action.principal().name())
                            + ", "
                            + Figures.ago(action.requestedAt(), house.now())
                            + "."))
            .toList());
  }

  private static String firstTarget(Action action) {
    return action.targets().stream().findFirst().map(target -> target.ref().toString()).orElse("");
  }

  private static Reply whoDid(Asked asked) {
    return Reply.from(
        asked.house().sources().actions(),
        "The list of actions",
        gate ->
            last(
                    asked,
                    gate,
                    action ->
                        action.state() != ActionState.AWAITING_APPROVAL && isDeed(asked, action))
                .map(
                    action ->
                        Reply.of(
                            Inert.name(action.principal().name())
                                + " asked for it by way of "
                                + action.origin().word()
                                + ", "
                                + Figures.ago(action.requestedAt(), asked.house().now())
                                + ": "
                                + Inert.line(action.summary())
                                + decided(action)))
                .orElseGet(() -> unknown(asked)));
  }

  /** Whether an action is what the sentence says was done; of "who did that?" each is. */
  private static boolean isDeed(Asked asked, Action action) {
    List<List<String>> meant =
        asked.sentence().words().stream()
            .map(word -> word.text().toLowerCase(Locale.ROOT))
            .flatMap(
                word ->
                    DEEDS.entrySet().stream()
                        .filter(deed -> word.startsWith(deed.getKey()))
                        .map(Map.Entry::getValue))
            .toList();
    return meant.isEmpty()
        || meant.stream().flatMap(List::stream).anyMatch(action.tool()::startsWith);
  }

  private static Reply whoApproved(Asked asked) {
    return Reply.from(
        asked.house().sources().actions(),
        "The list of actions",
        gate ->
            last(asked, gate, action -> decidedBy(action).isPresent())
                .map(action -> Reply.of(what(action) + "." + decided(action)))
                .orElse(Reply.of("No recent action of that kind was decided by a person.")));
  }

  private static Optional<Action> last(Asked asked, ActionGate gate, Predicate<Action> wanted) {
    List<Resource> meant = asked.meant(Asked.Kind.THING);
    return gate.recent(RECENT).stream()
        .filter(wanted)
        .filter(
            action ->
                meant.isEmpty()
                    || action.targets().stream()
                        .anyMatch(
                            target ->
                                meant.stream().anyMatch(one -> one.ref().equals(target.ref()))))
        .findFirst();
  }

  private static Optional<String> decidedBy(Action action) {
    return Optional.ofNullable(action.approval()).map(Approval::decidedBy);
  }

  private static String decided(Action action) {
    return decidedBy(action)
        .map(
            by ->
                action.state() == ActionState.REJECTED
                    ? " " + Inert.name(by) + " rejected it."
                    : " " + Inert.name(by) + " approved it.")
        .orElse("");
  }

  /** It was none of Jarvis's actions; the cluster may have told whose task it was. */
  private static Reply unknown(Asked asked) {
    String past =
        asked.meant(Asked.Kind.THING).stream()
            .findFirst()
            .map(thing -> History.lastOf(asked.house(), thing))
            .orElse("");
    return Reply.of("No recent action of Jarvis did that." + past);
  }

  private static Reply audit(Asked asked, AuditLog log) {
    List<AuditRecord> records = new ArrayList<>(log.after(Math.max(0, log.size() - TOLD), TOLD));
    StringBuilder text = new StringBuilder("The latest of the audit log:");
    for (int i = records.size() - 1; i >= 0; i--) {
      AuditEntry entry = records.get(i).entry();
      text.append("\n- ")
          .append(Figures.ago(entry.at(), asked.house().now()))
          .append(": ")
          .append(Inert.name(entry.actor()))
          .append(", ")
          .append(Inert.name(entry.activity()))
          .append(entry.subject().isEmpty() ? "" : " of " + Inert.name(entry.subject()));
    }
    return Reply.of(records.isEmpty() ? "The audit log is empty." : text.toString());
  }

  private static Reply planned(Asked asked) {
    House house = asked.house();
    List<Reply.Row> rows = new ArrayList<>();
    for (ClusterSnapshot snapshot : house.clusters()) {
      house.detail(snapshot.cluster().ref(), BackupJobs.class).stream()
          .flatMap(jobs -> jobs.jobs().stream())
          .forEach(job -> rows.add(new Reply.Row("", told(house, job))));
    }
    return rows.isEmpty()
        ? Reply.of("No schedule is known: no backup job was read.")
        : Reply.list("Scheduled backups:", rows);
  }

  private static String told(House house, BackupJobs.Job job) {
    Instant next = job.next();
    return Inert.name(job.id())
        + (job.enabled() ? "" : " (disabled)")
        + ": "
        + Inert.name(job.schedule() == null ? "unscheduled" : job.schedule())
        + (job.storage() == null ? "" : " to " + Inert.name(job.storage()))
        + (next == null || next.isBefore(house.now())
            ? ""
            : ", next in " + Figures.span(Duration.between(house.now(), next)))
        + ".";
  }
}
