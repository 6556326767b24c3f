package org.jarvis.itests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The archive that users get, unpacked once for all tests of this module. */
final class UnpackedDistribution {
  private static final Path HOME = unpack();

  private UnpackedDistribution() {}

  /** Its folder. */
  static Path home() {
    return HOME;
  }

  /** Its command. */
  static Path command() {
    return HOME.resolve("bin").resolve("jarvis");
  }

  private static Path unpack() {
    Path archive = Path.of(System.getProperty("distribution.archive")).toAbsolutePath();
    try {
      Path folder = Files.createDirectories(Path.of("target", "jarvis").toAbsolutePath());
      Outcome outcome =
          Commands.run(
              folder, "tar", "-xzf", archive.toString(), "--strip-components=1", "-C", ".");
      if (outcome.exitCode() != 0) {
        throw new IOException(archive + " cannot be unpacked: " + outcome.errors());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
