package org.jarvis.itests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process of this machine holds in memory. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** What is resident, by the kernel's own account. */
  static long residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  /** The sum of the class histogram, which is taken after a full collection. */
  static double liveHeapMegabytes(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process histogram =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = histogram.inputReader().lines()) {
      return lines
          .filter(line -> line.startsWith("Total"))
          .mapToDouble(line -> Double.parseDouble(line.trim().split("\\s+", -1)[2]) / 1024 / 1024)
          .findFirst()
          .orElseThrow(() -> new IOException("jcmd printed no histogram of process " + pid));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
