package org.example.memory;

import java.util.function.LongSupplier;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.ComponentHealth.Status;
import org.jarvis.api.health.HealthContributor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Warns when Jarvis runs short of memory. */
@Component
public final class Memory implements HealthContributor {
  private static final Runtime JVM = Runtime.getRuntime();
  private final LongSupplier usedPercent;

  @Activate
  public Memory() {
    this(() -> 100 * (JVM.totalMemory() - JVM.freeMemory()) / JVM.maxMemory());
  }

  Memory(LongSupplier usedPercent) {
    this.usedPercent = usedPercent;
  }

  @Override
  public ComponentHealth health() {
    long used = usedPercent.getAsLong();
    Status status = used < 90 ? Status.UP : Status.DEGRADED;
    return new ComponentHealth("memory", status, used + " % of the memory is in use.");
  }
}
