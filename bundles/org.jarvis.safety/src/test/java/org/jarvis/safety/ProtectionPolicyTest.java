package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;

class ProtectionPolicyTest {
  private final Home home = new Home();

  @Test
  void deniesDisruptingAConfiguredGuestAndNamesTheEntry() {
    assertThat(denial("pve:home:guest:101", Effect.DISRUPTS, Home.guest(101, "pve1")))
        .contains("guest101 (VM 101) is protected")
        .contains("protected.resources")
        .contains("No approval changes that");
  }

  @Test
  void deniesDestroyingAConfiguredGuest() {
    assertThat(denial("pve:home:guest:101", Effect.DESTROYS, Home.guest(101, "pve1")))
        .contains("is protected");
  }

  @Test
  void letsAProtectedGuestBeObservedAndStarted() {
    assertAllowed("pve:home:guest:101", Effect.OBSERVES, Home.guest(101, "pve1"));
    assertAllowed("pve:home:guest:101", Effect.CHANGES, Home.guest(101, "pve1"));
  }

  @Test
  void deniesChangesOfAProtectedGuestsConfiguration() {
    assertThat(
            policy("pve:home:guest:101")
                .decide(home.touches(Touch.RECONFIGURES, Home.guest(101, "pve1")))
                .reason())
        .contains("guest101 (VM 101) is protected");
  }

