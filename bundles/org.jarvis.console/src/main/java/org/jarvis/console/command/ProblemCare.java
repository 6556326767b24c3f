package org.jarvis.console.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.console.Parts;
import org.jspecify.annotations.Nullable;

/** What somebody at the console does about problems, by the ways that a click takes. */
final class ProblemCare {
  /** What ends a silence or the work on a node. */
  private static final String OFF = "off";

  private final Parts parts;
  private final Clock clock;

  ProblemCare(Parts parts, Clock clock) {
    this.parts = parts;
    this.clock = clock;
  }

  /** Asks the gate for a remedy, the best where none is named, and tells what became of it. */
  void fix(String id, @Nullable String remedy, boolean firstStepOnly, int wait, Lines lines) {
    ToolRun.checkWait(wait);
    Problem problem = ProblemsReport.find(parts, id);
    if (problem.remedies().isEmpty()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "Nothing mends this from here. "
              + (problem.withoutRemedy() == null
                  ? problem.kind().noRemedy()
                  : problem.withoutRemedy()));
    }
    String chosen = remedy == null ? problem.remedies().get(0).id() : remedy;
    Action asked =
        parts.problems().require().mend(id, chosen, firstStepOnly, ToolRun.CONSOLE, Origin.CONSOLE);
    lines.add("Remedy", chosen);
    new ToolRun(parts).follow(asked, wait, lines);
  }

  /** Silences a problem for this long, or ends its silence. */
  void silence(String id, String span, Lines lines) {
    Problems problems = parts.problems().require();
    if (span.equals(OFF)) {
      problems.silence(id, Instant.EPOCH, ToolRun.CONSOLE);
      lines.add("It is not silenced any more.");
      return;
    }
    Instant until = clock.instant().plus(Span.of(span));
    problems.silence(id, until, ToolRun.CONSOLE);
    lines.add("Silenced until " + until + ".");
  }

  /** Begins to work on a node for this long, or ends that. */
  void maintain(String name, String span, String reason, Lines lines) {
    ResourceRef node = node(name);
    Problems problems = parts.problems().require();
    if (span.equals(OFF)) {
      problems.endMaintenance(node, ToolRun.CONSOLE);
      lines.add(node + " is no longer being worked on.");
      return;
    }
    Maintenance work =
        problems.maintain(node, clock.instant().plus(Span.of(span)), reason, ToolRun.CONSOLE);
    lines.add(
        node
            + " is being worked on until "
            + work.until()
            + ": neither it nor what runs on it has new problems until then.");
  }

  /** The node of this name, or of {@code cluster/name} where several have it. */
  private ResourceRef node(String name) {
    List<ResourceRef> found =
        parts.liveState().require().clusters().stream()
            .map(ClusterSnapshot::nodes)
            .flatMap(nodes -> nodes.values().stream())
            .filter(
                node -> name.equals(node.name()) || name.equals(node.cluster() + "/" + node.name()))
            .map(Node::ref)
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty()
        ? new JarvisException(
            ErrorCode.NOT_FOUND, "There is no node '" + name + "'. jarvis:status names clusters.")
        : new JarvisException(
            ErrorCode.AMBIGUOUS_TARGET,
            "Several clusters have a node '" + name + "': say cluster/" + name + ".");
  }
}
