package org.jarvis.safety;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jarvis.api.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * How people ask for one tool in words. Data: which tools a typed word can stand for, and how each
 * is said. A tool that is not here needs a person's approval in the chat, whatever was typed:
 * because it is more than small, because what it writes would be the model's own words (tags,
 * notes), or because it makes something new at a place that the person did not name (clones,
 * backups).
 *
 * @param kind what it acts on
 * @param verbs how its operation is said, articles left out
 * @param partNouns what the part of the target that it is about is called; empty where it is about
 *     the whole
 * @param arguments what the model may fill in; anything else it would have thought of itself
 */
record WishForm(
    ResourceKind kind, List<List<String>> verbs, Set<String> partNouns, Set<String> arguments) {
  private static final Set<String> GUEST = Set.of("cluster", "node", "vmid");
  private static final List<String> POWER_ON =
      List.of(
          "start", "start up", "boot", "boot up", "power on", "power up", "turn on", "switch on");

  private static final WishForm START =
      new WishForm(
          ResourceKind.GUEST,
          phrases(POWER_ON, "launch", "bring up", "fire up", "spin up"),
          Set.of(),
          GUEST);

  private static final Map<String, WishForm> BY_TOOL =
      Map.of(
          "start_vm",
          START,
          "start_container",
          START,
          "resume_vm",
          new WishForm(
              ResourceKind.GUEST, phrases(List.of(), "resume", "unpause"), Set.of(), GUEST),
          "create_snapshot",
          new WishForm(
              ResourceKind.GUEST,
              phrases(
                  List.of(),
                  "snapshot",
                  "take snapshot of",
                  "create snapshot of",
                  "make snapshot of"),
              Set.of(),
              Set.of("cluster", "node", "vmid", "snapshot")),
          "wake_node",
          new WishForm(
              ResourceKind.NODE,
              phrases(POWER_ON, "wake", "wake up"),
              Set.of(),
              Set.of("cluster", "node")),
          "start_service",
          ofService("start"),
          "restart_service",
          ofService("restart"),
          "run_replication",
          new WishForm(
              ResourceKind.NODE,
              phrases(List.of(), "run", "start"),
              Set.of("replication", "job"),
              Set.of("cluster", "node", "job")),
          "start_zfs_scrub",
          new WishForm(
              ResourceKind.NODE,
              phrases(List.of(), "scrub", "start scrub of", "run scrub of"),
              Set.of("pool", "zfs"),
              Set.of("cluster", "node", "pool")));

  private static WishForm ofService(String verb) {
    return new WishForm(
        ResourceKind.NODE,
        phrases(List.of(), verb),
        Set.of("service", "daemon", "unit"),
        Set.of("cluster", "node", "service"));
  }

  private static List<List<String>> phrases(List<String> some, String... others) {
    return Stream.concat(some.stream(), Arrays.stream(others))
        .map(phrase -> List.of(phrase.split(" ")))
        .toList();
  }

  /** How this tool is asked for; {@code null} where no typed word can stand for it. */
  static @Nullable WishForm of(String tool) {
    return BY_TOOL.get(tool);
  }

  /** The tools that a typed word can stand for. */
  static Set<String> tools() {
    return new TreeSet<>(BY_TOOL.keySet());
  }

  /** Whether it is about a part of its target. */
  boolean aboutAPart() {
    return !partNouns.isEmpty();
  }
}
