package org.jarvis.testkit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Problem;
import org.junit.jupiter.api.Test;

class FakeProblemsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session-1");

  private final Problem crashed = SampleProblem.crashed("p1", 101, NOW).build();

  private static FakeProblems changeable() {
    return new FakeProblems(
        (ActionGate)
            Proxy.newProxyInstance(
                ActionGate.class.getClassLoader(),
                new Class<?>[] {ActionGate.class},
                (gate, method, arguments) -> {
                  throw new AssertionError("Nobody should ask the gate.");
                }),
        NOW);
  }

  @Test
  void failsWhoeverChangesWhatIsOnlyRead() {
    FakeProblems problems = FakeProblems.toRead(crashed);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> problems.acknowledge("p1", ADA))
        .withMessageContaining("acknowledge p1 ada");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> problems.mend("p1", "start", false, ADA, Origin.BROWSER));
    assertThat(problems.open()).containsExactly(crashed);
  }

  @Test
  void keepsWhatIsSaidAndEndsASilenceByAMomentThatIsPast() {
    FakeProblems problems = changeable();
    problems.all.add(crashed);

    problems.acknowledge("p1", ADA);
    problems.silence("p1", NOW.plusSeconds(1), ADA);
    Problem silenced = problems.note("p1", "Soon.", ADA);
    Problem loud = problems.silence("p1", NOW, ADA);

    assertThat(silenced)
        .isEqualTo(
            SampleProblem.like(crashed)
                .acknowledged("ada", NOW)
                .silence(new Problem.Silence("ada", NOW.plusSeconds(1)))
                .notes(List.of(new Problem.Note("ada", NOW, "Soon.")))
                .build());
    assertThat(loud).isEqualTo(SampleProblem.like(silenced).silence(null).build());
    assertThat(problems.all).containsExactly(loud);
  }

  @Test
  void writesDownWhatItRefuses() {
    FakeProblems problems = changeable();

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> problems.mend("none", "start", true, ADA, Origin.API));

    assertThat(problems.told).containsExactly("mend none start true ada API");
  }
}
