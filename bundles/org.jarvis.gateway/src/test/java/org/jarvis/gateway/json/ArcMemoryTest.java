package org.jarvis.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArcMemoryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long GIB = 1L << 30;

  private static AspectState read(@Nullable Long arc) {
    return AspectState.read(
        new NodeSystem(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            new Bytes(54 * GIB),
            new Bytes(64 * GIB),
            null,
            arc == null ? null : new Bytes(arc),
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        new Observation("pve:home/pve1", NOW, Duration.ofSeconds(60)));
  }

  private static Optional<Long> of(Instant now, AspectState... states) {
    return ArcMemory.of(Details.of(List.of(states)), Precision.EXACT, now);
  }

  @Test
  void isWhatZfsSaysThatItHolds() {
    assertThat(of(NOW, read(12 * GIB))).contains(12 * GIB);
  }

  @Test
  void isNotKnownWhereNobodyTellsItOrItIsOld() {
    assertThat(of(NOW)).isEmpty();
    assertThat(of(NOW, read(null))).isEmpty();
    assertThat(of(NOW.plusSeconds(181), read(12 * GIB))).isEmpty();
    assertThat(of(NOW, AspectState.failed(Aspect.SYSTEM, ErrorCode.UNREACHABLE, "Silent.", NOW)))
        .isEmpty();
  }
}
