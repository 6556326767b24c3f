package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeServices;
import org.jspecify.annotations.Nullable;

/** Whether a node's services failed, or one that it cannot do without does not run. */
final class ServiceDetector implements BuiltIn {
  /** One did, or does not. */
  static final ProblemKind FAILED =
      KindDraft.of(
              "service-failed",
              "Service failed",
              Severity.CRITICAL,
              "A service of the node has failed, or one that the node cannot do without does not"
                  + " run; those that somebody switched off are not meant.")
          .needs(Aspect.SERVICES)
          .lasting(Duration.ofMinutes(1), Duration.ZERO)
          .mended();

  /** Without these a node is no node. */
  private static final Set<String> CORE =
      Set.of("pve-cluster", "pvedaemon", "pveproxy", "pvestatd");

  /** Without this one it is no member. */
  private static final String MEMBERSHIP = "corosync";

  private static final Set<String> SWITCHED_OFF = Set.of("disabled", "masked", "not-found");
  private static final Set<String> RESTING = Set.of("inactive", "failed");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._-]{0,63}");

  @Override
  public List<ProblemKind> kinds() {
    return List.of(FAILED);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    boolean several = situation.cluster().nodes().size() > 1;
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), NodeServices.class)
          .ifPresent(
              told -> {
                for (NodeServices.Service service : told.services()) {
                  Finding failed = failed(node, service, several);
                  if (failed != null) {
                    findings.add(failed);
                  }
                }
              });
    }
    return findings;
  }

  private static @Nullable Finding failed(
      Node node, NodeServices.Service service, boolean several) {
    boolean core = CORE.contains(service.name()) || (several && service.name().equals(MEMBERSHIP));
    boolean failed = "failed".equals(service.activeState()) || "failed".equals(service.state());
    boolean missing =
        core && service.activeState() != null && RESTING.contains(service.activeState());
    if (!(failed || missing) || isSwitchedOff(service)) {
      return null;
    }
    String name = Words.name(service.name());
    Sight sight =
        Sight.of(
            FAILED,
            node.ref(),
            name,
            core ? Severity.CRITICAL : Severity.WARNING,
            "The service "
                + name
                + " of "
                + node.name()
                + (failed ? " has failed." : " does not run.")
                + (core ? " The node cannot do without it." : ""));
    sight.evidence(
        "State",
        Words.name(String.valueOf(service.activeState()))
            + " ("
            + Words.name(String.valueOf(service.state()))
            + ")");
    if (service.description() != null) {
      sight.evidence("What it is", Words.said(service.description()));
    }
    if (NAME.matcher(service.name()).matches()) {
      sight.remedy(start(node, service));
    }
    return sight.finding("Its name is not one that can be started from here; look on its node.");
  }

  private static boolean isSwitchedOff(NodeServices.Service service) {
    return service.unitState() != null && SWITCHED_OFF.contains(service.unitState());
  }

  private static Remedy start(Node node, NodeServices.Service service) {
    return Remedy.of(
        "start",
        "Start " + Words.name(service.name()) + " on " + node.name(),
        "It does not run and is started; where it fails again, the node's log says why.",
        Fix.node("start_service", node.cluster(), node.node(), Map.of("service", service.name())));
  }
}
