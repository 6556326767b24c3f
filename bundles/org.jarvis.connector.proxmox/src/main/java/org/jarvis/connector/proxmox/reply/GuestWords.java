package org.jarvis.connector.proxmox.reply;

import java.util.Arrays;
import java.util.List;
import org.jarvis.api.resource.Guest;
import org.jspecify.annotations.Nullable;

/** The words in which Proxmox VE speaks of guests. */
final class GuestWords {
  private static final int TAGS_LIMIT = 100;

  private GuestWords() {}

  /**
   * What a status word means. Besides {@code running} and {@code stopped} a VM has those of QEMU's
   * own run state (query-status of its QMP), in most of which its process exists and its processors
   * stand still.
   */
  static Guest.Status status(@Nullable String word) {
    if (word == null) {
      return Guest.Status.UNKNOWN;
    }
    return switch (word) {
      case "running", "colo" -> Guest.Status.RUNNING;
      case "stopped" -> Guest.Status.STOPPED;
      case "paused",
          "suspended",
          "frozen",
          "prelaunch",
          "inmigrate",
          "postmigrate",
          "finish-migrate",
          "save-vm",
          "restore-vm",
          "io-error",
          "internal-error",
          "guest-panicked",
          "watchdog",
          "shutdown",
          "debug" ->
          Guest.Status.PAUSED;
      default -> Guest.Status.UNKNOWN;
    };
  }

  /** Tags; Proxmox VE separates them with semicolons, and accepts commas and spaces. */
  static List<String> tags(@Nullable String tags) {
    return tags == null
        ? List.of()
        : Arrays.stream(tags.split("[;,\\s]+"))
            .filter(tag -> !tag.isEmpty())
            .distinct()
            .sorted()
            .limit(TAGS_LIMIT)
            .toList();
  }
}
