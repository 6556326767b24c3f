package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedServicesTest {
  private final Home home = new Home();

  @ParameterizedTest
  @CsvSource({
    // entry, node, unit, touch, refused
    "docker, pve1, docker, INTERRUPTS, true",
    "docker, pve2, docker, TAKES_DOWN, true",
    "docker.service, pve2, docker, INTERRUPTS, true",
    "docker, pve2, docker.service, INTERRUPTS, true",
    "pve1/docker, pve1, docker, INTERRUPTS, true",
    "pve1/docker, pve2, docker, INTERRUPTS, false",
    "docker, pve1, docker, TENDS, false",
    "docker, pve1, containerd, INTERRUPTS, false",
    "docker, pve1, docker-proxy, INTERRUPTS, false",
    "pveproxy, pve1, pveproxy, TENDS, true",
    "pveproxy, pve1, pveproxy, USES, false",
    "wg-quick@wg0, pve1, wg-quick@wg0, INTERRUPTS, true",
  })
  void refusesToStopOrRestartWhatIsNamed(
      String entry, String node, String unit, Touch touch, boolean refused) {
    Decision decision = decide(Registers.withServices(entry), node, unit, touch);

    if (refused) {
      assertThat(decision).isInstanceOf(Decision.Deny.class);
      assertThat(decision.reason())
          .contains("service " + unit + " of node " + node, "protected.services", "cfg");
    } else {
      assertThat(decision).isInstanceOf(Decision.Allow.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"my docker", "pve1/pve2/docker", "/docker", "pve1/", ".service", "a;b"})
  void touchesNoServiceWhileAnEntryCannotBeRead(String entry) {
    ProtectionRegister register = Registers.withServices(entry, "docker");

    assertThat(decide(register, "pve1", "ssh", Touch.INTERRUPTS))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            denial ->
                assertThat(denial.reason()).contains("'" + entry + "'", "protected.services"));
    assertThat(decide(register, "pve1", "pveproxy", Touch.TENDS)).isInstanceOf(Decision.Deny.class);
    assertThat(decide(register, "pve1", "ssh", Touch.TENDS)).isInstanceOf(Decision.Allow.class);
    assertThat(register.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(register.health().detail())
        .contains("protected.services")
        .doesNotContain("'" + entry + "'");
  }

  @Test
  void protectsWhatJarvisMayRunInUnlessToldOtherwise() throws NoSuchMethodException {
    assertThat((String[]) SafetySettings.class.getMethod("protected_services").getDefaultValue())
        .containsExactlyInAnyOrder("jarvis", "docker");
  }

  @Test
  void doesNotKeepAnybodyFromWorkingOnTheNodeItself() {
    assertThat(
            new ProtectionPolicy(Registers.withServices("docker"))
                .decide(home.touches(Touch.TAKES_DOWN, Home.node("pve1"))))
        .isInstanceOf(Decision.Allow.class);
  }

  private Decision decide(ProtectionRegister register, String node, String unit, Touch touch) {
    Effect effect = touch.leastEffect() == Effect.OBSERVES ? Effect.CHANGES : touch.leastEffect();
    return new ProtectionPolicy(register)
        .decide(home.touches(effect, new PolicyRequest.Target(Home.node(node), touch, unit)));
  }
}