  @Test
  void judgesEachTargetByWhatBecomesOfIt() {
    // Another guest moves to the node of a protected one, and its disks to a protected storage.
    PolicyRequest move =
        home.touches(
            Effect.DISRUPTS,
            new PolicyRequest.Target(Home.guest(102, "pve2"), Touch.TAKES_DOWN),
            new PolicyRequest.Target(Home.node("pve1"), Touch.USES),
            new PolicyRequest.Target(Home.storage("pve1", "local", false), Touch.USES));

    assertThat(policy("pve:home:guest:101").decide(move)).isInstanceOf(Decision.Allow.class);
    assertThat(policy("pve:home:storage:pve1:local").decide(move))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void letsAServiceOfTheNodeThatHoldsAProtectedGuestBeRestarted() {
    assertThat(
            policy("pve:home:guest:101").decide(home.touches(Touch.INTERRUPTS, Home.node("pve1"))))
        .isInstanceOf(Decision.Allow.class);
    assertThat(
            policy("pve:home:node:pve1").decide(home.touches(Touch.INTERRUPTS, Home.node("pve1"))))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void deniesReconfiguringAStorageThatAProtectedGuestMayLieOn() {
    assertThat(
            policy("pve:home:guest:101")
                .decide(home.touches(Touch.RECONFIGURES, Home.storage("pve1", "local", false)))
                .reason())
        .contains("guest101");
  }

  @Test
  void leavesAnotherGuestOnTheSameNodeToItsOwnTier() {
    assertAllowed("pve:home:guest:101", Effect.DISRUPTS, Home.guest(103, "pve1"));
    assertAllowed("pve:home:guest:101", Effect.DESTROYS, Home.guest(103, "pve1"));
  }

  @Test
  void deniesABulkRequestThatIncludesAProtectedGuest() {
    assertThat(
            denial(
                "pve:home:guest:101",
                Effect.DISRUPTS,
                Home.guest(102, "pve2"),
                Home.guest(101, "pve1")))
        .contains("guest101");
  }

  @Test
  void deniesRebootingTheNodeThatHoldsAProtectedGuestAndNoOtherNode() {
    assertThat(denial("pve:home:guest:101", Effect.DISRUPTS, Home.node("pve1")))
        .contains("guest101 (VM 101), which needs node pve1, is protected");
    assertAllowed("pve:home:guest:101", Effect.DISRUPTS, Home.node("pve2"));
  }

  @Test
  void deniesHarmToTheStoragesThatAProtectedGuestMayLieOn() {
    assertThat(denial("pve:home:guest:101", Effect.DESTROYS, Home.storage("pve1", "local", false)))
        .contains("guest101");
    assertThat(denial("pve:home:guest:101", Effect.DESTROYS, Home.storage("pve2", "nas", true)))
        .contains("guest101");
    assertAllowed("pve:home:guest:101", Effect.DESTROYS, Home.storage("pve2", "local", false));
  }

  @Test
  void deniesHarmToTheWholeClusterOfAProtectedGuest() {
    assertThat(denial("pve:home:guest:101", Effect.DISRUPTS, home.cluster())).contains("guest101");
  }

  @Test
  void deniesHarmToAProtectedNodeStorageAndCluster() {
    assertThat(denial("pve:home:node:pve3", Effect.DISRUPTS, Home.node("pve3")))
        .contains("node pve3 is protected");
    assertThat(
            denial(
                "pve:home:storage:pve2:local",
                Effect.DESTROYS,
                Home.storage("pve2", "local", false)))
        .contains("storage local on node pve2 is protected");
    assertThat(denial("pve:home:cluster", Effect.DISRUPTS, Home.guest(102, "pve2")))
        .contains("guest102");
  }

  @Test
  void protectsASharedStorageThroughEveryNodeThatSeesIt() {
    assertThat(
            denial("pve:home:storage:pve1:nas", Effect.DESTROYS, Home.storage("pve2", "nas", true)))
        .contains("storage nas");
  }

  @Test
  void deniesRebootingTheNodeOfAProtectedLocalStorage() {
    assertThat(denial("pve:home:storage:pve2:local", Effect.DISRUPTS, Home.node("pve2")))
        .contains("storage local on node pve2, which needs node pve2");
  }

  @Test
  void deniesStoppingTheGuestThatHostsJarvisAndRebootingItsNode() {
    home.whereabouts = new Whereabouts.InGuest(new GuestId(102));

    assertThat(denial("", Effect.DISRUPTS, Home.guest(102, "pve2")))
        .contains("Jarvis itself runs in it");
    assertThat(denial("", Effect.DISRUPTS, Home.node("pve2"))).contains("Jarvis itself runs in it");
    assertAllowed("", Effect.DISRUPTS, Home.guest(101, "pve1"));
  }

  @Test
  void deniesStoppingATaggedGuestAlsoAfterTheTagIsGone() {
    ProtectionPolicy policy = new ProtectionPolicy(Registers.with());

    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1", TagMemory.TAG))))
        .isInstanceOf(Decision.Deny.class);
    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(101, "pve1"))).reason())
        .contains("it had the tag jarvis-protected");
  }

  @Test
  void deniesEveryDisruptionWhileAnEntryCannotBeRead() {
    assertThat(denial("pve:home:guest:101,web server", Effect.DISRUPTS, Home.guest(102, "pve2")))
        .contains("'web server' of protected.resources in etc/org.jarvis.safety.cfg");
    assertAllowed("web server", Effect.CHANGES, Home.guest(102, "pve2"));
  }

  @Test
  void deniesEveryDisruptionWhileTheTagsOfThePastAreUnknown() {
    ProtectionPolicy policy = new ProtectionPolicy(Registers.with(new TagMemory()));

    assertThat(policy.decide(home.asks(Effect.DISRUPTS, Home.guest(102, "pve2"))).reason())
        .contains("cannot be read which guests were tagged")
        .contains("storage of Jarvis is missing");
  }

  @Test
  void deniesADisruptionThatNamesNoTargetOrWhoseClusterIsUnknown() {
    ProtectionPolicy policy = new ProtectionPolicy(Registers.with());

    assertThat(policy.decide(home.asks(Effect.DISRUPTS))).isInstanceOf(Decision.Deny.class);
    assertThat(policy.decide(home.asksWithoutKnowledge(Effect.DISRUPTS, Home.guest(102, "pve2"))))
        .isInstanceOf(Decision.Deny.class);
  }

  private static ProtectionPolicy policy(String entries) {
    return new ProtectionPolicy(Registers.with(entries));
  }

  private Decision decide(String entries, Effect effect, Resource... targets) {
    return policy(entries).decide(home.asks(effect, targets));
  }

  private String denial(String entries, Effect effect, Resource... targets) {
    Decision decision = decide(entries, effect, targets);
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    return decision.reason();
  }

  private void assertAllowed(String entries, Effect effect, Resource... targets) {
    assertThat(decide(entries, effect, targets)).isInstanceOf(Decision.Allow.class);
  }
}
