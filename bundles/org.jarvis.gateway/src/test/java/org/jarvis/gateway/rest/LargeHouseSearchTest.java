package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.gateway.LargeHouse;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page of a search among ten thousand guests: what it costs is told, what it finds is checked.
 */
class LargeHouseSearchTest {
  private static final Logger LOG = LoggerFactory.getLogger(LargeHouseSearchTest.class);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int ROUNDS = 30;

  private final ClusterSnapshot house = LargeHouse.at(NOW, 0);

  @ParameterizedTest
  @ValueSource(strings = {"name", "-cpu", "ref", "vmid"})
  void findsAPage(String sort) {
    ResourceFilter.Wanted wanted = new ResourceFilter.Wanted();
    wanted.kind = "guest";
    wanted.text = "guest-";
    ResourceEncoder encoder = new ResourceEncoder(NOW, Precision.EXACT, Optional.empty(), Map.of());
    long best = Long.MAX_VALUE;
    String cursor = null;
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpuNanos();
      ResourceSearch.Page page =
          ResourceSearch.of(ResourceFilter.of(wanted, NOW), sort, "100", cursor).in(List.of(house));
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      page.hits().forEach(hit -> items.add(encoder.encode(hit.resource(), hit.snapshot())));
      int length = Json.text(items).length();
      best = Math.min(best, cpuNanos() - start);

      assertThat(page.total()).isEqualTo(LargeHouse.GUESTS);
      assertThat(page.hits()).hasSize(100);
      assertThat(length).isPositive();
      cursor = page.next();
    }
    LOG.info(
        "measured: a page of 100 of {} guests by {}: {} ms.", LargeHouse.GUESTS, sort, best / 1e6);
  }

  /** What this thread has used of a processor, whatever else the machine does. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
