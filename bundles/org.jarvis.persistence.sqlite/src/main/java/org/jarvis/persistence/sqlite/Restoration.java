package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Puts a backup in the place of what a data folder holds.
 *
 * <p>First everything is unpacked beside the old and checked. Then one file, {@link #PENDING}, is
 * put into the data folder: with that the backup counts. After it every step is a rename that can
 * be repeated, so an interruption leaves either the old (before that file is there) or the new
 * (once it is there): neither Jarvis nor another restore uses the folder before {@link #finish} has
 * done what is left. What was there before is kept in a folder of its own.
 */
final class Restoration {
  /** Says that a backup counts, and where its parts are. */
  static final String PENDING = "restore.pending";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String STAGED = ".restore-";
  private static final String KEPT = "before-restore-";
  private static final String CONFIGURATION = "etc";
  private static final List<String> REPLACED =
      List.of(
          "metrics.db-shm",
          "metrics.db-wal",
          "metrics.db",
          "tls",
          "deploy",
          "jarvis.db-shm",
          "jarvis.db-wal",
          "jarvis.db");

  private final Path data;
  private final Clock clock;
  private final Step before;

  Restoration(Path data, Clock clock) {
    this(data, clock, step -> {});
  }

  /**
   * @param before told before each change to the data folder; may throw, as if it were interrupted
   *     there
   */
  Restoration(Path data, Clock clock, Step before) {
    this.data = data;
    this.clock = clock;
    this.before = before;
  }

  /** Is told what comes. */
  @FunctionalInterface
  interface Step {
    void comes(String what) throws IOException;
  }

  /**
   * What was done.
   *
   * @param kept the folder with what was there before
   * @param configured the configuration files that were put back
   * @param left those that were left as they are, because there were some already
   */
  record Done(Path kept, List<String> configured, List<String> left) {
    Done {
      configured = List.copyOf(configured);
      left = List.copyOf(left);
    }
  }

  /** Checks the backup and puts it in place. */
  Done restore(BackupArchive backup, Path etc) throws IOException, SQLException {
    requireNothingPending();
    PrivateFiles.makeFolder(data);
    Files.createDirectories(etc);
    requireRoom(backup);
    removeLeftOvers();
    String time = freeName(TIME.format(clock.instant()));
    Path staged = data.resolve(STAGED + time);
    PrivateFiles.makeFolder(staged);
    try {
      backup.unpack(staged);
      inspect(staged);
      for (DatabaseKind kind : DatabaseKind.values()) {
        requireUnused(kind);
      }
    } catch (IOException | SQLException | RuntimeException e) {
      PrivateFiles.remove(staged);
      throw e;
    }
    Pending pending =
        new Pending(time, etc, REPLACED.stream().filter(n -> there(staged.resolve(n))).toList());
    syncFolders(staged);
    decide(pending);
    return complete(pending);
  }

  /** Does what an interrupted restore left to be done; empty when there is nothing. */
  Optional<Done> finish() throws IOException {
    Path file = data.resolve(PENDING);
    return there(file)
        ? Optional.of(complete(Pending.parse(Files.readString(file, UTF_8))))
        : Optional.empty();
  }

  private void requireNothingPending() {
    if (there(data.resolve(PENDING))) {
      throw new JarvisException(
          ErrorCode.CONFLICT, "An earlier restore was interrupted and has to be finished first.");
    }
  }

  private void requireRoom(BackupArchive backup) throws IOException {
    long free = Files.getFileStore(data).getUsableSpace();
    if (backup.size() > free) {
      throw new JarvisException(
          ErrorCode.TOO_LARGE,
          "The backup needs %d MB, but only %d MB are free where the data folder is. Nothing was changed."
              .formatted(backup.size() >> 20, free >> 20));
    }
  }

  private void removeLeftOvers() throws IOException {
    try (Stream<Path> found = Files.list(data)) {
      for (Path each : found.filter(p -> p.getFileName().toString().startsWith(STAGED)).toList()) {
        PrivateFiles.remove(each);
      }
    }
  }

  /** What an earlier restore kept is not to be mixed up with what this one keeps. */
  private String freeName(String time) {
    String name = time;
    for (int i = 2; there(data.resolve(KEPT + name)); i++) {
      name = time + "-" + i;
    }
    return name;
  }

  private static void inspect(Path staged) throws SQLException {
    for (DatabaseKind kind : DatabaseKind.values()) {
      Path file = staged.resolve(kind.fileName());
      if (there(file)) {
        try (DatabaseInspection inspection = DatabaseInspection.of(kind, file)) {
          inspection.requireSound();
          if (kind == DatabaseKind.JARVIS) {
            requireWhole(inspection.audit());
          }
        } catch (SQLiteException e) {
          throw BackupManifest.unreadable("its %s is damaged".formatted(kind.fileName()));
        }
      }
    }
  }

  private static void requireWhole(Verification audit) {
    if (!audit.valid()) {
      throw BackupManifest.unreadable(
          "its audit log was tampered with (record %d is not as it was written)"
              .formatted(audit.firstBad()));
    }
  }

  /** Whoever has the file open holds a lock on it that bars this one. */
  private void requireUnused(DatabaseKind kind) throws SQLException {
    Path file = data.resolve(kind.fileName());
    if (!Files.isRegularFile(file)) {
      return;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute("ROLLBACK");
    } catch (SQLiteException e) {
      if ((e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "%s is in use by another program. Stop Jarvis first. Nothing was changed."
                .formatted(file));
      }
      // A damaged one is in nobody's use; it is kept as it is.
    }
  }

  private static void syncFolders(Path staged) throws IOException {
    try (Stream<Path> found = Files.walk(staged)) {
      for (Path folder : found.filter(Files::isDirectory).toList()) {
        PrivateFiles.sync(folder);
      }
    }
  }

  /** From here on the backup counts. */
  private void decide(Pending pending) throws IOException {
    Path draft = data.resolve(STAGED + pending.time()).resolve(PENDING);
    PrivateFiles.makeFile(draft);
    Files.writeString(draft, pending.text(), UTF_8);
    PrivateFiles.sync(draft);
    move(draft, data.resolve(PENDING));
    PrivateFiles.sync(data);
  }

  private Done complete(Pending pending) throws IOException {
    Path staged = data.resolve(STAGED + pending.time());
    Path kept = data.resolve(KEPT + pending.time());
    PrivateFiles.makeFolder(kept);
    for (String name : REPLACED) {
      replace(name, staged, kept, pending.parts().contains(name));
    }
    PrivateFiles.sync(kept);
    PrivateFiles.sync(data);
    List<String> configured = new ArrayList<>();
    List<String> left = new ArrayList<>();
    putBackConfiguration(staged.resolve(CONFIGURATION), pending.etc(), configured, left);
    // Karaf would remember the bundles of before.
    Files.deleteIfExists(data.resolve("karaf").resolve("cache-for"));
    before.comes("the end");
    PrivateFiles.remove(staged);
    Files.delete(data.resolve(PENDING));
    PrivateFiles.sync(data);
    return new Done(kept, configured, left);
  }

  /** What is there belongs to the old until the new one has left the folder it was unpacked to. */
  private void replace(String name, Path staged, Path kept, boolean isPart) throws IOException {
    Path place = data.resolve(name);
    boolean isInPlace = isPart && !there(staged.resolve(name));
    if (isInPlace) {
      return;
    }
    if (there(place)) {
      move(place, kept.resolve(name));
    }
    if (isPart) {
      move(staged.resolve(name), place);
    }
  }

  private void putBackConfiguration(
      Path staged, Path etc, List<String> configured, List<String> left) throws IOException {
    if (!Files.isDirectory(staged)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(staged)) {
      files = found.sorted().toList();
    }
    Files.createDirectories(etc);
    for (Path file : files) {
      String name = file.getFileName().toString();
      Path place = etc.resolve(name);
      if (there(place)) {
        left.add(name);
      } else {
        before.comes(name);
        // The configuration may be on another disk, where nothing can be moved to at once.
        Path draft = etc.resolve("." + name + ".restored");
        Files.deleteIfExists(draft);
        PrivateFiles.makeFile(draft);
        Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.sync(draft);
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        configured.add(name);
      }
    }
    PrivateFiles.sync(etc);
  }

  private void move(Path from, Path to) throws IOException {
    before.comes(from.getFileName() + " to " + to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean there(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A restore that is decided.
   *
   * @param time names its folders
   * @param etc where the configuration belongs
   * @param parts what of the data folder is in the backup
   */
  private record Pending(String time, Path etc, List<String> parts) {
    private static final String TITLE = "Jarvis restore";

    String text() {
      return String.join("\n", TITLE, time, etc.toString(), String.join(" ", parts)) + "\n";
    }

    static Pending parse(String text) {
      List<String> lines = text.lines().toList();
      if (lines.size() != 4 || !lines.get(0).equals(TITLE)) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "%s in the data folder was edited, so it cannot be told what an interrupted restore left to do. The parts are in the folders %s… and before-restore-…"
                .formatted(PENDING, STAGED));
      }
      return new Pending(lines.get(1), Path.of(lines.get(2)), List.of(lines.get(3).split(" ")));
    }
  }
}
