package org.jarvis.detectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeUpdates;

/**
 * Whether updates that look like security fixes wait. Proxmox VE does not tell which ones are; a
 * package of Debian is judged by its version, since its stable releases change for little else, and
 * any by the name of its source.
 */
final class UpdateDetector implements BuiltIn {
  /** Some do. */
  static final ProblemKind SECURITY =
      KindDraft.of(
              "updates-security",
              "Security updates wait",
              Severity.WARNING,
              "Updates wait that look like security fixes, by their version and origin; many of"
                  + " them mean that the node was not updated for long.")
          .needs(Aspect.UPDATES)
          .limit(
              "many",
              "Updates of this kind from which on it is a warning",
              "updates",
              40,
              1,
              10_000)
          .unmended(
              "Updates are for a person to install, one node after the other, since they restart"
                  + " services and may need a reboot: apt update and apt full-upgrade on the"
                  + " node.");

  /**
   * What Debian calls the updates of a release: {@code 3.0.15-1~deb12u1}, {@code 2.36-9+deb12u7}.
   */
  private static final Pattern OF_STABLE = Pattern.compile("[+~]deb[0-9]{1,3}u[0-9]{1,4}");

  private static final String DEBIAN = "debian";
  private static final String SECURITY_WORD = "security";
  private static final int LISTED = 12;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(SECURITY);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), NodeUpdates.class)
          .ifPresent(
              told -> {
                List<NodeUpdates.Pack> fixes =
                    told.packages().stream().filter(UpdateDetector::looksLikeFix).toList();
                if (!fixes.isEmpty()) {
                  findings.add(waiting(situation, node, fixes, told.packages().size()));
                }
              });
    }
    return findings;
  }

  private static boolean looksLikeFix(NodeUpdates.Pack pack) {
    String origin = pack.origin() == null ? "" : pack.origin().toLowerCase(Locale.ROOT);
    return pack.installed() != null
        && pack.available() != null
        && (origin.contains(SECURITY_WORD)
            || (origin.contains(DEBIAN) && OF_STABLE.matcher(pack.available()).find()));
  }

  private static Finding waiting(
      Situation situation, Node node, List<NodeUpdates.Pack> fixes, int all) {
    Sight sight =
        Sight.of(
            SECURITY,
            node.ref(),
            fixes.size() >= situation.limit(SECURITY, "many") ? Severity.WARNING : Severity.INFO,
            Words.count(fixes.size(), "update")
                + " for "
                + node.name()
                + (fixes.size() == 1
                    ? " looks like a security fix: "
                    : " look like security fixes: ")
                + Words.list(fixes.stream().map(pack -> Words.name(pack.name())).toList())
                + ".");
    sight.evidence("Updates in all", Words.count(all, "update"));
    fixes.stream()
        .limit(LISTED)
        .forEach(
            pack ->
                sight.evidence(
                    Words.name(pack.name()),
                    Words.name(String.valueOf(pack.installed()))
                        + " to "
                        + Words.name(String.valueOf(pack.available()))));
    return sight.finding();
  }
}
