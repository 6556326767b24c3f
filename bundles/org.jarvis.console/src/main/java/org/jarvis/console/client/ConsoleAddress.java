package org.jarvis.console.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the console's socket is: {@code console/console.sock} in the data folder. Both sides ask
 * here, so that both come to the same.
 */
public final class ConsoleAddress {
  /** An address holds at most 107 bytes on Linux and 103 on macOS. */
  private static final int LONGEST = 100;

  private ConsoleAddress() {}

  /**
   * The path of the socket. Where the data folder's own path is too long for an address, the path
   * is relative to the working directory, which {@code bin/jarvis} sets to the data folder.
   *
   * @throws IOException when it is too long and the working directory is another one
   */
  public static Path of(Path data) throws IOException {
    return of(data, Path.of("").toAbsolutePath());
  }

  static Path of(Path data, Path workingDirectory) throws IOException {
    Path relative = Path.of("console", "console.sock");
    Path absolute = data.toAbsolutePath().normalize().resolve(relative);
    if (absolute.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return absolute;
    }
    if (Files.isDirectory(data) && Files.isSameFile(workingDirectory, data)) {
      return relative;
    }
    throw new IOException(
        "the path "
            + absolute
            + " is too long for a socket. Use a data folder with a shorter path, or start Jarvis"
            + " with bin/jarvis.");
  }
}
