package org.jarvis.gateway.metrics;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of Jarvis's own process, under the names that Prometheus' own clients use. */
final class ProcessFigures {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessFigures.class);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MILLIS = 1000;
  private static final long KIBIBYTE = 1024;

  private ProcessFigures() {}

  static void add(Exposition out) {
    out.gauge(
        "process_start_time_seconds",
        "When the process started, in seconds since 1970.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    addResidentMemory(out);
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    String used = "Memory of the Java virtual machine in use.";
    out.gauge("jvm_memory_used_bytes", used, memory.getHeapMemoryUsage().getUsed(), "area", "heap");
    out.gauge(
        "jvm_memory_used_bytes", used, memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
    out.gauge(
        "jvm_memory_max_bytes",
        "The most that it may be.",
        memory.getHeapMemoryUsage().getMax(),
        "area",
        "heap");
    out.gauge(
        "jvm_threads_current", "Threads.", ManagementFactory.getThreadMXBean().getThreadCount());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      out.counter(
          "jvm_gc_collection_seconds_sum",
          "Time spent collecting garbage.",
          collector.getCollectionTime() / MILLIS,
          "gc",
          collector.getName());
      out.counter(
          "jvm_gc_collection_seconds_count",
          "Collections of garbage.",
          collector.getCollectionCount(),
          "gc",
          collector.getName());
    }
  }

  private static void addResidentMemory(Exposition out) {
    if (!Files.isReadable(STATUS)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmRSS:")) {
          out.gauge(
              "process_resident_memory_bytes",
              "Memory that the process holds.",
              Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE);
        }
      }
    } catch (IOException | NumberFormatException unreadable) {
      LOG.debug("The memory of the process cannot be read.", unreadable);
    }
  }
}
