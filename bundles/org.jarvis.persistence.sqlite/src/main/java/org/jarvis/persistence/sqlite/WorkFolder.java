package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A private folder for what is not complete yet; goes with its user, also when that is stopped. */
final class WorkFolder implements AutoCloseable {
  private final Path path;
  private final Thread whenStopped = new Thread(this::removeQuietly, "jarvis-backup-end");

  private WorkFolder(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(whenStopped);
  }

  static WorkFolder in(Path folder) throws IOException {
    // Temporary folders are private by themselves.
    return new WorkFolder(Files.createTempDirectory(folder, ".jarvis-backup-"));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(whenStopped);
    PrivateFiles.remove(path);
  }

  private void removeQuietly() {
    try {
      PrivateFiles.remove(path);
    } catch (IOException e) {
      // Stopped while it is being written to: what is left is hidden and of no use to anybody.
      return;
    }
  }
}
