package org.jarvis.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.problem.SampleProblem;
import org.jarvis.tools.FakeContext;
import org.jarvis.tools.Home;
import org.junit.jupiter.api.Test;

class ProblemListToolTest {
  private static final ProblemKind NODE_OFFLINE =
      new ProblemKind(
          "node-offline",
          "Node offline",
          "What runs on it is away.",
          Severity.WARNING,
          Set.of(),
          Duration.ZERO,
          Duration.ZERO,
          List.of(),
          null);
  private static final Instant SINCE = Home.NOW.minusSeconds(60);

  private final FakeProblems problems =
      FakeProblems.toRead(
          SampleProblem.crashed("p1", 101, SINCE)
              .summary("media is not well.")
              .evidence(new Evidence("State", "media", SINCE))
              .remedies(
                  Remedy.of(
                      "start",
                      "Start media",
                      "It runs then.",
                      new PlanRequest.Step(
                          "start_vm", new Arguments(Map.of("node", "pve1", "vmid", 101)))))
              .silence(new Problem.Silence("ada", Home.NOW.plusSeconds(60)))
              .build(),
          SampleProblem.of("p2", NODE_OFFLINE, SINCE)
              .about(ResourceRef.parse("pve:away:node:pve2").orElseThrow(), "pve2")
              .withoutRemedy("Look at it yourself.")
              .affects(List.of(ResourceRef.parse("pve:away:guest:200").orElseThrow()))
              .build(),
          SampleProblem.of("p3", SampleProblem.DISK, SINCE).build());
  private final ProblemListTool tool = new ProblemListTool(() -> Optional.of(problems), Home.CLOCK);

  private ToolResult run(Map<String, Object> arguments) {
    return tool.run(new FakeContext(new Arguments(arguments), new Home()));
  }

  @SuppressWarnings("unchecked") // A result's rows are objects.
  private static List<Map<String, Object>> rows(ToolResult result) {
    return (List<Map<String, Object>>) result.data().get("items");
  }

  private List<Object> ids(Map<String, Object> arguments) {
    return rows(run(arguments)).stream().map(row -> row.get("id")).toList();
  }

  @Test
  void onlyObserves() {
    assertThat(tool.use(Arguments.none()).effect()).isEqualTo(Effect.OBSERVES);
    assertThat(tool.use(Arguments.none()).targets()).isEmpty();
  }

  @Test
  void tellsTheCallsThatMend() {
    ToolResult result = run(Map.of());

    assertThat(result.summary()).isEqualTo("3 problems, 1 critical.");
    assertThat(rows(result).get(0))
        .containsEntry("id", "p1")
        .containsEntry("kind", "guest-crashed")
        .containsEntry("severity", "critical")
        .containsEntry("ref", "pve:home:guest:101")
        .containsEntry("summary", "media is not well.")
        .containsEntry("silenced", true)
        .containsEntry("acknowledged", false)
        .containsEntry("noRemedy", null);
    assertThat(rows(result).get(0).get("evidence").toString()).contains("label=State, value=media");
    assertThat(rows(result).get(0).get("remedies").toString())
        .contains("id=start", "tool=start_vm", "\"vmid\":101", "\"node\":\"pve1\"");
    assertThat(rows(result).get(1)).containsEntry("noRemedy", "Look at it yourself.");
    assertThat(rows(result).get(2)).containsEntry("ref", null);
  }

  @Test
  void isNarrowedBySeverityKindClusterAndResource() {
    assertThat(ids(Map.of("severity", List.of("warning")))).containsExactly("p2", "p3");
    assertThat(ids(Map.of("severity", List.of("info")))).isEmpty();
    assertThat(ids(Map.of("kind", "node-offline"))).containsExactly("p2");
    assertThat(ids(Map.of("cluster", "home"))).containsExactly("p1");
    assertThat(ids(Map.of("ref", "pve:home:guest:101"))).containsExactly("p1");
    assertThat(ids(Map.of("ref", "pve:away:guest:200"))).containsExactly("p2");
    assertThat(ids(Map.of("limit", 1))).containsExactly("p1");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> run(Map.of("ref", "101")))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS));
    ProblemListTool alone = new ProblemListTool(Optional::empty, Home.CLOCK);
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> alone.run(new FakeContext(Arguments.none(), new Home())))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING));
  }
}
