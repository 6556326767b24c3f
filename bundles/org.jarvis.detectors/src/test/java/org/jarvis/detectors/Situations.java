package org.jarvis.detectors;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Finding;

/** What all detectors find in the situations of their tests. */
final class Situations {
  static final List<DetectorContract> TESTS =
      List.of(
          new ConnectionDetectorTest(),
          new QuorumDetectorTest(),
          new NodeDetectorTest(),
          new NodeLoadDetectorTest(),
          new StorageDetectorTest(),
          new StorageStateDetectorTest(),
          new GuestDetectorTest(),
          new GuestInsideDetectorTest(),
          new BackupCoverDetectorTest(),
          new BackupRunDetectorTest(),
          new AvailabilityDetectorTest(),
          new ZfsDetectorTest(),
          new DiskDetectorTest(),
          new TemperatureDetectorTest(),
          new TaskDetectorTest(),
          new CertificateDetectorTest(),
          new ClockDetectorTest(),
          new UpdateDetectorTest(),
          new VersionDetectorTest(),
          new ServiceDetectorTest(),
          new CephDetectorTest(),
          new OwnDetectorTest());

  private Situations() {}

  /** All of it. */
  static List<Finding> findings() {
    return TESTS.stream().flatMap(test -> test.findings().stream()).toList();
  }

  /** The tools that mend each kind. */
  static Map<String, Set<String>> tools() {
    Map<String, Set<String>> tools = new TreeMap<>();
    for (Finding finding : findings()) {
      Set<String> ofKind = tools.computeIfAbsent(finding.kind(), kind -> new TreeSet<>());
      finding.remedies().stream()
          .flatMap(remedy -> remedy.steps().stream())
          .map(PlanRequest.Step::tool)
          .forEach(ofKind::add);
    }
    return tools;
  }
}
