package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolUse;
import org.junit.jupiter.api.Test;

class TierPolicyTest {
  private final TierPolicy policy = new TierPolicy(new NeverTools("delete_vm"));

  @Test
  void letsGreenRun() {
    assertThat(decide(Effect.OBSERVES, Tier.GREEN, Consent.NONE))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void letsYellowRunAndRecordsIt() {
    assertThat(decide(Effect.CHANGES, Tier.YELLOW, Consent.CLICK))
        .isInstanceOf(Decision.AllowAndRecord.class);
  }

  @Test
  void wantsApprovalForRedWithTheConsentOfTheUse() {
    assertThat(consent(decide(Effect.DISRUPTS, Tier.RED, Consent.HOLD))).isEqualTo(Consent.HOLD);
    assertThat(consent(decide(Effect.DISRUPTS, Tier.RED, Consent.TYPED))).isEqualTo(Consent.TYPED);
  }

  @Test
  void deniesBlack() {
    assertThat(decide(Effect.DESTROYS, Tier.BLACK, Consent.TYPED))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void treatsADisruptionThatCallsItselfYellowAsRed() {
    assertThat(consent(decide(Effect.DISRUPTS, Tier.YELLOW, Consent.CLICK)))
        .isEqualTo(Consent.HOLD);
  }

  @Test
  void wantsTheNameTypedForADestructionThatCallsItselfHarmless() {
    assertThat(consent(decide(Effect.DESTROYS, Tier.YELLOW, Consent.NONE)))
        .isEqualTo(Consent.TYPED);
  }

  private static Consent consent(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.RequireApproval.class);
    return ((Decision.RequireApproval) decision).consent();
  }

  private Decision decide(Effect effect, Tier tier, Consent consent) {
    return policy.decide(
        new PolicyRequest(
            "some_tool",
            Arguments.none(),
            new ToolUse("Do", effect, tier, consent, List.of()),
            Home.PERSON,
            Origin.BROWSER,
            List.of(),
            List.of()));
  }
}
