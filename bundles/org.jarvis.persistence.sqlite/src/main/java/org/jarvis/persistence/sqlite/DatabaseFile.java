package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a database. It holds password hashes and keys, so nobody but Jarvis's own account may
 * read it; SQLite gives its companions (write-ahead log and index) the same permissions.
 */
record DatabaseFile(Path path, DatabaseKind kind) {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);
  private static final List<String> COMPANIONS = List.of("-wal", "-shm");

  /** The one that must not be lost. */
  static DatabaseFile jarvis(Path folder) {
    return in(folder, DatabaseKind.JARVIS);
  }

  /** The one of the figures. */
  static DatabaseFile metrics(Path folder) {
    return in(folder, DatabaseKind.METRICS);
  }

  static DatabaseFile in(Path folder, DatabaseKind kind) {
    return new DatabaseFile(folder.toAbsolutePath().normalize().resolve(kind.fileName()), kind);
  }

  private String name() {
    return kind.fileName();
  }

  Path folder() {
    return path.resolveSibling("");
  }

  /**
   * What tells this file from every other one; {@code null} where there is none at the moment, or
   * the system does not say.
   */
  @Nullable Object identity() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** Makes folder and file where they are missing, and closes them to others. */
  void prepare() {
    requireNoRestore();
    try {
      prepareFolder();
      prepareFile();
    } catch (IOException | UnsupportedOperationException e) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s cannot be created in the data folder: %s. Give Jarvis a folder that its account may write, by --data or folder= in etc/%s.cfg."
              .formatted(name(), FileFailures.reason(e), SqlitePersistence.PID),
          e);
    }
  }

  /** Refuses while a restore is decided but not complete. */
  void requireNoRestore() {
    if (Files.exists(path.resolveSibling(Restoration.PENDING), LinkOption.NOFOLLOW_LINKS)) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s is not opened, because restoring a backup was interrupted. Start Jarvis by its command (jarvis run), which finishes that first."
              .formatted(name()));
    }
  }

  private void prepareFolder() throws IOException {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      PrivateFiles.makeFolder(folder);
    } else if (PrivateFiles.arePossible()
        && !PrivateFiles.FOLDER.containsAll(Files.getPosixFilePermissions(folder))) {
      closeFolder(folder);
    }
  }

  /**
   * A folder that is used already may be somebody else's too; only an empty one is ours to close.
   */
  private static void closeFolder(Path folder) throws IOException {
    if (isEmpty(folder)) {
      Files.setPosixFilePermissions(folder, PrivateFiles.FOLDER);
    } else {
      LOG.info(
          "{} is open to other accounts. The database in it is not, but better run chmod 700 on it.",
          folder);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  private void prepareFile() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      PrivateFiles.makeFile(path);
    }
    close(path);
    for (String suffix : COMPANIONS) {
      close(path.resolveSibling(name() + suffix));
    }
  }

  private static void close(Path file) throws IOException {
    if (PrivateFiles.arePossible()
        && Files.exists(file)
        && !PrivateFiles.FILE.containsAll(Files.getPosixFilePermissions(file))) {
      Files.setPosixFilePermissions(file, PrivateFiles.FILE);
    }
  }
}
