package org.jarvis.testkit.safety;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The contract holds for a good policy, and each of its tests fails for a bad one. */
class SafetyPolicyContractTest extends SafetyPolicyContract {
  private static final Decision ALLOWED = new Decision.Allow("It is of no concern here.");
  private static final Decision DENIED = new Decision.Deny("It disrupts.");

  @Override
  protected SafetyPolicy policy() {
    return new Sample("sample", SafetyPolicyContractTest::judge, Optional.empty());
  }

  private static Decision judge(PolicyRequest request) {
    return request.use().effect().compareTo(Effect.DISRUPTS) < 0 ? ALLOWED : DENIED;
  }

  private record Sample(
      String name, Function<PolicyRequest, Decision> judging, Optional<String> banned)
      implements SafetyPolicy {
    @Override
    public Optional<String> ban(ToolDefinition tool) {
      return banned;
    }

    @Override
    public Decision decide(PolicyRequest request) {
      return judging.apply(request);
    }
  }

  private static SafetyPolicyContract judging(Function<PolicyRequest, Decision> judging) {
    return of(new Sample("sample", judging, Optional.empty()));
  }

  private static SafetyPolicyContract of(SafetyPolicy policy) {
    return new SafetyPolicyContract() {
      @Override
      protected SafetyPolicy policy() {
        return policy;
      }
    };
  }

  private static void assertFails(Executable test) {
    assertThatExceptionOfType(AssertionError.class).isThrownBy(test::execute);
  }

  @Test
  void refusesANameForNobody() {
    assertFails(
        of(new Sample("My Policy!", SafetyPolicyContractTest::judge, Optional.empty()))
            ::hasAShortStableName);
  }

  @Test
  void refusesNoAnswerAndNoReason() {
    assertFails(
        judging(request -> request.targets().isEmpty() ? null : judge(request))
            ::judgesWhateverIsAsked);
    assertFails(judging(request -> new Decision.Deny(" "))::judgesWhateverIsAsked);
    assertFails(judging(request -> new Decision.Deny("a\nb"))::judgesWhateverIsAsked);
  }

  @Test
  void refusesOneThatCannotJudgeWhatNothingIsKnownOf() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(
            judging(request -> request.clusters().get(0) == null ? DENIED : ALLOWED)
                ::judgesWhateverIsAsked);
  }

  @Test
  void refusesOneThatRemembersWhatItWasAsked() {
    AtomicInteger asked = new AtomicInteger();
    assertFails(
        judging(request -> asked.incrementAndGet() % 7 == 0 ? DENIED : ALLOWED)
            ::judgesTheSameTheSameInWhateverOrder);
  }

  @Test
  void refusesOneThatBelievesAClaim() {
    assertFails(
        judging(request -> request.arguments().flag("confirmed") ? ALLOWED : judge(request))
            ::isMovedByNoClaimInTheArguments);
    assertFails(
        judging(request -> request.arguments().toString().contains("admin") ? ALLOWED : DENIED)
            ::isMovedByNoClaimInTheArguments);
  }

  @Test
  void refusesOneThatBansWhatItAllows() {
    assertFails(
        of(new Sample("sample", SafetyPolicyContractTest::judge, Optional.of("Never.")))
            ::deniesWhatItBans);
  }
}
