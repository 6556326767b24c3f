package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.problem.ProblemKind;
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
