package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.testkit.problem.FakeOwnSituation;
import org.junit.jupiter.api.Test;

/** Holds the kinds of problem to the rule that each carries its remedy, and documents to them. */
class KindsTest {
  private static final Path DOCUMENT = Path.of("../../docs/problems.md");

  @Test
  void everyKindHasARemedyOrSaysWhyThereIsNone() {
    Map<String, Set<String>> tools = Situations.tools();

    assertThat(kinds())
        .isNotEmpty()
        .allSatisfy(
            kind -> {
              Set<String> mending = tools.get(kind.id());
              assertThat(mending).as(kind.id() + " is found by a test").isNotNull();
              assertThat(mending.isEmpty()).as(kind.id()).isNotEqualTo(kind.hasRemedy());
            });
  }

  /** By what is seen where all is well. */
  @Test
  void everyKindSaysByWhatItsEndIsSeen() {
    Set<String> silent = new HashSet<>();
    for (Finding finding : Situations.findings()) {
      Optional<String> words =
          finding.subject() == null
              ? Endings.here(wellHere(), finding.identity())
              : Endings.of(well(), finding.identity());
      if (words.isEmpty()) {
        silent.add(finding.kind());
      }
      assertThat(words.orElse(".")).as(finding.kind()).endsWith(".").doesNotContain("null", "..");
    }

    assertThat(silent).isEmpty();
  }

  private static OwnSituation wellHere() {
    return FakeOwnSituation.at(House.NOW)
        .withDisk(new Bytes(House.GIB), new Bytes(House.GIB))
        .with(new ComponentHealth("storage", ComponentHealth.Status.UP, "All is well."));
  }

  private static Situation well() {
    return House.well()
        .with(House.CLUSTER, new CephStatus("HEALTH_OK", List.of(), 3, 3, 3, 3, null, null))
        .with(House.NODE1, new ZfsPools(List.of(pool())))
        .with(
            House.NODE1,
            new NodeServices(
                List.of(
                    new NodeServices.Service("pvescheduler", "", "", "active", "enabled"),
                    new NodeServices.Service("corosync", "", "", "active", "enabled"))))
        .with(House.NODE1, new NodeCertificates(List.of(certificate())))
        .with(
            House.NODE1,
            new ReplicationJobs(
                List.of(
                    new ReplicationJobs.Job(
                        "101-0", null, null, null, true, House.NOW, null, null, 0, null))))
        .build();
  }

  private static ZfsPools.Pool pool() {
    return new ZfsPools.Pool(
        "tank", "ONLINE", null, null, null, null, "ONLINE", null, House.NOW.minusSeconds(60), 0L);
  }

  private static NodeCertificates.Certificate certificate() {
    return new NodeCertificates.Certificate(
        "pve-ssl.pem", null, null, null, null, House.NOW.plus(Duration.ofDays(700)), List.of());
  }

  @Test
  void everyKindHasItsOwnName() {
    assertThat(kinds()).extracting(ProblemKind::id).doesNotHaveDuplicates();
    assertThat(kinds()).extracting(ProblemKind::title).doesNotHaveDuplicates();
  }

  @Test
  void theDocumentListsEveryKindAsItIsAndNoOther() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.matches("\\| `[a-z-]+` \\| (info|warning|critical) \\| .*"))
            .toList();

    assertThat(rows).containsExactlyElementsOf(expected());
  }

  private static List<ProblemKind> kinds() {
    return BuiltInDetectors.detectors().stream()
        .flatMap(detector -> detector.kinds().stream())
        .sorted(Comparator.comparing(ProblemKind::id))
        .toList();
  }

  private static List<String> expected() {
    Map<String, Set<String>> tools = Situations.tools();
    return kinds().stream()
        .map(kind -> row(kind, tools.getOrDefault(kind.id(), Set.of())))
        .toList();
  }

  private static String row(ProblemKind kind, Set<String> tools) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            kind.id(),
            kind.worst().word(),
            kind.explanation(),
            words(kind.raiseAfter()),
            kind.limits().stream()
                .map(
                    limit ->
                        "`%s` %s %s"
                            .formatted(limit.name(), Words.figure(limit.value()), limit.unit()))
                .collect(Collectors.joining(", ")),
            kind.hasRemedy()
                ? tools.stream().map(tool -> "`" + tool + "`").collect(Collectors.joining(", "))
                : kind.noRemedy());
  }

  private static String words(Duration duration) {
    return duration.isZero() ? "at once" : Words.time(duration);
  }
}
