package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.resource.Cluster;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.tool.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnowledgePolicyTest {
  private final KnowledgePolicy policy = new KnowledgePolicy();
  private final Home home = new Home();

  @Test
  void allowsChangesWhereTheConnectionIsLive() {
    assertThat(policy.decide(home.asks(Effect.CHANGES, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @EnumSource(value = Cluster.Connection.class, mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
  void deniesChangesOtherwiseWithTheConnectionsReason(Cluster.Connection connection) {
    home.connection = connection;
    home.reason = "pve1 does not answer.";

    assertThat(policy.decide(home.asks(Effect.CHANGES, Home.guest(101, "pve1"))))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            denial ->
                assertThat(denial.reason())
                    .contains(connection.word())
                    .endsWith("pve1 does not answer."));
    assertThat(policy.decide(home.asks(Effect.OBSERVES, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void deniesChangesWithoutTargetOrCluster() {
    assertThat(policy.decide(home.asks(Effect.CHANGES))).isInstanceOf(Decision.Deny.class);
    assertThat(policy.decide(home.asksWithoutKnowledge(Effect.CHANGES, Home.guest(101, "pve1"))))
        .isInstanceOf(Decision.Deny.class);
  }
}
