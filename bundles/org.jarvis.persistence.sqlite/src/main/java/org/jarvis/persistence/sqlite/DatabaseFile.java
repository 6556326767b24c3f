package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a database. It holds password hashes and keys, so nobody but Jarvis's own account may
 * read it; SQLite gives its companions (write-ahead log and index) the same permissions.
 */
record DatabaseFile(Path path, DatabaseKind kind) {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
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

  /** Makes folder and file where they are missing, and closes them to others. */
  void prepare() {
    if (Files.exists(path.resolveSibling(Restoration.PENDING), LinkOption.NOFOLLOW_LINKS)) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s is not opened, because restoring a backup was interrupted. Start Jarvis by its command (jarvis run), which finishes that first."
              .formatted(name()));
    }
    try {
      prepareFolder();
      prepareFile();
    } catch (IOException | UnsupportedOperationException e) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s cannot be created in the data folder: %s. Give Jarvis a folder that its account may write, by --data or folder= in etc/%s.cfg."
              .formatted(name(), reason(e), SqlitePersistence.PID),
          e);
    }
  }

  private void prepareFolder() throws IOException {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes(FOLDER));
    } else if (isPosix() && !FOLDER.containsAll(Files.getPosixFilePermissions(folder))) {
      closeFolder(folder);
    }
  }

  /**
   * A folder that is used already may be somebody else's too; only an empty one is ours to close.
   */
  private static void closeFolder(Path folder) throws IOException {
    if (isEmpty(folder)) {
      Files.setPosixFilePermissions(folder, FOLDER);
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
      Files.createFile(path, attributes(FILE));
    }
    close(path);
    for (String suffix : COMPANIONS) {
      close(path.resolveSibling(name() + suffix));
    }
  }

  private static void close(Path file) throws IOException {
    if (isPosix() && Files.exists(file) && !FILE.containsAll(Files.getPosixFilePermissions(file))) {
      Files.setPosixFilePermissions(file, FILE);
    }
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  /** The JDK's own messages are paths, which are for the log and not for everybody. */
  private static String reason(Exception failure) {
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "a file is where a folder should be";
    }
    return failure instanceof FileSystemException detailed && detailed.getReason() != null
        ? detailed.getReason()
        : failure.getClass().getSimpleName();
  }
}
