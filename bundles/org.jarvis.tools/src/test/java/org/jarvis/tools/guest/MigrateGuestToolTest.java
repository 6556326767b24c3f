package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;

class MigrateGuestToolTest {
  private static final Guest RUNNING = Run.vm(Guest.Status.RUNNING);
  private static final Node PVE2 = Home.node("pve2", Node.Status.ONLINE);

  @Test
  void takesTheGuestAwayAndOnlyUsesTheNodeAndStorageThatItComesTo() {
    Run run = Run.of("migrate_vm", Map.of("storage", "local"), RUNNING, PVE2);

    assertThat(run.tool.use(run.arguments).targets().stream().map(Target::touch))
        .containsExactly(Touch.TAKES_DOWN, Touch.USES, Touch.USES);
  }

  @Test
  void movesARunningGuestAndSeesItRunThere() {
    Run run = Run.of("migrate_vm", Map.of("withLocalDisks", true), RUNNING, PVE2);
    run.context.guestsToCome.add(moved("pve2", Guest.Status.RUNNING));

    assertThat(run.result().data()).containsEntry("movedTo", "pve2");
    assertThat(run.context.calls.get(0))
        .contains("target=pve2", "online=true", "withLocalDisks=true");
  }

  @Test
  void saysThatAMovedGuestDoesNotRun() {
    Run run = Run.of("migrate_container", Map.of(), Run.container(Guest.Status.RUNNING), PVE2);
    run.context.guestsToCome.add(moved("pve2", Guest.Status.STOPPED));

    assertThat(run.failure())
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EFFECT_MISSING))
        .hasMessageContaining("does not run");
    // Asked again, the cluster knows no such guest any more.
    assertThat(run.failure()).hasMessageContaining("not seen anywhere");
  }

  @Test
  void seesItsEffectOnlyOnTheNodeThatWasMeant() {
    Run run = Run.of("migrate_vm", Map.of(), RUNNING, PVE2);

    assertThat(run.tool.verify(run.arguments, List.of(moved("pve2", Guest.Status.RUNNING), PVE2)))
        .isTrue();
    assertThat(run.tool.verify(run.arguments, List.of(RUNNING, PVE2))).isFalse();
    assertThat(run.tool.verify(run.arguments, List.of(PVE2))).isFalse();
  }

  @Test
  void isUndoneByMovingBack() {
    assertThat(Run.of("migrate_vm", Map.of(), RUNNING, PVE2).undo())
        .containsEntry("node", "pve2")
        .containsEntry("target", "pve1")
        .containsEntry("vmid", 101);
  }

  @Test
  void saysWhatStandsInTheWay() {
    assertThat(Run.of("migrate_vm", Map.of("target", "pve1"), RUNNING).obstacle())
        .startsWith("CONFLICT")
        .contains("is on node pve1 already");
    Run offline = Run.of("migrate_vm", Map.of(), RUNNING);
    offline.home.nodes.set(1, Home.node("pve2", Node.Status.OFFLINE));
    assertThat(offline.obstacle()).startsWith("UNREACHABLE").contains("pve2 is offline");
    assertThat(Run.of("migrate_vm", Map.of(), Run.vm(Guest.Status.UNKNOWN)).obstacle())
        .startsWith("UNREACHABLE");
    Guest locked =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).locked("clone").build();
    assertThat(Run.of("migrate_vm", Map.of(), locked).obstacle()).startsWith("LOCKED");
    assertThat(Run.of("migrate_vm", Map.of(), RUNNING).obstacle()).isEqualTo("nothing");
  }

  @Test
  void knowsThatTheOtherNodeLacksAStorageOfTheDisks() {
    Run run = Run.of("migrate_vm", Map.of(), RUNNING);
    run.home.knows(RUNNING, SampleDetails.configuration(Map.of(), 32, List.of()));

    assertThat(run.obstacle()).startsWith("CONFLICT").contains("pve2 has no storage local");
    assertThat(run.tool.offers(RUNNING)).isEmpty();
    Run named = Run.of("migrate_vm", Map.of("storage", "big"), RUNNING);
    named.home.knows(RUNNING, SampleDetails.configuration(Map.of(), 32, List.of()));
    assertThat(named.obstacle()).isEqualTo("nothing");
  }

  @Test
  void offersEachOtherNodeAndTakesLocalDisksAlong() {
    Run run = Run.of("migrate_vm", Map.of(), RUNNING);
    run.home.storages.add(Home.storage("pve2", "local", false, Storage.Status.AVAILABLE));
    run.home.knows(RUNNING, SampleDetails.configuration(Map.of(), 32, List.of()));

    assertThat(run.tool.offers(RUNNING))
        .singleElement()
        .satisfies(
            offer ->
                assertThat(offer.arguments().values())
                    .containsEntry("target", "pve2")
                    .containsEntry("withLocalDisks", true));
    assertThat(run.impact()).contains("have to be copied");
  }

  private static Guest moved(String node, Guest.Status status) {
    return new Home.GuestBuilder(101, GuestType.QEMU, status).on(node).build();
  }
}
