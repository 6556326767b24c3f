package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;

class QuorumPolicyTest {
  private final QuorumPolicy policy = new QuorumPolicy();
  private final Home home = new Home();

  @Test
  void deniesAStartWithoutQuorumAndSaysExactlyThat() {
    home.quorate = false;
    home.votes = 1;

    assertThat(denial(Effect.CHANGES, Home.guest(101, "pve1")))
        .startsWith("no quorum: 1 of 3 votes in cluster home");
  }

  @Test
  void deniesWithoutQuorumAlsoWhereTheVotesAreUnknown() {
    home.status = Cluster.Status.NO_QUORUM;
    home.votes = null;

    assertThat(denial(Effect.CHANGES, Home.guest(101, "pve1"))).startsWith("no quorum");
  }

  @Test
  void letsObserveWithoutQuorum() {
    home.quorate = false;
    assertAllowed(Effect.OBSERVES, Home.guest(101, "pve1"));
  }

  @Test
  void deniesWhileItIsUnknownWhetherThereIsQuorum() {
    home.quorate = null;
    assertThat(denial(Effect.CHANGES, Home.guest(101, "pve1"))).contains("is not known");
  }

  @Test
  void asksNoQuorumOfASingleNode() {
    single();

    assertAllowed(Effect.CHANGES, Home.guest(101, "pve1"));
    assertAllowed(Effect.DISRUPTS, Home.node("pve1"));
  }

  @Test
  void takesTheLastVisibleNodeOfAClusterForNoSingleNode() {
    single();
    home.votes = 1;
    home.expectedVotes = 2;
    assertThat(denial(Effect.DISRUPTS, Home.node("pve1"))).contains("would lose quorum");

    home.quorate = false;
    assertThat(denial(Effect.CHANGES, Home.guest(101, "pve1")))
        .startsWith("no quorum: 1 of 2 votes");

    home.quorate = null;
    home.expectedVotes = null;
    assertThat(denial(Effect.CHANGES, Home.guest(101, "pve1"))).contains("is not known");
  }

  @Test
  void letsOneOfThreeNodesGoDown() {
    assertAllowed(Effect.DISRUPTS, Home.node("pve1"));
  }

  @Test
  void deniesTakingANodeOfTwo() {
    home.nodes.remove(2);
    home.votes = 2;
    home.expectedVotes = 2;

    assertThat(denial(Effect.DISRUPTS, Home.node("pve1")))
        .contains("would lose quorum: 1 of 2 votes, 2 needed");
  }

  @Test
  void deniesTakingASecondNodeDownWhileOneIsDown() {
    home.nodes.set(2, Home.node("pve3", Node.Status.OFFLINE));
    home.nodes.add(Home.node("pve4"));
    home.nodes.add(Home.node("pve5"));
    home.votes = 4;
    home.expectedVotes = 5;

    assertThat(denial(Effect.DISRUPTS, Home.node("pve1")))
        .contains("Node pve3")
        .contains("is down");
  }

  @Test
  void countsANodeOfUnknownStateAsDown() {
    home.nodes.set(2, Home.node("pve3", Node.Status.UNKNOWN));

    assertThat(denial(Effect.DISRUPTS, Home.node("pve1"))).contains("Node pve3");
  }

  @Test
  void deniesTakingTwoNodesOrTheWholeClusterDownAtOnce() {
    assertThat(denial(Effect.DISRUPTS, Home.node("pve1"), Home.node("pve2"))).contains("2 nodes");
    assertThat(denial(Effect.DISRUPTS, home.cluster())).contains("3 nodes");
  }

  @Test
  void deniesTakingANodeDownWhileTheVotesAreUnknown() {
    home.votes = null;
    assertThat(denial(Effect.DISRUPTS, Home.node("pve1"))).contains("votes of cluster home");
  }

  @Test
  void leavesGuestsToTheOtherPolicies() {
    home.nodes.set(2, Home.node("pve3", Node.Status.OFFLINE));
    home.votes = 2;

    assertAllowed(Effect.DISRUPTS, Home.guest(101, "pve1"));
  }

  @Test
  void deniesWhereTheClusterIsUnknown() {
    assertThat(policy.decide(home.asksWithoutKnowledge(Effect.CHANGES, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Deny.class);
  }

  private void single() {
    home.nodes.clear();
    home.nodes.add(Home.node("pve1"));
    home.votes = null;
    home.expectedVotes = null;
  }

  @Test
  void letsANodeBeWokenWithoutQuorum() {
    home.quorate = false;
    home.status = Cluster.Status.NO_QUORUM;
    Node asleep = Home.node("pve3", Node.Status.OFFLINE);

    assertThat(policy.decide(home.touches(Touch.TENDS, asleep))).isInstanceOf(Decision.Allow.class);
    assertThat(policy.decide(home.touches(Touch.TAKES_DOWN, asleep)))
        .isInstanceOf(Decision.Deny.class);
    assertThat(policy.decide(home.touches(Touch.TENDS, Home.node("pve1"))))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void takesNoNodeDownByMovingAGuestToItOrRestartingItsService() {
    home.nodes.set(2, Home.node("pve3", Node.Status.OFFLINE));

    assertThat(
            policy.decide(
                home.touches(
                    Effect.DISRUPTS,
                    new PolicyRequest.Target(Home.guest(101, "pve1"), Touch.TAKES_DOWN),
                    new PolicyRequest.Target(Home.node("pve2"), Touch.USES))))
        .isInstanceOf(Decision.Allow.class);
    assertThat(policy.decide(home.touches(Touch.INTERRUPTS, Home.node("pve2"))))
        .isInstanceOf(Decision.Allow.class);
  }

  private String denial(Effect effect, Resource... targets) {
    Decision decision = policy.decide(home.asks(effect, targets));
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    return decision.reason();
  }

  private void assertAllowed(Effect effect, Resource... targets) {
    assertThat(policy.decide(home.asks(effect, targets))).isInstanceOf(Decision.Allow.class);
  }
}
