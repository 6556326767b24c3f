package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;
import org.jspecify.annotations.Nullable;

/** What happened. */
final class History implements Family {
  private static final int LOOKED_AT = 2_000;
  private static final int TOLD = 10;

  @Override
  public String title() {
    return "What happened";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "changes",
            "what changed lately?",
            "say what changed lately",
            asked -> events(asked, null),
            "change lately? cluster? day? hour? week?",
            "happen lately|day|hour cluster?",
            "happen"),
        Intent.of(
            "events-of",
            "what happened to media?",
            "say what happened to a guest, node or storage",
            asked -> asked.about(Asked.Kind.THING, thing -> events(asked, thing)),
            "happen|change|trend <thing> lately? why? day? hour? week?",
            "when <thing> stopped|crashed|begun|running|change lately?"),
        Intent.of(
            "failed-tasks",
            "which tasks failed?",
            "list the tasks that failed",
            asked -> tasks(asked, "failed", task -> task.ended() && !task.succeeded()),
            "task failed lately? <node>? day? cluster?",
            "what failed lately?",
            "backup|backups failed lately? task?"),
        Intent.of(
            "recent-tasks",
            "which tasks ran lately?",
            "list the tasks that ran lately",
            asked -> tasks(asked, "ran lately", task -> true),
            "task lately? ran? running? <node>? cluster?"),
        Intent.of(
            "running-tasks",
            "which tasks are in progress?",
            "list the tasks that run now",
            asked -> tasks(asked, "run now", task -> !task.ended()),
            "task progress|running <node>? cluster?"));
  }

  private static Reply events(Asked asked, @Nullable Resource thing) {
    return Reply.from(
        asked.house().sources().events(),
        "The history",
        stream -> {
          String ref = thing == null ? null : thing.ref().toString();
          List<RecordedEvent> found =
              newest(stream, event -> ref == null ? isNews(event) : ref.equals(event.subject()));
          String whose = thing == null ? "" : " of " + asked.house().label(thing);
          if (found.isEmpty()) {
            return worded(thing, "Nothing" + whose + " is recorded lately.");
          }
          StringBuilder text = new StringBuilder("The latest" + whose + ", newest first:");
          for (RecordedEvent event : found) {
            text.append("\n- ").append(told(asked.house(), event));
          }
          return worded(thing, text.toString());
        });
  }

  private static Reply worded(@Nullable Resource thing, String text) {
    return thing == null ? Reply.of(text) : Reply.about(thing, text);
  }

  private static String told(House house, RecordedEvent event) {
    return Figures.ago(event.at(), house.now()) + ": " + Inert.line(event.summary());
  }

  /** The latest event of a resource as a sentence; empty where none is known. */
  static String lastOf(House house, Resource resource) {
    EventStream stream = house.sources().events();
    if (stream == null) {
      return "";
    }
    String ref = resource.ref().toString();
    return newest(stream, event -> ref.equals(event.subject()) && event.type().endsWith(".changed"))
        .stream()
        .findFirst()
        .map(event -> " The latest, " + told(house, event))
        .orElse("");
  }

  private static List<RecordedEvent> newest(EventStream stream, Predicate<RecordedEvent> wanted) {
    List<RecordedEvent> all =
        new ArrayList<>(stream.after(Math.max(0, stream.head() - LOOKED_AT), LOOKED_AT));
    Collections.reverse(all);
    return all.stream().filter(wanted).limit(TOLD).toList();
  }

  /** Not every step of an action, and not who logged in. */
  private static boolean isNews(RecordedEvent event) {
    return !event.type().startsWith("session.")
        && !event.type().equals("audit.anchored")
        && (!event.type().startsWith("action.") || event.type().equals("action.ended"));
  }

  private static Reply tasks(Asked asked, String which, Predicate<TaskState> wanted) {
    House house = asked.house();
    List<Reply.Row> rows = new ArrayList<>();
    boolean read = false;
    for (ClusterSnapshot snapshot : house.clusters()) {
      read |= house.detail(snapshot.cluster().ref(), RecentTasks.class).isPresent();
      house.detail(snapshot.cluster().ref(), RecentTasks.class).stream()
          .flatMap(recent -> recent.tasks().stream())
          .filter(wanted)
          .filter(task -> !asked.has("backup", "backups") || task.type().equals("vzdump"))
          .filter(
              task -> asked.node().isEmpty() || asked.node().get().node().equals(task.id().node()))
          .sorted(Comparator.comparing(TaskState::startedAt).reversed())
          .limit(TOLD)
          .forEach(task -> rows.add(new Reply.Row("", told(house, snapshot, task))));
    }
    if (!read) {
      return Reply.of("The tasks of no cluster have been read yet.");
    }
    return rows.isEmpty()
        ? Reply.of("No task " + which + ", as far as the clusters list them.")
        : Reply.list("Tasks that " + which + ":", rows);
  }

  private static String told(House house, ClusterSnapshot snapshot, TaskState task) {
    String about =
        snapshot.guests().values().stream()
            .filter(guest -> guest.id().toString().equals(task.subject()))
            .map((Guest guest) -> house.label(guest))
            .findFirst()
            .orElse(Inert.name(task.subject()));
    String exit = task.exitStatus();
    return Inert.name(task.type())
        + (about.isEmpty() ? "" : " of " + about)
        + " on node "
        + task.id().node()
        + " by "
        + Inert.name(task.user())
        + ", "
        + Figures.ago(task.startedAt(), house.now())
        + ": "
        + (exit == null ? "in progress" : Inert.line(exit));
  }
}
