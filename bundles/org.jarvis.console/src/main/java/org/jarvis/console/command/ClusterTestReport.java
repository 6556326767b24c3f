package org.jarvis.console.command;

import java.util.Locale;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.console.Parts;

/** What works with a cluster and what does not, a line for each thing, and below it the cure. */
final class ClusterTestReport {
  private final Parts parts;

  ClusterTestReport(Parts parts) {
    this.parts = parts;
  }

  void write(String name, Lines lines) {
    ClusterId cluster =
        parts.liveState().require().clusters().stream()
            .map(snapshot -> snapshot.cluster().id())
            .filter(id -> id.value().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND,
                        "There is no cluster of this name. jarvis:status lists them."));
    Examination examination = parts.readings().require().examine(cluster);
    int width =
        examination.checks().stream().mapToInt(check -> check.name().length()).max().orElse(1);
    for (Examination.Check check : examination.checks()) {
      lines.add(
          "%-7s  %s  %s"
              .formatted(
                  check.outcome().word().toUpperCase(Locale.ROOT),
                  check.name() + " ".repeat(width - check.name().length()),
                  check.detail())
              .stripTrailing());
      if (check.cure() != null) {
        check.cure().lines().forEach(line -> lines.add("         " + line));
      }
    }
    lines.add("");
    long limited =
        examination.checks().stream()
            .filter(check -> check.outcome() == Examination.Outcome.LIMITED)
            .count();
    if (!examination.passed()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "Cluster " + cluster + " cannot be watched as it is. Mend what is FAILED above.");
    }
    lines.add(
        limited == 0
            ? "Everything works."
            : "Cluster " + cluster + " can be watched; what is LIMITED above is not possible.");
  }
}
