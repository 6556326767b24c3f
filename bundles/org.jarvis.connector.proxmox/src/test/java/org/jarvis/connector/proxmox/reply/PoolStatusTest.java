package org.jarvis.connector.proxmox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.connector.proxmox.Recorded;
import org.junit.jupiter.api.Test;

class PoolStatusTest {
  private static PoolStatus of(String scan, String errors, String disks) {
    return PoolStatus.read(
        Recorded.json(
            """
            {"name":"rpool","state":"ONLINE","scan":"%s","errors":"%s","children":[
              {"name":"rpool","read":0,"write":0,"cksum":9,"children":[
                {"name":"mirror-0","read":0,"write":0,"cksum":9,"children":[%s]}]}]}
            """
                .formatted(scan, errors, disks)));
  }

  private static final String WELL =
      "{\"name\":\"a\",\"leaf\":1,\"read\":0,\"write\":0,\"cksum\":0}";

  @Test
  void aScrubThatEndedTellsWhen() {
    PoolStatus said =
        of(
            "scrub repaired 0B in 00:14:52 with 0 errors on Sun Nov  8 00:38:54 2026",
            "No known data errors",
            WELL);

    assertThat(said.state()).isEqualTo("ONLINE");
    assertThat(said.scrubbedAt()).isEqualTo(Instant.parse("2026-11-08T00:38:54Z"));
    assertThat(said.errors()).isZero();
  }

  @Test
  void aScrubOfDaysTellsWhenAndWhatItCouldNotMend() {
    PoolStatus said =
        of(
            "scrub repaired 1.2M in 1 days 03:14:52 with 3 errors on Sun Nov 22 12:38:54 2026",
            "2 data errors, use '-v' for a list",
            WELL);

    assertThat(said.scrubbedAt()).isEqualTo(Instant.parse("2026-11-22T12:38:54Z"));
    assertThat(said.errors()).isEqualTo(3);
  }

  @Test
  void whatADiskMisreadIsCountedOnce() {
    PoolStatus said =
        of(
            "resilvered 1.2G in 00:01:02 with 0 errors on Sun Nov  8 00:38:54 2026",
            "No known data errors",
            WELL + ",{\"name\":\"b\",\"read\":1,\"write\":\"2\",\"cksum\":9}");

    assertThat(said.errors()).isEqualTo(12);
    assertThat(said.scrubbedAt()).isNull();
    assertThat(said.scan()).startsWith("resilvered");
  }

  @Test
  void aScrubInProgressOrOfNoDateTellsNone() {
    assertThat(of("scrub in progress since Sun Nov  8 00:24:02 2026", "", WELL).scrubbedAt())
        .isNull();
    assertThat(of("scrub canceled on Sun Nov  8 00:24:02 2026", "", WELL).scrubbedAt()).isNull();
    assertThat(
            of("scrub repaired 0B in 00:14:52 with 0 errors on Sun Nov 38 00:38:54 2026", "", WELL)
                .scrubbedAt())
        .isNull();
  }

  @Test
  void damagedFilesAreAtLeastOneError() {
    assertThat(
            of(
                    "none requested",
                    "Permanent errors have been detected in the following files:",
                    WELL)
                .errors())
        .isEqualTo(1);
  }

  @Test
  void whatTellsNothingIsNotWell() {
    PoolStatus said = PoolStatus.read(Recorded.json("{}"));

    assertThat(said).isEqualTo(new PoolStatus(null, null, null, null));
    assertThat(said.of(new ZfsPools.Pool("rpool", "ONLINE", null, null, 3, 1.0)))
        .isEqualTo(new ZfsPools.Pool("rpool", "ONLINE", null, null, 3, 1.0));
  }
}
