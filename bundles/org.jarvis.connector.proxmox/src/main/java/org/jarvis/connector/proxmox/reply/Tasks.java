package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/** What Proxmox VE tells of tasks. */
public final class Tasks {
  private static final int TASKS_LIMIT = 10_000;
  private static final int EXIT_STATUS_LIMIT = 500;
  // What Proxmox VE itself says of a worker that died without a word (PVE::Tools).
  private static final String NO_WORD = "unexpected status";
  private static final String RUNNING = "running";

  private Tasks() {}

  /** Reads the data of a task's {@code status}. */
  public static TaskState status(TaskId id, JsonNode data) {
    Row row = new Row(data);
    String exit = exitText(row, "exitstatus");
    if (exit == null && "stopped".equals(row.identifier("status"))) {
      exit = NO_WORD;
    }
    return state(id, row, exit);
  }

  /** Reads a list of tasks, of a node or of the cluster, leaving out what is no task. */
  public static List<TaskState> list(JsonNode data, Oddities oddities) {
    List<TaskState> tasks = new ArrayList<>();
    for (Row row : Row.list(data, "tasks", TASKS_LIMIT, oddities)) {
      Optional<Upid> upid = Upid.parse(row.identifier("upid"));
      if (upid.isEmpty()) {
        oddities.add("tasks: an entry without a usable UPID was left out: " + row.text("upid"));
        continue;
      }
      tasks.add(state(upid.get().id(), row, listedExit(row)));
    }
    return tasks;
  }

  /** In lists the exit status is called status, and a running task has none, or "RUNNING". */
  private static @Nullable String listedExit(Row row) {
    String status = exitText(row, "status");
    if (status == null || status.equalsIgnoreCase(RUNNING)) {
      return row.count("endtime") == null ? null : NO_WORD;
    }
    return status;
  }

  private static @Nullable String exitText(Row row, String field) {
    String text = row.text(field);
    return text == null ? null : InertText.marked(text, EXIT_STATUS_LIMIT);
  }

  private static TaskState state(TaskId id, Row row, @Nullable String exit) {
    Optional<Upid> upid = Upid.parse(id.value());
    String type = upid.map(Upid::type).orElse(row.text("type"));
    String user = upid.map(Upid::user).orElse(row.text("user"));
    Instant started = upid.map(Upid::startedAt).orElse(row.moment("starttime"));
    String subject = upid.map(Upid::subject).orElse(row.identifier("id"));
    return new TaskState(
        id,
        type == null ? "" : type,
        subject == null ? "" : subject,
        user == null ? "" : user,
        started == null ? Instant.EPOCH : started,
        exit == null ? null : row.moment("endtime"),
        exit);
  }
}
