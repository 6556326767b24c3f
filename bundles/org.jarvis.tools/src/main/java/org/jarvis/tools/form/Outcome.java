package org.jarvis.tools.form;

import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of a change that went well.
 *
 * @param resource what it was about
 * @param task the cluster's task, {@code null} where it needs none
 * @param note what there is to say about it, {@code null} for nothing
 * @param more what else there is to tell, by the names of the tool's own columns
 */
public record Outcome(
    Resource resource, @Nullable TaskState task, @Nullable String note, Map<String, Object> more) {
  /** Keeps the members from changing. */
  public Outcome {
    more = Map.copyOf(more);
  }

  /** One that has nothing of its own to tell. */
  public static Outcome of(Resource resource, TaskState task, Optional<String> note) {
    return new Outcome(resource, task, note.orElse(null), Map.of());
  }

  /** One of the tool's own members. */
  public @Nullable Object more(String name) {
    return more.get(name);
  }

  /** The result, with a sentence that says what was done. */
  public ToolResult result(String sentence, Columns<Outcome> columns) {
    return new ToolResult(note == null ? sentence : sentence + " " + note, columns.row(this));
  }

  /** The members that all such results have. */
  public static Columns<Outcome> columns() {
    return new Columns<Outcome>()
        .text("ref", "The address of what it was about.", of -> of.resource().ref())
        .text("cluster", "Its cluster.", of -> of.resource().ref().cluster())
        .text("node", "Its node, as it was before.", Outcome::node)
        .whole(
            "vmid",
            "Its number, where it is a guest.",
            of -> of.resource() instanceof Guest guest ? guest.id().value() : null)
        .text("name", "Its name.", of -> of.resource().name())
        .text("task", "The cluster's task.", of -> of.task() == null ? null : of.task().id())
        .text(
            "exitStatus",
            "How that ended.",
            of -> of.task() == null ? null : of.task().exitStatus())
        .text("note", "What there is to say about it, warnings for example.", Outcome::note);
  }

  private static @Nullable Object node(Outcome outcome) {
    return outcome.resource() instanceof Guest guest
        ? guest.node()
        : outcome.resource().ref().nodeName().map(Object.class::cast).orElse(null);
  }
}
