package org.jarvis.tools.form;

import java.util.List;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolContext;

/** Which clusters a reading tool looks at. */
public final class ClusterChoice {
  private ClusterChoice() {}

  /** The named cluster, or all where none is named. */
  public static List<ClusterSnapshot> of(ToolContext context) {
    Arguments arguments = context.arguments();
    List<ClusterSnapshot> known = context.liveState().clusters();
    if (arguments.text("cluster").isEmpty()) {
      return known;
    }
    String wanted = arguments.text("cluster").orElseThrow();
    List<ClusterSnapshot> chosen =
        known.stream().filter(snapshot -> snapshot.cluster().id().value().equals(wanted)).toList();
    if (chosen.isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "No cluster "
              + wanted
              + " is connected. "
              + (known.isEmpty() ? "There is none at all." : "There are: " + names(known) + "."));
    }
    return chosen;
  }

  private static String names(List<ClusterSnapshot> clusters) {
    return clusters.stream()
        .map(snapshot -> snapshot.cluster().id().value())
        .collect(Collectors.joining(", "));
  }
}
