package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.Privileges;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.junit.jupiter.api.Test;

/** What a task makes due, and what a turn has to be allowed. */
class TaskTracesTest {
  private static final ClusterId HOME = new ClusterId("home");

  private static LastReading reading() {
    Resources resources =
        Resources.read(
            Recorded.data("get-cluster_resources"),
            Map.of(),
            HOME,
            new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10)),
            new Oddities());
    return LastReading.of(resources.nodes(), resources.guests(), resources.storages());
  }

  private static Set<String> after(String type, String subject) {
    TaskState task =
        Tasks.list(
                Recorded.json(
                    "[{\"upid\":\"UPID:pve1:00000001:00000002:6B034000:%s:%s:ann@pam:\",\"status\":\"OK\"}]"
                        .formatted(type, subject)),
                new Oddities())
            .get(0);
    return TaskTraces.of(task, HOME, reading()).stream()
        .map(turn -> turn.resource() + " " + turn.aspect().word())
        .collect(Collectors.toSet());
  }

  @Test
  void eachTaskMakesDueWhatItTouches() {
    assertThat(after("qmsnapshot", "201"))
        .containsExactlyInAnyOrder(
            "pve:home:guest:201 snapshots", "pve:home:guest:201 configuration");
    assertThat(after("qmconfig", "201")).containsExactly("pve:home:guest:201 configuration");
    assertThat(after("vzdump", "201")).containsExactly("pve:home:storage:pve1:local content");
    assertThat(after("srvrestart", "pveproxy")).containsExactly("pve:home:node:pve1 services");
    assertThat(after("aptupdate", "")).containsExactly("pve:home:node:pve1 updates");
    assertThat(after("qmstart", "201")).contains("pve:home:guest:201 runtime");
    assertThat(after("hastart", "201")).contains("pve:home:cluster high-availability");
    assertThat(after("unheard", "of")).isEmpty();
  }

  private static boolean covered(
      Aspect aspect, ResourceRef resource, Map<String, Set<String>> held) {
    return Rights.of(new Turn(resource, aspect), null)
        .orElseThrow()
        .coveredBy(new Privileges(held));
  }

  @Test
  void theNearestPathDecidesWhatIsAllowed() {
    ResourceRef guest = ResourceRef.guest(HOME, new GuestId(201));
    ResourceRef node = ResourceRef.node(HOME, new NodeName("pve1"));

    assertThat(covered(Aspect.CONFIGURATION, guest, Map.of("/", Set.of("VM.Audit")))).isTrue();
    assertThat(
            covered(Aspect.CONFIGURATION, guest, Map.of("/", Set.of("VM.Audit"), "/vms", Set.of())))
        .isFalse();
    assertThat(covered(Aspect.CONFIGURATION, guest, Map.of("/vms/201", Set.of("VM.Audit"))))
        .isTrue();
    assertThat(covered(Aspect.CONFIGURATION, guest, Map.of("/vms/101", Set.of("VM.Audit"))))
        .isFalse();
    assertThat(covered(Aspect.AGENT, guest, Map.of("/", Set.of("VM.Monitor")))).isTrue();
    assertThat(covered(Aspect.UPDATES, node, Map.of("/", Set.of("Sys.Audit")))).isFalse();
    assertThat(
            Rights.of(new Turn(guest, Aspect.AGENT), reading().guests().values().iterator().next())
                .orElseThrow()
                .anyOf())
        .isEqualTo(
            reading().guests().values().iterator().next().type() == GuestType.QEMU
                ? List.of("VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted", "VM.Monitor")
                : List.of("VM.Audit"));
  }

  @Test
  void anAllowanceNeverExceedsItsMinuteAndPaysItsDebts() {
    Instant now = Instant.EPOCH;
    Allowance allowance = new Allowance(60, 6, now);
    int spent = 0;
    for (int i = 0; i <= 60; i++) {
      Instant at = now.plusSeconds(i);
      while (allowance.allows(1, at)) {
        allowance.charge(1, at);
        spent++;
      }
    }
    assertThat(spent).isBetween(55, 60);

    allowance.charge(9, now.plusSeconds(60));
    assertThat(allowance.allows(1, now.plusSeconds(68))).isFalse();
    assertThat(allowance.allows(1, now.plusSeconds(75))).isTrue();
  }
}
