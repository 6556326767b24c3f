package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Writes all that makes up a Jarvis into one file, while it runs or not.
 *
 * <p>Each database is copied by SQLite itself ({@code VACUUM INTO}) in one read transaction: the
 * copy is one state of it, and nobody who writes waits for it. The file appears under its name only
 * once it is complete.
 */
final class BackupWriter {
  private static final int PATIENCE_WITH_LOCKS_MILLIS = 10_000;

  private final Path data;
  private final Path etc;
  private final String version;
  private final Clock clock;
  private final List<BackupManifest.Entry> entries = new ArrayList<>();
  private final List<BackupManifest.Schema> schemas = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param data the data folder
   * @param etc the folder with the configuration
   * @param version of this Jarvis
   */
  BackupWriter(Path data, Path etc, String version, Clock clock) {
    this.data = data;
    this.etc = etc;
    this.version = version;
    this.clock = clock;
  }

  /**
   * What was written.
   *
   * @param notes what the owner should know, a sentence each
   */
  record Written(BackupManifest manifest, List<String> notes) {}

  /** Writes the backup; call it once. */
  Written write(Path target) throws IOException, SQLException {
    if (!Files.isRegularFile(data.resolve(DatabaseKind.JARVIS.fileName()))) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "There is nothing to back up: %s holds no %s. Say which data folder with --data."
              .formatted(data, DatabaseKind.JARVIS.fileName()));
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new JarvisException(
          ErrorCode.CONFLICT, "%s exists already. Choose another name.".formatted(target));
    }
    ConfiguredFolder.requireIn(data, etc);
    try (WorkFolder work = WorkFolder.in(target.resolveSibling(""))) {
      Path archive = work.path().resolve("backup.zip");
      PrivateFiles.makeFile(archive);
      BackupManifest manifest = pack(archive, work.path());
      PrivateFiles.sync(archive);
      Files.move(archive, target, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.sync(target.resolveSibling(""));
      return new Written(manifest, notes);
    }
  }

  private BackupManifest pack(Path archive, Path work) throws IOException, SQLException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
        ZipOutputStream zip = new ZipOutputStream(file, UTF_8)) {
      for (DatabaseKind kind : DatabaseKind.values()) {
        addDatabase(zip, kind, work);
      }
      addFolder(zip, "tls");
      addFolder(zip, "deploy");
      addConfiguration(zip);
      BackupManifest manifest =
          new BackupManifest(
              version, clock.instant().truncatedTo(ChronoUnit.SECONDS), schemas, entries);
      requireReadable(manifest);
      zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
      zip.write(manifest.text().getBytes(UTF_8));
      zip.closeEntry();
      return manifest;
    }
  }

  /** What restore would refuse is no backup; better said now than when it is needed. */
  private static void requireReadable(BackupManifest manifest) {
    JarvisException refusal = null;
    boolean same = false;
    try {
      same = BackupManifest.parse(manifest.text()).equals(manifest);
    } catch (JarvisException e) {
      refusal = e;
    }
    if (!same) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "No backup was written, because it could not be restored: it has %d files in tls and deploy, or one that makes no sense there. Look through these folders."
              .formatted(manifest.entries().size()),
          refusal);
    }
  }

  private void addDatabase(ZipOutputStream zip, DatabaseKind kind, Path work)
      throws IOException, SQLException {
    Path live = data.resolve(kind.fileName());
    if (!Files.isRegularFile(live)) {
      return;
    }
    Path copy = work.resolve(kind.fileName());
    try {
      copy(live, copy);
      inspect(kind, copy);
    } catch (SQLException | JarvisException e) {
      if (kind == DatabaseKind.JARVIS) {
        throw e;
      }
      notes.add(
          "%s was left out, since it cannot be read: %s"
              .formatted(kind.fileName(), e.getMessage()));
      return;
    }
    add(zip, kind.fileName(), copy);
    Files.delete(copy);
  }

  private static void copy(Path live, Path copy) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(PATIENCE_WITH_LOCKS_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + live);
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
    }
  }

  private void inspect(DatabaseKind kind, Path copy) throws SQLException {
    try (DatabaseInspection inspection = DatabaseInspection.of(kind, copy)) {
      inspection.requireSound(
          reason ->
              new JarvisException(ErrorCode.CONFLICT, "%s. %s".formatted(reason, kind.cure())));
      schemas.add(new BackupManifest.Schema(kind.fileName(), inspection.schema()));
      if (kind == DatabaseKind.JARVIS) {
        Verification audit = inspection.audit();
        if (!audit.valid()) {
          throw new JarvisException(
              ErrorCode.CONFLICT,
              "The audit log was tampered with (its record %d is not as it was written), so this would be a backup that cannot be restored. Keep the data folder as it is, and look into that first."
                  .formatted(audit.firstBad()));
        }
      }
    }
  }

  private void addFolder(ZipOutputStream zip, String folder) throws IOException {
    Path root = data.resolve(folder);
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          addIf(
              Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
              zip,
              folder + "/" + root.relativize(file),
              file);
        }
      }
    }
  }

  private void addConfiguration(ZipOutputStream zip) throws IOException {
    if (!Files.isDirectory(etc)) {
      notes.add(
          "There is no configuration in it: %s is no folder that can be read.".formatted(etc));
      return;
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(etc, "org.jarvis.*.cfg")) {
      found.forEach(files::add);
    }
    if (files.isEmpty()) {
      notes.add("There is no configuration in it: %s holds no org.jarvis.*.cfg.".formatted(etc));
    }
    for (Path file : files.stream().sorted().toList()) {
      // A configuration file that is a link is one like any other.
      addIf(Files.isRegularFile(file), zip, "etc/" + file.getFileName(), file);
    }
  }

  private void addIf(boolean plain, ZipOutputStream zip, String name, Path file)
      throws IOException {
    if (!plain) {
      notes.add("%s was left out, since it is no plain file.".formatted(name));
    } else if (!BackupManifest.accepts(name)) {
      notes.add("%s was left out, since a backup cannot hold such a name.".formatted(name));
    } else {
      add(zip, name, file);
    }
  }

  private void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    try (InputStream content = Files.newInputStream(file)) {
      Fingerprint copied = Fingerprint.ofCopy(content, zip, Long.MAX_VALUE - 1);
      entries.add(new BackupManifest.Entry(name, copied.size(), copied.sha256()));
    }
    zip.closeEntry();
  }
}
