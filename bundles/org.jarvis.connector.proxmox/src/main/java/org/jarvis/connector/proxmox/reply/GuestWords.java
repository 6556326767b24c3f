package org.jarvis.connector.proxmox.reply;

import java.util.List;
import java.util.SortedSet;
import java.util.StringTokenizer;
import java.util.TreeSet;
import org.jarvis.api.resource.Guest;
import org.jspecify.annotations.Nullable;

/** The words in which Proxmox VE speaks of guests. */
final class GuestWords {
  private static final int TAGS_LIMIT = 100;
  private static final String TAG_SEPARATORS = ";, \t\n\u000B\f\r";

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
    if (tags == null) {
      return List.of();
    }
    // By hand: a large cluster's guests have thousands of tags, which are read every few seconds.
    StringTokenizer words = new StringTokenizer(tags, TAG_SEPARATORS);
    SortedSet<String> sorted = new TreeSet<>();
    while (words.hasMoreTokens()) {
      sorted.add(words.nextToken());
    }
    return sorted.stream().limit(TAGS_LIMIT).toList();
  }
}
