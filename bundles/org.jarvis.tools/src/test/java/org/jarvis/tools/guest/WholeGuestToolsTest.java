package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;

/** Enlarging disks, cloning, deleting. */
class WholeGuestToolsTest {
  private static final Guest RUNNING = Run.vm(Guest.Status.RUNNING);
  private static final Guest STOPPED = Run.vm(Guest.Status.STOPPED);

  @Test
  void enlargesADiskAndSeesItsSize() {
    Run run = Run.of("resize_disk", Map.of("growGiB", 2), RUNNING);
    run.context.reads(disk(32), disk(34));

    assertThat(run.result().data()).containsEntry("sizeBytes", 34L << 30);
    assertThat(run.context.calls).contains("grow 101 scsi0 by " + (2L << 30));
    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.RECONFIGURES);
  }

  @Test
  void saysThatADiskIsNoLarger() {
    Run run = Run.of("resize_disk", Map.of("growGiB", 2), RUNNING);
    run.context.reads(disk(32), disk(33));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void findsNoSuchDiskBeforeAnythingIsDone() {
    Run run = Run.of("resize_disk", Map.of("disk", "scsi7"), RUNNING);
    run.context.reads(disk(32));
    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(run.context.calls).isEmpty();

    run.home.knows(RUNNING, disk(32));
    assertThat(run.obstacle()).startsWith("NOT_FOUND").contains("It has: scsi0");
    Run medium = Run.of("resize_disk", Map.of("disk", "ide2"), RUNNING);
    medium.home.knows(RUNNING, disk(32));
    assertThat(medium.obstacle()).startsWith("NOT_FOUND");
  }

  @Test
  void linksACloneToATemplateAsASmallChange() {
    Run run = Run.of("clone_vm", Map.of("name", "copy"), template());
    run.context.effect =
        () -> run.context.guestsToCome.add(Home.guest(900, GuestType.QEMU, Guest.Status.STOPPED));

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.YELLOW);
    assertThat(run.result().data()).containsEntry("copyRef", "pve:home:guest:900");
    assertThat(run.context.calls.get(1)).contains("id=900", "name=copy", "complete=false");
    assertThat(run.tool.definition().inverseName()).isEmpty();
  }

  @Test
  void usesTheNodeAndStorageOfACompleteClone() {
    Run run =
        Run.of("clone_vm", Map.of("complete", true, "target", "pve2", "storage", "local"), RUNNING);

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.tool.use(run.arguments).targets().stream().map(Target::touch))
        .containsExactly(Touch.TENDS, Touch.USES, Touch.USES);
  }

  @Test
  void saysWhatStandsAgainstAClone() {
    assertThat(Run.of("clone_vm", Map.of(), STOPPED).obstacle()).contains("is no template");
    assertThat(Run.of("clone_vm", Map.of("storage", "local"), template()).obstacle())
        .contains("leave the storage out");
    Run taken = Run.of("clone_vm", Map.of("complete", true), STOPPED);
    assertThat(taken.obstacle()).isEqualTo("nothing");
    taken.home.guests.add(Home.guest(900, GuestType.LXC, Guest.Status.STOPPED));
    assertThat(taken.obstacle()).contains("900 is taken by guest900 (CT 900)");
  }

  @Test
  void takesNoNumberThatSomebodyTookMeanwhile() {
    Run run = Run.of("clone_vm", Map.of(), template());
    run.context.guestsToCome.add(Home.guest(900, GuestType.QEMU, Guest.Status.STOPPED));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(run.context.calls).containsExactly("look at 900");
  }

  @Test
  void saysThatACopyIsNotThere() {
    assertThat(Run.of("clone_vm", Map.of(), template()).failure().code())
        .isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void deletesAGuestWithItsNameTypedAndSeesItGone() {
    Run run = Run.of("delete_vm", Map.of("purge", true), STOPPED);

    assertThat(run.tool.use(run.arguments).effect()).isEqualTo(Effect.DESTROYS);
    assertThat(run.tool.use(run.arguments).consent()).isEqualTo(Consent.TYPED);
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.REMOVES);
    run.result();
    assertThat(run.context.calls).contains("delete 101 and purge");
    assertThat(run.tool.verify(run.arguments, List.of())).isTrue();
    assertThat(run.tool.verify(run.arguments, List.of(STOPPED))).isFalse();
  }

  @Test
  void saysWhatStandsAgainstDeleting() {
    assertThat(Run.of("delete_vm", Map.of(), RUNNING).obstacle()).contains("runs. Shut it down");
    assertThat(Run.of("delete_vm", Map.of(), Run.vm(Guest.Status.UNKNOWN)).obstacle())
        .startsWith("UNREACHABLE");
    Guest managed =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).ha("stopped").build();
    assertThat(Run.of("delete_vm", Map.of(), managed).obstacle()).contains("high availability");
    assertThat(Run.of("delete_vm", Map.of("purge", true), managed).obstacle()).isEqualTo("nothing");
    Run kept = Run.of("delete_vm", Map.of(), STOPPED);
    kept.home.knows(STOPPED, protectedByProxmox());
    assertThat(kept.obstacle()).contains("protected from deletion");
  }

  @Test
  void tellsWhatIsLostWithTheGuest() {
    Run run = Run.of("delete_vm", Map.of(), STOPPED);
    run.home.knows(STOPPED, SampleDetails.snapshots("a", "a", "b"));

    assertThat(run.impact())
        .contains("lost for good", "2 snapshots of it are lost", "not known yet");
  }

  private static Guest template() {
    return new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).template().build();
  }

  private static GuestConfiguration disk(int gib) {
    return SampleDetails.configuration(Map.of(), gib, List.of());
  }

  private static GuestConfiguration protectedByProxmox() {
    GuestConfiguration usual = disk(32);
    return new GuestConfiguration(
        usual.digest(),
        usual.generation(),
        null,
        false,
        true,
        false,
        null,
        1,
        1,
        null,
        usual.disks(),
        usual.networks(),
        Map.of(),
        List.of());
  }
}
