package org.jarvis.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.junit.jupiter.api.Test;

class WarmthTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static AspectState read(double... celsius) {
    List<NodeTemperatures.Reading> readings =
        java.util.Arrays.stream(celsius)
            .mapToObj(
                degrees ->
                    new NodeTemperatures.Reading(
                        "coretemp-isa-0000",
                        "Core",
                        NodeTemperatures.Kind.PROCESSOR,
                        degrees,
                        null,
                        null))
            .toList();
    return AspectState.read(
        new NodeTemperatures(readings),
        new Observation("ssh:home/pve1", NOW, Duration.ofSeconds(30)));
  }

  private static Optional<Warmth> of(Instant now, Precision precision, AspectState... states) {
    return Warmth.of(Details.of(List.of(states)), precision, now);
  }

  @Test
  void isThatOfTheWarmestSensorAsPreciselyAsItIsTold() {
    assertThat(of(NOW, Precision.EXACT, read(41.4, 47.6, 30)))
        .contains(new Warmth(47.6, false, null));
    assertThat(of(NOW, Precision.DISPLAYED, read(41.4, 47.6, 30)))
        .contains(new Warmth(48.0, false, null));
  }

  @Test
  void growsStaleAndIsKeptBesideTheReasonWhyItIsNotRead() {
    AspectState failed =
        AspectState.failed(Aspect.TEMPERATURES, ErrorCode.UNREACHABLE, "It is silent.", NOW)
            .after(read(40));

    assertThat(of(NOW.plusSeconds(91), Precision.EXACT, failed))
        .contains(new Warmth(40.0, true, "It is silent."));
  }

  @Test
  void isNoNumberWhereNoSensorTellsOne() {
    ObjectNode item = Json.object();

    of(NOW, Precision.EXACT, read()).orElseThrow().addTo(item);

    assertThat(item.isEmpty()).isTrue();
    assertThat(of(NOW, Precision.EXACT)).isEmpty();
  }

  @Test
  void saysWhyNothingIsKnown() {
    ObjectNode item = Json.object();

    of(
            NOW,
            Precision.EXACT,
            AspectState.failed(
                Aspect.TEMPERATURES, ErrorCode.NOT_PRESENT, "No SSH host is configured.", NOW))
        .orElseThrow()
        .addTo(item);

    assertThat(item.toString()).isEqualTo("{\"temperatureReason\":\"No SSH host is configured.\"}");
  }
}
