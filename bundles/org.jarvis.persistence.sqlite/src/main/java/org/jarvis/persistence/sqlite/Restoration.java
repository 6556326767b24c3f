package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.sqlite.SQLiteException;

/**
 * Puts a backup in the place of what a data folder holds.
 *
 * <p>First everything is unpacked beside the old and checked, also whether the rest can be done.
 * Then one file, {@link #PENDING}, is put into the data folder: with that the backup counts, and
 * {@link RestoreCommit} does the rest. An interruption leaves either the old (before that file is
 * there) or the new (once it is there): neither Jarvis nor another restore uses the folder before
 * {@link #finish} has done what is left. What was there before is kept in a folder of its own.
 */
final class Restoration {
  /** Says that a backup counts, and where its parts are. */
  static final String PENDING = "restore.pending";

  /** Begins the names of the folders that a backup is unpacked to. */
  static final String STAGED = ".restore-";

  /** Begins the names of the folders with what was there before. */
  static final String KEPT = "before-restore-";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path data;
  private final Clock clock;
  private final MountPoints mounts;
  private final Step before;

  Restoration(Path data, Clock clock) throws IOException {
    this(data, clock, MountPoints.ofThisMachine(), step -> {});
  }

  /**
   * @param before told before each change to the data folder; may throw, as if it were interrupted
   *     there
   */
  Restoration(Path data, Clock clock, MountPoints mounts, Step before) {
    this.data = data;
    this.clock = clock;
    this.mounts = mounts;
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
   * @param unwritten those of the backup that could not be put back, where they are now
   */
  record Done(Path kept, List<String> configured, List<String> left, List<Path> unwritten) {
    Done {
      configured = List.copyOf(configured);
      left = List.copyOf(left);
      unwritten = List.copyOf(unwritten);
    }
  }

  /** Checks the backup and puts it in place. */
  Done restore(BackupArchive backup, Path etc) throws IOException, SQLException {
    requireNothingPending();
    PrivateFiles.makeFolder(data);
    Path database = data.resolve(DatabaseKind.JARVIS.fileName());
    requireOwnerOf(there(database) ? database : data);
    requireMovable();
    requireRoom(backup);
    removeLeftOvers();
    String time = freeName(TIME.format(clock.instant()));
    Path staged = data.resolve(STAGED + time);
    PrivateFiles.makeFolder(staged);
    try {
      backup.unpack(staged);
      inspect(staged);
      Path configuration = staged.resolve(RestoreCommit.CONFIGURATION);
      requireDataIsUsed(configuration, etc);
      requireRoomForConfiguration(configuration, etc);
      return commit(backup, new RestoreCommit(data, time, etc, partsIn(staged), before), staged);
    } finally {
      if (!there(data.resolve(PENDING))) {
        PrivateFiles.remove(staged);
      }
    }
  }

  private Done commit(BackupArchive backup, RestoreCommit commit, Path staged)
      throws IOException, SQLException {
    // Once it is decided, nobody opens a database before it is complete.
    try (DatabaseLocks locks = DatabaseLocks.on(data)) {
      new RestoreTrace(clock.instant(), backup.manifest().made(), locks.auditHead())
          .leaveIn(staged);
      PrivateFiles.sync(staged.resolve(DatabaseKind.JARVIS.fileName()));
      syncFolders(staged);
      commit.decide();
    }
    return commit.complete();
  }

  private static List<String> partsIn(Path staged) {
    return RestoreCommit.REPLACED.stream().filter(name -> there(staged.resolve(name))).toList();
  }

  /** Does what an interrupted restore left to be done; empty when there is nothing. */
  Optional<Done> finish() throws IOException {
    Path file = data.resolve(PENDING);
    if (!there(file)) {
      return Optional.empty();
    }
    requireOwnerOf(file);
    return Optional.of(RestoreCommit.parse(data, Files.readString(file, UTF_8), before).complete());
  }

  /** What another account writes could not be read by the one that Jarvis runs as. */
  private void requireOwnerOf(Path existing) throws IOException {
    Path mine = Files.createTempDirectory(data, STAGED);
    try {
      UserPrincipal owner = Files.getOwner(existing);
      if (!owner.equals(Files.getOwner(mine))) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "%s belongs to %s, who could not read what this account restores there. Run this as that account: sudo -u %s jarvis … Nothing was changed."
                .formatted(
                    existing,
                    owner.getName(),
                    owner.getName().replaceFirst("^([0-9]+)$", "'#$1'")));
      }
    } finally {
      Files.delete(mine);
    }
  }

  private void requireMovable() throws IOException {
    for (String name : RestoreCommit.REPLACED) {
      if (there(data.resolve(name)) && mounts.isMounted(data, name)) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "%s is mounted there, so nothing can be put in its place. Mount the whole data folder instead, or unmount it for the restore and copy it back afterwards. Nothing was changed."
                .formatted(data.resolve(name)));
      }
    }
  }

  /** What is in the place already stays; otherwise the backup's configuration comes there. */
  private void requireDataIsUsed(Path staged, Path etc) throws IOException {
    ConfiguredFolder.requireIn(data, there(etc.resolve(ConfiguredFolder.FILE)) ? etc : staged);
  }

  /** Tries to write where configuration files are missing, before it is too late to say no. */
  private static void requireRoomForConfiguration(Path staged, Path etc) throws IOException {
    List<String> missing =
        RestoreCommit.filesIn(staged).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> !there(etc.resolve(name)))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(etc);
      Files.delete(Files.createTempFile(etc, ".jarvis-restore-", ".draft"));
    } catch (IOException e) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The configuration in the backup (%s) cannot be put into %s: %s. Let this account write there, or name another folder with --etc DIR and copy the files from that one. Nothing was changed."
              .formatted(String.join(", ", missing), etc, FileFailures.reason(e)),
          e);
    }
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
          inspection.requireSound(why -> BackupManifest.unreadable("its " + why));
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

  private static void syncFolders(Path staged) throws IOException {
    try (Stream<Path> found = Files.walk(staged)) {
      for (Path folder : found.filter(Files::isDirectory).toList()) {
        PrivateFiles.sync(folder);
      }
    }
  }

  static boolean there(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
