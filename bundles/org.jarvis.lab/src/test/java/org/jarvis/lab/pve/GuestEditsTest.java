package org.jarvis.lab.pve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.lab.ManualClock;
import org.jarvis.lab.sim.CopyWork;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestAddress;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.Homelab;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.SimulatedClock;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.TaskOwner;
import org.junit.jupiter.api.Test;

class GuestEditsTest {

  private static final GuestAddress WINDOWS = new GuestAddress(GuestKind.QEMU, "rhea", 104);

  private final ManualClock clock = ManualClock.atNoon();
  private final SimulatedCluster cluster =
      new SimulatedCluster(Homelab.ofSize(4, 12), new SimulatedClock(clock, 1), 7);

  private Map<String, Object> configuration(int vmid) {
    Guest guest =
        cluster.snapshot().guests().stream()
            .filter(candidate -> candidate.vmid() == vmid)
            .findFirst()
            .orElseThrow();
    return GuestConfigs.of(guest);
  }

  private void edit(Map<String, String> set, Set<String> removed) throws Refusal {
    cluster.works().settings().edit(WINDOWS, set, removed, guest -> true);
  }

  @Test
  void everyEditChangesTheDigestAndShowsUp() throws Refusal {
    Object before = configuration(104).get("digest");

    edit(
        Map.of("cores", "6", "memory", "2048", "onboot", "0", "description", "a\nb"),
        Set.of("boot"));

    Map<String, Object> after = configuration(104);
    assertThat(after)
        .containsEntry("cores", 6L)
        .containsEntry("memory", "2048")
        .containsEntry("onboot", 0L)
        .containsEntry("description", "a\nb")
        .doesNotContainKey("boot");
    assertThat(after.get("digest")).isNotEqualTo(before);
  }

  @Test
  void aRenamedGuestKeepsItsIdentity() throws Refusal {
    Map<String, Object> before = configuration(104);

    edit(Map.of("name", "win12"), Set.of());

    assertThat(configuration(104))
        .containsEntry("name", "win12")
        .containsEntry("net0", before.get("net0"))
        .containsEntry("smbios1", before.get("smbios1"))
        .containsEntry("vmgenid", before.get("vmgenid"))
        .containsEntry("meta", before.get("meta"));
  }

  @Test
  void aCopyHasAnIdentityOfItsOwn() throws Refusal {
    cluster
        .works()
        .copies()
        .copy(
            WINDOWS,
            new CopyWork.Request(
                300,
                Optional.of("win12"),
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new TaskOwner("jarvis@pve", "operator"));
    clock.advance(Duration.ofSeconds(10));

    Map<String, Object> original = configuration(104);
    Map<String, Object> copy = configuration(300);
    for (String key : Set.of("net0", "smbios1", "vmgenid", "meta")) {
      assertThat(copy.get(key)).as(key).isNotEqualTo(original.get(key));
    }
    assertThat(String.valueOf(copy.get("meta")))
        .contains("ctime=" + clock.instant().minusSeconds(10).getEpochSecond());
  }
}
