package org.jarvis.tools;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;

/** What the tools on guests have in common: their names, and the form of their results. */
final class GuestTools {
  private GuestTools() {}

  static String list(GuestType type) {
    return switch (type) {
      case QEMU -> "get_vms";
      case LXC -> "get_containers";
    };
  }

  static String start(GuestType type) {
    return "start_" + suffix(type);
  }

  static String stop(GuestType type) {
    return "stop_" + suffix(type);
  }

  private static String suffix(GuestType type) {
    return switch (type) {
      case QEMU -> "vm";
      case LXC -> "container";
    };
  }

  /** The result of a task on a guest. */
  static Map<String, @Nullable Object> outcome(Guest guest, TaskState task, Optional<String> note) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("ref", guest.ref().toString());
    data.put("cluster", guest.cluster().value());
    data.put("node", guest.node().value());
    data.put("vmid", guest.id().value());
    data.put("name", guest.name());
    data.put("task", task.id().value());
    data.put("exitStatus", Words.said(String.valueOf(task.exitStatus())));
    data.put("note", note.orElse(null));
    return data;
  }
}
