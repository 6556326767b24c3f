package org.jarvis.console.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

/**
 * Which Jarvis this is.
 *
 * @param version its version
 * @param mode how it was started, such as {@code demo}
 * @param address where it answers
 * @param data its data folder
 * @param startedAt when its process started
 */
record Installation(String version, String mode, String address, String data, Instant startedAt) {
  /** This one. */
  static Installation ofThisProcess(long startedAt) {
    String data = System.getProperty("jarvis.data", "");
    return new Installation(
        Optional.ofNullable(FrameworkUtil.getBundle(Installation.class))
            .map(bundle -> words(bundle.getVersion()))
            .orElse("unknown"),
        System.getProperty("jarvis.mode", "unknown"),
        address(data),
        data,
        Instant.ofEpochMilli(startedAt));
  }

  private static String words(Version version) {
    return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
  }

  /** The start script writes it down, since it knows what was asked for. */
  private static String address(String data) {
    try {
      return Files.readString(Path.of(data, "jarvis.url")).strip();
    } catch (IOException notStartedByTheScript) {
      return System.getProperty("jarvis.host", "127.0.0.1")
          + ":"
          + System.getProperty("jarvis.port", "8480");
    }
  }
}
