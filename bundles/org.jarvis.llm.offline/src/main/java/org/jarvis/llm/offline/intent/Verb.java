package org.jarvis.llm.offline.intent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.llm.offline.language.Sentence;
import org.jspecify.annotations.Nullable;

/** What can be ordered, and by which tool it is done. */
enum Verb {
  /** Start a guest, or wake a node. */
  START("start", "start", "start", "wake_node"),
  /** Shut down. */
  STOP("stop", "shut down", "stop", "shutdown_node"),
  /** Cut off; only in so many words. */
  KILL("kill", "cut off", "stop", null),
  /** Restart. */
  RESTART("restart", "restart", "restart", "reboot_node"),
  /** Wake a node. */
  WAKE("wake", "wake", null, "wake_node"),
  /** Suspend a VM. */
  SUSPEND("suspend", "suspend", "suspend", null),
  /** Resume a VM. */
  RESUME("resume", "resume", "resume", null),
  /** Move a guest. */
  MIGRATE("migrate", "migrate", "migrate", null),
  /** Take a snapshot. */
  SNAPSHOT("snapshot", "take a snapshot of", "create_snapshot", null),
  /** Make a backup. */
  BACKUP("backup", "back up", "backup", null),
  /** Mend a problem. */
  FIX("fix", "mend", null, null);

  private final String concept;
  private final String words;
  private final @Nullable String guestTool;
  private final @Nullable String nodeTool;

  Verb(String concept, String words, @Nullable String guestTool, @Nullable String nodeTool) {
    this.concept = concept;
    this.words = words;
    this.guestTool = guestTool;
    this.nodeTool = nodeTool;
  }

  String concept() {
    return concept;
  }

  /** How it is said. */
  String words() {
    return words;
  }

  /** The verbs of a sentence. A snapshot and a backup are things, unless one is to be made. */
  static List<Verb> of(Sentence sentence) {
    List<Verb> found =
        Arrays.stream(values())
            .filter(verb -> verb != SNAPSHOT && verb != BACKUP && sentence.has(verb.concept))
            .toList();
    if (!found.isEmpty()) {
      boolean hard = found.equals(List.of(STOP)) && sentence.has("hard");
      boolean killed = found.size() == 2 && found.contains(STOP) && found.contains(KILL);
      return hard || killed ? List.of(KILL) : found;
    }
    for (Verb made : List.of(SNAPSHOT, BACKUP)) {
      if (sentence.has(made.concept)
          && (sentence.opening().equals(made.concept) || sentence.has("make"))) {
        return List.of(made);
      }
    }
    return List.of();
  }

  /** The tool that does it to a resource; empty where none does. */
  Optional<String> tool(Resource resource) {
    if (resource instanceof Node) {
      return Optional.ofNullable(nodeTool);
    }
    if (!(resource instanceof Guest guest) || guestTool == null) {
      return Optional.empty();
    }
    boolean vm = guest.type() == GuestType.QEMU;
    if (this == SNAPSHOT) {
      return Optional.of(guestTool);
    }
    if ((this == SUSPEND || this == RESUME) && !vm) {
      return Optional.empty();
    }
    return Optional.of(guestTool + (vm ? "_vm" : "_container"));
  }
}
