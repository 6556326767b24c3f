package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OriginPolicyTest {
  private final OriginPolicy policy = new OriginPolicy(Records.aliases());

  @ParameterizedTest
  @EnumSource(
      value = Origin.class,
      names = {"CHAT", "MCP", "RUNBOOK"})
  void wantsAPersonForEveryChangeThatDidNotComeDirectly(Origin origin) {
    assertThat(consent(decide(Effect.CHANGES, PrincipalKind.PERSON, origin)))
        .isEqualTo(Consent.HOLD);
    assertThat(consent(decide(Effect.DISRUPTS, PrincipalKind.PERSON, origin)))
        .isEqualTo(Consent.HOLD);
    assertThat(consent(decide(Effect.DESTROYS, PrincipalKind.PERSON, origin)))
        .isEqualTo(Consent.TYPED);
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void letsEverybodyObserve(Origin origin) {
    assertThat(decide(Effect.OBSERVES, PrincipalKind.MCP, origin))
        .isInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @CsvSource({"PERSON,BROWSER", "TOKEN,API", "CONSOLE,CONSOLE"})
  void leavesDirectRequestsToTheirTier(PrincipalKind kind, Origin origin) {
    assertThat(decide(Effect.DISRUPTS, kind, origin)).isInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = PrincipalKind.class,
      names = {"MCP", "RUNBOOK"})
  void doesNotTrustAProgramThatSeemsToComeFromABrowser(PrincipalKind kind) {
    assertThat(consent(decide(Effect.CHANGES, kind, Origin.BROWSER))).isEqualTo(Consent.HOLD);
  }

  private Decision decide(Effect effect, PrincipalKind kind, Origin origin) {
    return policy.decide(
        new Home()
            .asksWith(
                effect,
                Arguments.none(),
                new Principal("ada", kind, "credential-1"),
                origin,
                Home.guest(101, "pve1")));
  }

  private static Consent consent(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.RequireApproval.class);
    return ((Decision.RequireApproval) decision).consent();
  }
}
