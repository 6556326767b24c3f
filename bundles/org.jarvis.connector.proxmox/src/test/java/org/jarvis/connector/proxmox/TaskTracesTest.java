package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.junit.jupiter.api.Test;

/** What a task makes due, and how much may be asked. */
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
