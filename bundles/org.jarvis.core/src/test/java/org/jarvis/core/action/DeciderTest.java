package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeciderTest {
  private final GateFixture fixture = new GateFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tier", "protection", "whereabouts", "quorum", "origin", "knowledge", "command"})
  void allowsNothingButObservingWithoutARequiredPolicy(String name) {
    SafetyPolicy standard =
        fixture.policies.all().stream()
            .filter(policy -> policy.name().equals(name))
            .findFirst()
            .orElseThrow()
            .policy();
    fixture.policies.remove(standard);
    // One of that name from elsewhere does not count.
    fixture.policies.add(
        GateFixture.policy(name, new Decision.Allow("Trust me.")), "org.example.friendly");

    Action refused = fixture.submit("start_vm", 101);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(GateFixture.reasons(refused)).first().asString().contains(name);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void deniesAndNamesAPolicyThatThrows() {
    fixture.policies.add(
        GateFixture.policy(
            "broken",
            request -> {
              throw new IllegalStateException("out of order");
            }),
        "org.example");

    assertRefusedNaming("broken of org.example failed");
  }

  @Test
  @SuppressWarnings("NullAway") // that is the point
  void deniesAndNamesAPolicyThatSaysNothing() {
    fixture.policies.add(GateFixture.policy("mute", request -> null), "org.example");

    assertRefusedNaming("mute of org.example gave no answer");
  }

  @Test
  void asksAPolicyThatCannotSayItsName() {
    fixture.policies.add(new Nameless(), "org.example");

    Action refused = fixture.submit("start_vm", 101);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(refused.verdicts())
        .extracting(Action.Verdict::policy)
        .contains("Nameless of org.example");
  }

  private static final class Nameless implements SafetyPolicy {
    @Override
    public String name() {
      throw new IllegalStateException("out of order");
    }

    @Override
    public Decision decide(PolicyRequest request) {
      return new Decision.Deny("Never.");
    }
  }

  @Test
  void deniesAndNamesAPolicyThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    fixture.policies.add(
        GateFixture.policy(
            "slow",
            request -> {
              boolean interrupted = false;
              while (never.getCount() > 0 && !interrupted) {
                Thread.onSpinWait();
                interrupted = Thread.currentThread().isInterrupted();
              }
              return new Decision.Allow("late");
            }),
        "org.example");

    assertRefusedNaming("slow of org.example did not answer in time");
  }

  @Test
  void deniesAndNamesAPolicyThatLeavesWhileItIsAsked() {
    fixture.policies.add(
        new SafetyPolicy() {
          @Override
          public String name() {
            return "fleeting";
          }

          @Override
          public Decision decide(PolicyRequest request) {
            fixture.policies.remove(this);
            return new Decision.Allow("Good bye.");
          }
        },
        "org.example");

    assertRefusedNaming("fleeting of org.example left while it was asked");
    assertThat(fixture.submit("start_vm", 101).state()).isNotEqualTo(ActionState.REFUSED);
  }

  @Test
  void letsTheStrictestPolicyWin() {
    fixture.policies.add(
        GateFixture.policy("strict", new Decision.RequireApproval("Ask first.", Consent.TYPED)),
        "org.example");

    Action waiting = fixture.submit("start_vm", 101);

    assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(waiting.consent()).isEqualTo(Consent.TYPED);
    assertThat(GateFixture.reasons(waiting)).contains("Ask first.", "fine");
  }

  @Test
  void demandsAnApprovalForRedEvenIfEveryPolicyIsLenient() {
    Action waiting = fixture.submit("stop_vm", 102);

    assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(waiting.consent()).isEqualTo(Consent.HOLD);
  }

  private void assertRefusedNaming(String words) {
    Action refused = fixture.submit("start_vm", 101);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(GateFixture.reasons(refused)).anySatisfy(r -> assertThat(r).contains(words));
    assertThat(fixture.cluster.done()).isEmpty();
  }
}
