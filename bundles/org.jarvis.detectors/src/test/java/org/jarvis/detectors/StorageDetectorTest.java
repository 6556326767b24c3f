package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of storages that fill. */
class StorageDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new StorageDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        nas(3900).with(NAS, twoBackups()).build(),
        House.well()
            .with(thin(850))
            .with(House.MEDIA.ref(), onThinPool())
            .with(House.MEDIA.ref(), snapshot())
            .build(),
        nas(3200).growth(NAS, 200.0 * House.GIB).with(NAS, twoBackups()).build());
  }

  private static StorageContent twoBackups() {
    return new StorageContent(
        List.of(
            House.backup(101, House.NOW.minus(Duration.ofDays(9)), false),
            House.backup(101, House.NOW.minus(Duration.ofDays(1)), false)));
  }

  private static GuestConfiguration onThinPool() {
    return new GuestConfiguration(
        "d",
        "",
        null,
        true,
        false,
        true,
        null,
        1,
        2,
        null,
        List.of(
            new GuestConfiguration.Disk(
                "scsi0", "local-lvm:vm-101-disk-0", "local-lvm", null, false, null)),
        List.of(),
        Map.of(),
        List.of());
  }

  private static GuestSnapshots snapshot() {
    return new GuestSnapshots(
        List.of(
            new GuestSnapshots.Snapshot(
                "before_update", null, House.NOW.minus(Duration.ofDays(60)), null, false)),
        null);
  }

  private static final ResourceRef NAS = ResourceRef.storage(House.ID, House.PVE1, "nas");

  private static FakeSituation.Builder nas(long usedGib) {
    FakeSituation.Builder builder = House.well();
    for (NodeName node : List.of(House.PVE1, House.PVE2, House.PVE3)) {
      builder.with(
          House.storage(
              node, "nas", "nfs", true, List.of("backup", "images"), usedGib, 4000, House.NOW));
    }
    return builder;
  }

  private static Storage thin(long usedGib) {
    return House.storage(
        House.PVE1, "local-lvm", "lvmthin", false, List.of("images"), usedGib, 900, House.NOW);
  }

  @Test
  void aSharedOneIsOneProblem() {
    assertThat(detector().detect(nas(3900).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(NAS);
              assertThat(finding.summary())
                  .isEqualTo("nas is 97 % full: 100.0 GiB of 3.9 TiB are left.");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(finding.affected()).hasSize(2);
              assertThat(finding.withoutRemedy()).contains("No backup and no snapshot lies there");
            });
  }

  @Test
  void makesRoomByTheOldestBackupThatANewerOneOutdates() {
    Instant old = House.NOW.minus(Duration.ofDays(90));
    FakeSituation.Builder situation =
        nas(3900)
            .with(
                NAS,
                new StorageContent(
                    List.of(
                        House.backup(101, old, true),
                        House.backup(101, old.plusSeconds(60), false),
                        House.backup(101, House.NOW.minusSeconds(600), false),
                        House.backup(102, old.minusSeconds(60), false))));

    assertThat(detector().detect(situation.build()))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(ToolForms.call(finding.remedies().get(0)))
                    .startsWith("delete_backup {cluster=home, node=pve1, vmid=101, ")
                    .contains("volume=nas:backup/vzdump-qemu-101-" + (old.getEpochSecond() + 60)));
  }

  @Test
  void staysOneProblemThoughItsNodeIsNotTheFirstAnyMore() {
    ResourceRef seenByTwo = ResourceRef.storage(House.ID, House.PVE2, "nas");

    assertThat(detector().detect(nas(3900).open("storage-full", seenByTwo).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.subject()).isEqualTo(seenByTwo));
  }

  @Test
  void letsGoOnlyAtSomeDistance() {
    assertThat(detector().detect(nas(3550).build())).isEmpty();
    assertThat(detector().detect(nas(3550).open("storage-full", NAS).build())).hasSize(1);
    assertThat(detector().detect(nas(3400).open("storage-full", NAS).build())).isEmpty();
  }

  @Test
  void thinPoolsAreFullEarlier() {
    assertThat(detector().detect(House.well().with(thin(730)).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("thin-pool-full");
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            });
  }

  @Test
  void foretellsWhenItWillBeFull() {
    assertThat(detector().detect(nas(3200).growth(NAS, 200.0 * House.GIB).build()))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.summary())
                    .isEqualTo("nas grows by 200.0 GiB a day and will be full in 4 days."));
    assertThat(detector().detect(nas(3200).growth(NAS, 20.0 * House.GIB).build())).isEmpty();
  }

  @Test
  void aFolderOnTheRootDiskIsAConsequenceOfIt() {
    FakeSituation.Builder situation =
        House.well()
            .with(
                House.storage(
                    House.PVE1, "local", "dir", false, List.of("iso"), 97, 100, House.NOW));

    assertThat(detector().detect(situation.build()))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.consequenceOf())
                    .isEqualTo(new Finding.Identity("node-root-full", House.NODE1, "")));
  }

  @Test
  void beingAwayEmptiesNothing() {
    Storage away =
        House.unavailable(
            House.storage(
                House.PVE1, "local-lvm", "lvmthin", false, List.of("images"), 1, 9, House.NOW));
    FakeSituation.Builder situation = House.well().with(away);

    assertThat(detector().detect(situation.build())).isEmpty();
    assertThat(detector().detect(situation.open("thin-pool-full", away.ref()).build())).hasSize(1);
  }

  @Test
  void makesRoomInAThinPoolByItsOldestSnapshot() {
    assertThat(House.find(detector(), StorageDetector.THIN, telling().get(1)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(ToolForms.call(finding.remedies().get(0)))
                    .isEqualTo(
                        "delete_snapshot {cluster=home, node=pve1, vmid=101,"
                            + " snapshot=before_update}"));
  }
}
