package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupToolsTest {
  private static final Guest RUNNING = Run.vm(Guest.Status.RUNNING);
  private static final Storage LOCAL =
      Home.storage("pve1", "local", false, Storage.Status.AVAILABLE);

  @ParameterizedTest
  @CsvSource({
    "backup_vm,snapshot,YELLOW,TENDS",
    "backup_vm,suspend,RED,INTERRUPTS",
    "backup_vm,stop,RED,INTERRUPTS",
    "backup_container,snapshot,RED,INTERRUPTS",
    "backup_container,stop,RED,INTERRUPTS"
  })
  void interruptsAsItsModeAndTypeOfGuestDo(String tool, String mode, Tier tier, Touch touch) {
    Run run = Run.of(tool, Map.of("mode", mode), RUNNING, LOCAL);

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(tier);
    assertThat(run.tool.use(run.arguments).targets().stream().map(Target::touch))
        .containsExactly(touch, Touch.USES);
  }

  @Test
  void makesABackupAndNamesIt() {
    Run run = Run.of("backup_vm", Map.of("notes", "by hand", "keep", true), RUNNING, LOCAL);
    run.context.reads(
        SampleDetails.content("local:backup/old"),
        SampleDetails.content("local:backup/old", SampleDetails.BACKUP));

    assertThat(run.result().data())
        .containsEntry("volume", SampleDetails.BACKUP)
        .containsEntry("storage", "local");
    assertThat(run.context.calls.get(0)).contains("mode=SNAPSHOT", "notes=by hand", "kept=true");
  }

  @Test
  void saysThatNoNewBackupIsListed() {
    Run run = Run.of("backup_vm", Map.of(), RUNNING, LOCAL);
    run.context.reads(SampleDetails.content("local:backup/old"));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void tellsWhatTheTaskWarnedOf() {
    Run run = Run.of("backup_vm", Map.of(), RUNNING, LOCAL);
    run.context.reads(SampleDetails.content(), SampleDetails.content(SampleDetails.BACKUP));
    run.context.exitStatus = "WARNINGS: 3";

    assertThat((String) run.result().data().get("note")).contains("WARNINGS: 3");
  }

  @Test
  void saysWhatStandsAgainstABackup() {
    assertThat(Run.of("backup_vm", Map.of(), RUNNING, LOCAL).obstacle()).isEqualTo("nothing");
    assertThat(Run.of("backup_vm", Map.of(), Run.vm(Guest.Status.UNKNOWN), LOCAL).obstacle())
        .startsWith("UNREACHABLE");
    Run away = Run.of("backup_vm", Map.of(), RUNNING, LOCAL);
    away.home.storages.set(0, Home.storage("pve1", "local", false, Storage.Status.UNAVAILABLE));
    assertThat(away.obstacle()).startsWith("UNREACHABLE").contains("storage local");
  }

  @Test
  void offersOneStorageThatBackupsMayLieOnASharedOneRather() {
    Run run = Run.of("backup_vm", Map.of(), RUNNING, LOCAL);
    run.home.storages.add(Home.storage("pve1", "nas", true, Storage.Status.AVAILABLE));
    run.home.storages.add(Home.storage("pve1", "away", true, Storage.Status.UNAVAILABLE));

    assertThat(
            run.tool.offers(RUNNING).stream()
                .map(offer -> offer.arguments().text("storage").orElseThrow()))
        .containsExactly("nas");
  }

  @Test
  void tellsHowOldTheLastKnownBackupIs() {
    Run run = Run.of("backup_vm", Map.of(), RUNNING, LOCAL);
    assertThat(run.impact()).contains("not known yet");

    run.home.knows(LOCAL, SampleDetails.content());
    assertThat(run.impact()).contains("No backup of it is known");

    run.home.knows(LOCAL, SampleDetails.content(SampleDetails.BACKUP));
    assertThat(run.impact()).contains("last known backup is from 10 h 0 min ago");
  }

  @Test
  void deletesABackupAndSaysHowManyAreLeft() {
    Run run = Run.of("delete_backup", Map.of(), RUNNING, LOCAL);
    run.context.reads(
        SampleDetails.content("local:backup/old", SampleDetails.BACKUP),
        SampleDetails.content("local:backup/old"));

    assertThat(run.result().data()).containsEntry("left", 1);
    assertThat(run.context.calls).contains("delete backup 101 local " + SampleDetails.BACKUP);
    assertThat(run.tool.use(run.arguments).effect()).isEqualTo(Effect.DESTROYS);
    assertThat(run.tool.use(run.arguments).targets().stream().map(Target::touch))
        .containsExactly(Touch.RECONFIGURES, Touch.USES);
  }

  @Test
  void saysThatABackupIsStillThere() {
    Run run = Run.of("delete_backup", Map.of(), RUNNING, LOCAL);
    run.context.reads(SampleDetails.content(SampleDetails.BACKUP));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void leavesBackupsAloneThatAreMarkedAsProtected() {
    StorageContent kept =
        new StorageContent(List.of(SampleDetails.backup(SampleDetails.BACKUP, true)));
    Run run = Run.of("delete_backup", Map.of(), RUNNING, LOCAL);
    run.context.reads(kept);
    assertThat(run.failure().code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(run.context.calls).isEmpty();

    run.home.knows(LOCAL, kept);
    assertThat(run.obstacle()).startsWith("CONFLICT").contains("marked as protected");
  }

  @Test
  void wantsTheBackupToLieOnTheStorageThatIsNamed() {
    assertThat(
            Run.of("delete_backup", Map.of("volume", "nas:backup/x.vma.zst"), RUNNING, LOCAL)
                .obstacle())
        .startsWith("CONFLICT");
  }
}
