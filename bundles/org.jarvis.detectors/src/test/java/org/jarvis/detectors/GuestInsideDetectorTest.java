package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the inside of guests. */
class GuestInsideDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new GuestInsideDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        House.well().with(House.MEDIA.ref(), House.runtime("io-error", null)).build(),
        silent(ErrorCode.REMOTE_ERROR, true).build(),
        House.well().with(House.MAIL.ref(), House.runtime("running", 31 * House.GIB)).build(),
        fileSystem("/", "ext4", 31).build());
  }

  private static FakeSituation.Builder fileSystem(String mount, String type, long usedGib) {
    return House.well()
        .with(
            House.MEDIA.ref(),
            new GuestAgent(
                null,
                null,
                null,
                List.of(),
                List.of(
                    new GuestAgent.FileSystem(
                        mount, type, new Bytes(usedGib * House.GIB), new Bytes(32 * House.GIB)))));
  }

  private static FakeSituation.Builder silent(ErrorCode code, boolean answeredBefore) {
    FakeSituation.Builder builder = House.well();
    if (answeredBefore) {
      builder.with(
          House.MEDIA.ref(),
          AspectState.read(
              new GuestAgent(null, null, null, List.of(), List.of()),
              House.seen(House.NOW.minus(Duration.ofHours(1)))));
    }
    AspectState failure =
        AspectState.failed(
            Aspect.AGENT, code, "QEMU guest agent is not running", House.NOW.minusSeconds(60));
    return builder.with(House.MEDIA.ref(), failure);
  }

  @Test
  void stopsAndStartsAMachineThatStandsStill() {
    FakeSituation.Builder error =
        House.well().with(House.MEDIA.ref(), House.runtime("io-error", null));

    assertThat(detector().detect(error.build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo(
                      "media (VM 101) stands still: it could not write to a disk (io-error).");
              assertThat(finding.remedies().get(0).steps())
                  .extracting(step -> step.tool())
                  .containsExactly("stop_vm", "start_vm");
            });
  }

  @Test
  void tellsAnAgentThatFellSilentFromOneThatNeverSpoke() {
    assertThat(detector().detect(silent(ErrorCode.REMOTE_ERROR, true).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    assertThat(detector().detect(silent(ErrorCode.REMOTE_ERROR, false).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.withoutRemedy()).contains("qemu-guest-agent");
            });
  }

  @Test
  void blamesNoAgentForAMissingPrivilege() {
    assertThat(detector().detect(silent(ErrorCode.PRIVILEGE_MISSING, true).build())).isEmpty();
  }

  @Test
  void growsTheOnlyDiskThatItCanLieOn() {
    assertThat(detector().detect(fileSystem("/", "ext4", 31).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.part()).isEqualTo("/");
              assertThat(finding.summary())
                  .isEqualTo("/ of media (VM 101) is 96 % full: 1.0 GiB are left.");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .startsWith("resize_disk {cluster=home, node=pve1, vmid=101, ")
                  .contains("disk=scsi0", "growGiB=6");
            });
  }

  @Test
  void growsTheRootOfAContainer() {
    FakeSituation.Builder full =
        House.well().with(House.MAIL.ref(), House.runtime("running", 32 * House.GIB));

    assertThat(detector().detect(full.build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(ToolForms.call(finding.remedies().get(0))).contains("disk=rootfs");
            });
  }

  @ParameterizedTest
  @CsvSource({"/snap/core/1,squashfs", "/snap/x,ext4", "/mnt/cd,iso9660", "System Reserved,NTFS"})
  void mindsNoFileSystemThatIsMeantToBeFull(String mount, String type) {
    assertThat(detector().detect(fileSystem(mount, type, 32).build())).isEmpty();
  }

  @Test
  void letsGoOnlyAtSomeDistance() {
    assertThat(detector().detect(fileSystem("/", "ext4", 28).build())).isEmpty();
    assertThat(
            detector()
                .detect(
                    fileSystem("/", "ext4", 28)
                        .open("guest-disk-full", House.MEDIA.ref(), "/")
                        .build()))
        .hasSize(1);
    assertThat(
            detector()
                .detect(
                    fileSystem("/", "ext4", 27)
                        .open("guest-disk-full", House.MEDIA.ref(), "/")
                        .build()))
        .isEmpty();
  }

  @Test
  void aSilentAgentEmptiesNoDisk() {
    FakeSituation.Builder stale =
        House.well()
            .with(
                House.MEDIA.ref(),
                AspectState.read(
                    fileSystem("/", "ext4", 31)
                        .build()
                        .fresh(House.MEDIA.ref(), GuestAgent.class)
                        .orElseThrow(),
                    House.seen(House.NOW.minus(Duration.ofHours(1)))));

    assertThat(detector().detect(stale.build())).isEmpty();
    assertThat(detector().detect(stale.open("guest-disk-full", House.MEDIA.ref(), "/").build()))
        .hasSize(1);
  }
}
