package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.console.Parts;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.problem.SampleProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemCommandsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant THEN = NOW.minusSeconds(3600);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final Parts parts = new Parts();
  private final FakeGate core = new FakeGate();
  private final FakeProblems problems = new FakeProblems(core, NOW);
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void fill() {
    parts.gate().add(core);
    parts.catalogue().add(core);
    parts.problems().add(problems);
    problems.all.add(crashed("p1").build());
    problems.all.add(
        SampleProblem.of("p2", SampleProblem.DISK, NOW.minusSeconds(120))
            .summary("1 GiB is free.")
            .withoutRemedy("Free space on its disk.")
            .silence(new Problem.Silence("ada", NOW.plusSeconds(60)))
            .build());
    problems.all.add(crashed("p3").resolved(THEN.plusSeconds(30)).build());
    parts.liveState().add(new Clusters(List.of("home", "away")));
  }

  /** A guest that stopped, which somebody has seen and tried to start. */
  private static SampleProblem crashed(String id) {
    return SampleProblem.crashed(id, 101, THEN)
        .remedies(
            Remedy.of("start", "Start media", "It runs then.", SampleProblem.step("start_vm", 101)),
            new Remedy(
                "restart",
                "Restart media",
                "It is made afresh.",
                List.of(SampleProblem.step("stop_vm", 101), SampleProblem.step("start_vm", 101)),
                true))
        .affects(List.of(ResourceRef.parse("pve:home:guest:101").orElseThrow()))
        .acknowledged("ada", NOW)
        .notes(List.of(new Problem.Note("ada", NOW, "I look at it.")))
        .attempts(new Problem.Attempt("start", "a1", "ada", NOW));
  }

  private ProblemsReport report() {
    return new ProblemsReport(parts, CLOCK);
  }

  private ProblemCare care() {
    return new ProblemCare(parts, CLOCK);
  }

  @Test
  void listsWhatIsWrongAndWhatIsWorkedOn() {
    problems.maintained.add(
        new Maintenance(
            ResourceRef.node(new ClusterId("home"), new NodeName("pve1")),
            "ada",
            NOW,
            NOW.plusSeconds(3600),
            "New disk"));

    report().list(false, lines::add);

    assertThat(lines)
        .containsExactly(
            "SEVERITY  FOR           STANDING                WHAT",
            "critical  1 h 0 min     seen by ada             media (VM 101) crashed. [p1]",
            "warning   2 min 0 s     silenced                1 GiB is free. [p2]",
            "Node pve1 is being worked on until 2026-03-01 13:00:00 UTC (ada: New disk).");
    lines.clear();
    report().list(true, lines::add);
    assertThat(lines)
        .contains("critical  30 s          ended                   media (VM 101) crashed. [p3]");
  }

  @Test
  void saysSoWhereNothingIsWrong() {
    problems.all.clear();

    report().list(false, lines::add);

    assertThat(lines).containsExactly("Nothing is wrong.");
  }

  @Test
  void tellsAllOfAProblem() {
    report().one("p1", lines::add);

    assertThat(lines)
        .contains(
            "Means        It stopped though nobody stopped it.",
            "About        pve:home:guest:101",
            "Since        2026-03-01 11:00:00 UTC",
            "Evidence     Exit: killed (2026-03-01 11:00:00 UTC)",
            "Affects      pve:home:guest:101",
            "Note         ada: I look at it.",
            "Attempt      start by ada (2026-03-01 12:00:00 UTC) [a1]",
            "Remedy       start: Start media. It runs then.",
            "             start_vm {vmid=101}",
            "Remedy       restart: Restart media. It is made afresh.");
    lines.clear();
    report().one("p2", lines::add);
    assertThat(lines).contains("About        Jarvis", "No remedy    Free space on its disk.");
    lines.clear();
    report().one("p3", lines::add);
    assertThat(lines).contains("Ended        2026-03-01 11:00:30 UTC: It runs again.");
    assertThatThrownBy(() -> report().one("none", lines::add))
        .hasMessageContaining("jarvis:problems lists");
  }

  @Test
  void fixesByTheBestRemedyUnlessOneIsNamed() {
    care().fix("p1", null, false, 5, lines::add);

    assertThat(lines)
        .contains("Remedy       start", "Action       action-1", "State        SUCCEEDED");
    core.next = ActionState.AWAITING_APPROVAL;
    care().fix("p1", "restart", true, 5, lines::add);
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("Approval     approval-1"));
    assertThat(problems.told)
        .containsExactly(
            "mend p1 start false console CONSOLE", "mend p1 restart true console CONSOLE");
  }

  @Test
  void failsWhereTheGateRefusesOrNothingMends() {
    core.next = ActionState.REFUSED;
    assertThatThrownBy(() -> care().fix("p1", null, false, 5, lines::add))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    problems.told.clear();
    assertThatThrownBy(() -> care().fix("p2", null, false, 5, lines::add))
        .hasMessage("Nothing mends this from here. Free space on its disk.");
    assertThatThrownBy(() -> care().fix("none", null, false, 5, lines::add))
        .hasMessageContaining("There is no problem 'none'");
    assertThatThrownBy(() -> care().fix("p1", null, false, 301, lines::add))
        .hasMessageContaining("--wait");
    assertThat(problems.told).isEmpty();
  }

  @Test
  void takesOptionsOfAFixAlsoAfterTheProblem() {
    FixCommand command = new FixCommand();
    command.parts = parts;
    command.id = "p1";
    command.given = List.of("restart", "--first-step", "--wait", "1");

    command.run(lines::add);

    assertThat(problems.told).containsExactly("mend p1 restart true console CONSOLE");
    command.given = List.of("start", "restart");
    assertThatThrownBy(() -> command.run(lines::add)).hasMessageContaining("one remedy at most");
  }

  @ParameterizedTest
  @CsvSource({"90m, PT90M", "8h, PT8H", "2d, P2D"})
  void readsLengthsOfTime(String text, Duration span) {
    assertThat(Span.of(text)).isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0m", "5", "5s", "-1h", "1w", "9999999d"})
  void saysHowALengthOfTimeIsWritten(String text) {
    assertThatThrownBy(() -> care().silence("p1", text, lines::add))
        .hasMessageContaining("such as 90m, 8h or 2d");
    assertThat(problems.told).isEmpty();
  }

  @Test
  void silencesAndEndsASilence() {
    care().silence("p1", "8h", lines::add);
    care().silence("p1", "off", lines::add);

    assertThat(problems.told)
        .containsExactly(
            "silence p1 2026-03-01T20:00:00Z console", "silence p1 1970-01-01T00:00:00Z console");
    assertThat(lines)
        .containsExactly("Silenced until 2026-03-01T20:00:00Z.", "It is not silenced any more.");
  }

  @Test
  void beginsAndEndsTheWorkOnANode() {
    care().maintain("home/pve1", "2h", "New disk", lines::add);
    care().maintain("away/pve1", "off", "", lines::add);

    assertThat(problems.told)
        .containsExactly(
            "maintain pve:home:node:pve1 2026-03-01T14:00:00Z New disk console",
            "end pve:away:node:pve1 console");
    assertThatThrownBy(() -> care().maintain("pve1", "2h", "", lines::add))
        .hasMessageContaining("say cluster/pve1");
    assertThatThrownBy(() -> care().maintain("pve9", "2h", "", lines::add))
        .hasMessageContaining("There is no node 'pve9'");
  }

  @Test
  void saysWhatIsMissing() {
    parts.problems().remove(problems);

    assertThatThrownBy(() -> report().list(false, lines::add))
        .hasMessageContaining("org.jarvis.core");
  }

  /** Clusters that have one node each, all of one name. */
  private record Clusters(List<String> names) implements LiveState {
    @Override
    public List<ClusterSnapshot> clusters() {
      return names.stream().map(Clusters::one).toList();
    }

    private static ClusterSnapshot one(String name) {
      Observation seen = new Observation("pve:" + name, NOW, Duration.ofSeconds(10));
      NodeName pve1 = new NodeName("pve1");
      ClusterId id = new ClusterId(name);
      Cluster cluster =
          new Cluster(
              id,
              name,
              Cluster.Status.ONLINE,
              Cluster.Connection.LIVE,
              null,
              "9.2.3",
              true,
              1,
              1,
              1,
              1,
              new Whereabouts.Outside(),
              seen);
      Node node =
          new Node(id, pve1, Node.Status.ONLINE, null, null, null, null, null, null, null, seen);
      return new ClusterSnapshot(cluster, Map.of(pve1, node), Map.of(), Map.of());
    }

    @Override
    public Optional<ClusterSnapshot> cluster(ClusterId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(Listener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
