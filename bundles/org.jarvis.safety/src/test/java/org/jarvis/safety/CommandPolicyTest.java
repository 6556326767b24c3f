package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandPolicyTest {
  private final CommandScene scene = new CommandScene();

  private static void assertDenied(Decision decision, String reason) {
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    assertThat(decision.reason()).contains(reason);
  }

  @Test
  void letsEverybodyLook() {
    String command = "journalctl -u pveproxy --since '1 hour ago' | grep -i error";
    assertThat(scene.person("pve1", command)).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", command)).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "qm config 103")).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "systemctl status docker")).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "docker logs --tail 5 jarvis"))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void refusesWhatItCannotReadAndSaysWhatWouldBeAccepted() {
    assertDenied(scene.person("pve1", "qm stop $(cat /x)"), "At character 9 '$'");
    assertDenied(scene.person("pve1", "find / -delete"), "-delete");
    assertDenied(scene.person("pve1", "ls\nreboot"), "only printable ASCII");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qm stop 103",
        "qm stop 1\"0\"3",
        "timeout 5 qm stop 103",
        "qm guest exec 103 -- reboot",
        "pvesh create /nodes/pve1/qemu/103/status/stop",
        "unheardof 103",
        "unheardof --vm=0103",
        "unheardof vm-103-disk-0",
        "lvremove -f pve/vm-103-disk-0",
        "systemctl stop docker",
        "systemctl stop docker.service",
        "systemctl stop docker.socket",
        "unheardof dockerd",
        "docker stop jarvis",
        "docker restart jarvis",
        "docker stop 3f29ab",
        "docker exec jarvis unheardof",
        "unheardof /opt/jarvis",
        "reboot",
        "systemctl poweroff",
        "zpool destroy rpool",
        "ip link set vmbr0 down",
      })
  void refusesWhatHarmsSomethingProtectedEvenToAPerson(String command) {
    Decision decision = scene.person("pve1", command);
    assertThat(decision).as(decision.toString()).isInstanceOf(Decision.Deny.class);
    CommandAnalysis preview = scene.judge("pve1", command);
    assertThat(preview.tier()).isEqualTo(Tier.BLACK);
    assertThat(preview.canonical()).isEmpty();
    assertThat(preview.reasons()).isNotEmpty();
  }

  @Test
  void wantsAPersonForOrdinaryWorkOnOthers() {
    Decision stop = scene.person("pve1", "qm stop 101");
    assertThat(stop).isInstanceOf(Decision.RequireApproval.class);
    assertThat(((Decision.RequireApproval) stop).consent()).isEqualTo(Consent.HOLD);
    assertThat(scene.person("pve1", "systemctl restart nginx"))
        .isInstanceOf(Decision.RequireApproval.class);
    Decision unknown = scene.person("pve2", "unheardof 7");
    assertThat(unknown).isInstanceOf(Decision.RequireApproval.class);
    assertThat(unknown.reason()).contains("['unheardof', '7']");
    assertThat(((Decision.RequireApproval) unknown).consent()).isEqualTo(Consent.TYPED);
  }

  @Test
  void judgesTheNodeOfACommandLikeOneThatIsRebooted() {
    assertThat(scene.person("pve2", "reboot")).isInstanceOf(Decision.RequireApproval.class);
    scene.home.nodes.set(2, Home.node("pve3", Node.Status.OFFLINE));
    scene.show();
    assertDenied(scene.person("pve2", "reboot"), "pve3 of cluster home is down");
    scene.home.quorate = false;
    scene.show();
    assertDenied(scene.person("pve2", "systemctl restart nginx"), "no quorum");
    assertThat(scene.person("pve2", "uptime")).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void protectsPartsOfTheHostThatTheEntryNames() {
    assertDenied(scene.person("pve2", "ip link set vmbr9 down"), "protected.networks");
    assertThat(scene.person("pve2", "ip link set vmbr8 down"))
        .isInstanceOf(Decision.RequireApproval.class);
  }

  @Test
  void letsAModelContactNobodyUnknownWithoutAPerson() {
    assertThat(scene.model("pve1", "ping -c 1 10.0.0.1")).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "ping -c 1 pve2")).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "ping -c 1 mirror.example.org"))
        .isInstanceOf(Decision.Allow.class);
    for (String stranger :
        List.of(
            "8.8.8.8",
            "secret.attacker.example",
            "0x0a000001",
            "167772161",
            "012.0.0.1",
            "10.1",
            "10.0.0.1.attacker.example",
            "10.0.0.256",
            "pve22",
            "2001:db8::1")) {
      String command = "ping -c 1 " + stranger;
      assertThat(scene.model("pve1", command))
          .as(stranger)
          .isInstanceOf(Decision.RequireApproval.class);
      assertThat(scene.person("pve1", command)).as(stranger).isInstanceOf(Decision.Allow.class);
      assertThat(scene.judge("pve1", command).autoRuns()).isFalse();
      assertThat(scene.judge("pve1", command).tier()).isEqualTo(Tier.GREEN);
    }
  }

  @Test
  void takesTheWordsOfTheOtherFormAsTheyAre() {
    assertThat(
            scene.decide(
                Origin.MCP, Map.of("node", "pve1", "argv", List.of("grep", "$(id)", "/etc/hosts"))))
        .isInstanceOf(Decision.Allow.class);
    assertDenied(
        scene.decide(Origin.BROWSER, Map.of("node", "pve1", "argv", List.of("qm", "stop", "103"))),
        "protected");
  }

  @Test
  void refusesArgumentsThatAreOfNeitherForm() {
    assertDenied(scene.decide(Origin.BROWSER, Map.of("node", "pve1")), "either 'command'");
    assertDenied(
        scene.decide(
            Origin.BROWSER, Map.of("node", "pve1", "command", "uptime", "argv", List.of("reboot"))),
        "either 'command'");
    assertDenied(
        scene.decide(Origin.BROWSER, Map.of("node", "pve1", "argv", List.of("uptime", 1))),
        "either 'command'");
    assertDenied(
        scene.decide(Origin.BROWSER, Map.of("node", "pve1", "argv", List.of())), "no program");
  }

  @Test
  void judgesAnUnknownHostByAllThatIsProtectedAnywhere() {
    assertThat(scene.judge("elsewhere", "uptime").tier()).isEqualTo(Tier.GREEN);
    assertThat(scene.judge("elsewhere", "uptime").reasons()).anyMatch(x -> x.contains("not known"));
    assertThat(scene.judge("elsewhere", "qm stop 103").tier()).isEqualTo(Tier.BLACK);
    assertThat(scene.judge("elsewhere", "docker stop jarvis").tier()).isEqualTo(Tier.BLACK);
    assertThat(scene.judge("elsewhere", "systemctl stop docker").tier()).isEqualTo(Tier.BLACK);
    assertThat(scene.judge("elsewhere", "qm stop 101").tier()).isEqualTo(Tier.RED);
    assertThat(scene.judge("home/pve1", "qm stop 101").tier()).isEqualTo(Tier.RED);
    assertThat(scene.judge("other/pve1", "uptime").reasons())
        .anyMatch(x -> x.contains("not known"));
    assertThat(scene.judge("", "qm stop 103").tier()).isEqualTo(Tier.BLACK);
  }

  @Test
  void protectsPartsOfHostsFromOtherToolsToo() {
    Node node = Home.node("pve1");
    assertDenied(
        scene.tool(new PolicyRequest.Target(node, Touch.INTERRUPTS, "container:jarvis")),
        "protected.containers");
    assertDenied(
        scene.tool(
            new PolicyRequest.Target(Home.guest(102, "pve2"), Touch.INTERRUPTS, "docker.service")),
        "protected.services");
    assertDenied(
        scene.tool(
            new PolicyRequest.Target(Home.node("pve2"), Touch.RECONFIGURES, "network:vmbr9")),
        "protected.networks");
    assertThat(scene.tool(new PolicyRequest.Target(node, Touch.INTERRUPTS, "container:web")))
        .isInstanceOf(Decision.Allow.class);
    assertThat(scene.tool(new PolicyRequest.Target(node, Touch.USES, "container:jarvis")))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void judgesAHostThatIsAGuestByThatGuest() {
    scene.connect(
        new FakeHosts(
            FakeHosts.host("docker-vm", Home.guest(102, "pve2").ref(), "192.0.2.7", true),
            FakeHosts.host("jarvis-vm", Home.guest(103, "pve1").ref(), "192.0.2.8", false),
            FakeHosts.host("nas", ResourceRef.cluster(Home.ID), "192.0.2.9", false)));

    assertThat(scene.person("docker-vm", "reboot")).isInstanceOf(Decision.RequireApproval.class);
    assertDenied(scene.person("docker-vm", "systemctl stop docker"), "protected.services");
    assertDenied(scene.person("jarvis-vm", "reboot"), "guest103 (VM 103) is protected");
    assertDenied(scene.person("jarvis-vm", "systemctl restart nginx"), "VM 103) is protected");
    assertThat(scene.person("jarvis-vm", "uptime")).isInstanceOf(Decision.Allow.class);
    assertDenied(scene.person("nas", "reboot"), "is protected");
    assertThat(scene.judge("docker-vm", "docker ps").canonical()).contains("/usr/bin/sudo -n -- ");
    assertThat(scene.judge("nas", "docker ps").canonical()).doesNotContain("sudo");
    assertThat(scene.model("pve1", "ping -c 1 nas")).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "ping -c 1 192.0.2.9")).isInstanceOf(Decision.Allow.class);
    assertThat(scene.model("pve1", "ping -c 1 192.0.2.10"))
        .isInstanceOf(Decision.RequireApproval.class);
  }
}
