package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.tool.Effect;
import org.junit.jupiter.api.Test;

class WhereaboutsPolicyTest {
  private final WhereaboutsPolicy policy = new WhereaboutsPolicy(Registers.nowhere());
  private final Home home = new Home();

  @Test
  void deniesEveryDisruptionUntilItIsKnownWhereJarvisRunsAndTellsTheCure() {
    home.whereabouts = new Whereabouts.Unknown();

    home.everything()
        .forEach(
            target ->
                assertThat(policy.decide(home.asks(Effect.DISRUPTS, target)))
                    .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        denial ->
                            assertThat(denial.reason())
                                .contains("does not know whether it runs inside cluster home")
                                .contains("etc/org.jarvis.connector.proxmox-home.cfg")
                                .contains("runs.outside=true")
                                .contains("runs.in.guest=<vmid>")));
  }

  @Test
  void letsObserveAndStartAllTheSame() {
    home.whereabouts = new Whereabouts.Unknown();

    assertThat(policy.decide(home.asks(Effect.OBSERVES, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
    assertThat(policy.decide(home.asks(Effect.CHANGES, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void allowsOnceTheOperatorStatedThatItRunsOutside() {
    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void allowsOnceTheGuestIsKnown() {
    home.whereabouts = new Whereabouts.InGuest(new GuestId(102));

    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void doesNotBelieveInAGuestThatDoesNotExist() {
    home.whereabouts = new Whereabouts.InGuest(new GuestId(999));

    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1"))))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            denial -> assertThat(denial.reason()).contains("guest 999").contains("no such guest"));
  }

  @Test
  void deniesWhereTheClusterIsUnknown() {
    assertThat(policy.decide(home.asksWithoutKnowledge(Effect.DISRUPTS, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Deny.class);
  }
}
