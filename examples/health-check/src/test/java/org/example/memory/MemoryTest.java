package org.example.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.ComponentHealth.Status;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void saysHowMuchIsInUse() {
    assertEquals(
        new ComponentHealth("memory", Status.UP, "12 % of the memory is in use."),
        new Memory(() -> 12).health());
  }

  @Test
  void warnsWhenLittleIsLeft() {
    assertEquals(Status.DEGRADED, new Memory(() -> 90).health().status());
  }
}
