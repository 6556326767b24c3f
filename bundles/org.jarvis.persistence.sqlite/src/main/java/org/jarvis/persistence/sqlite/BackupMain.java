package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jarvis.api.error.JarvisException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * {@code jarvis backup} and {@code jarvis restore}: a plain program on the libraries of the
 * distribution, because both have to work whether Jarvis runs or not.
 *
 * <p>{@code backup|restore|finish --data DIR [--etc DIR] [--file FILE]}; {@code finish} does what
 * an interrupted restore left, if any.
 */
public final class BackupMain {
  private static final int WRONG = 1;

  private final PrintStream output;
  private final PrintStream errors;

  BackupMain(PrintStream output, PrintStream errors) {
    this.output = output;
    this.errors = errors;
  }

  /** Does what the first argument says. */
  public static void main(String[] arguments) {
    int exitCode = new BackupMain(System.out, System.err).run(List.of(arguments));
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  int run(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i + 1 < arguments.size(); i += 2) {
      options.put(arguments.get(i), arguments.get(i + 1));
    }
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    try {
      switch (command) {
        case "backup" -> backup(path(options, "--data"), path(options, "--etc"), file(options));
        case "restore" -> restore(path(options, "--data"), path(options, "--etc"), file(options));
        case "finish" -> finish(path(options, "--data"));
        default -> throw new IllegalArgumentException("There is no command '" + command + "'.");
      }
      return 0;
    } catch (JarvisException | IllegalArgumentException e) {
      return fail(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return fail(words(e));
    } catch (IOException e) {
      return fail(words(e));
    }
  }

  private int fail(String words) {
    errors.println("jarvis: " + words);
    return WRONG;
  }

  private static Path path(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing.");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  private static Path file(Map<String, String> options) {
    return path(options, "--file");
  }

  private void backup(Path data, Path etc, Path file) throws IOException, SQLException {
    BackupWriter.Written written =
        new BackupWriter(data, etc, version(), Clock.systemUTC()).write(file);
    list(written.manifest());
    output.println("The configuration is that in " + etc);
    written.notes().forEach(note -> errors.println("jarvis: " + note));
    output.println("The backup is " + file);
    output.println(
        "It opens everything that Jarvis may do. Keep it where nobody else can read it.");
  }

  private void restore(Path data, Path etc, Path file) throws IOException, SQLException {
    try (BackupArchive backup = BackupArchive.open(file)) {
      Restoration.Done done = new Restoration(data, Clock.systemUTC()).restore(backup, etc);
      list(backup.manifest());
      output.println("The folder of the configuration is " + etc);
      output.printf("Restored the backup of %s into %s%n", backup.manifest().made(), data);
      tell(done, etc);
    }
  }

  private void finish(Path data) throws IOException {
    Optional<Restoration.Done> done = new Restoration(data, Clock.systemUTC()).finish();
    if (done.isPresent()) {
      errors.println("An interrupted restore was finished.");
      tellUnwritten(done.get());
    }
  }

  private void tellUnwritten(Restoration.Done done) {
    done.unwritten()
        .forEach(
            file ->
                errors.printf(
                    "jarvis: %s could not be put back. It is in %s%n", file.getFileName(), file));
  }

  private void tell(Restoration.Done done, Path etc) {
    output.println("What was there before is in " + done.kept());
    if (!done.configured().isEmpty()) {
      output.printf("Put back in %s: %s%n", etc, String.join(", ", done.configured()));
    }
    if (!done.left().isEmpty()) {
      output.printf("Left as they are in %s: %s%n", etc, String.join(", ", done.left()));
    }
    tellUnwritten(done);
  }

  private void list(BackupManifest manifest) {
    for (BackupManifest.Entry entry : manifest.entries()) {
      output.printf(Locale.ROOT, "%,14d  %s%n", entry.size(), printable(entry.name()));
    }
  }

  /** Names of users' files could hold what a terminal takes for a command. */
  private static String printable(String name) {
    return name.codePoints()
            .allMatch(c -> c >= ' ' && c != 0x7f && Character.getType(c) != Character.FORMAT)
        ? name
        : name.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static String words(SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException sqlite
            ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_FULL, SQLITE_IOERR ->
          "the disk is full or fails. Free some space where the backup is to be, and where the data folder is.";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program keeps the database locked. Try again in a moment.";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "the database cannot be opened. Run this as the account that Jarvis runs as.";
      case SQLITE_CORRUPT, SQLITE_NOTADB -> "the database is damaged. Restore an earlier backup.";
      default -> "the database cannot be read: " + failure.getMessage();
    };
  }

  private static String words(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "%s may not be read or written. Run this as the account that Jarvis runs as, or choose another place."
          .formatted(denied.getFile());
    }
    if (failure instanceof NoSuchFileException missing) {
      return "%s does not exist.".formatted(missing.getFile());
    }
    String reason =
        failure instanceof FileSystemException
            ? FileFailures.reason(failure)
            : String.valueOf(failure.getMessage());
    if (reason.toLowerCase(Locale.ROOT).contains("no space")) {
      return "the disk is full. Free some space, or choose another place.";
    }
    return failure instanceof FileSystemException file
        ? "%s: %s".formatted(file.getFile(), reason)
        : reason;
  }

  /** The version that this bundle's jar says it has. */
  private static String version() {
    try {
      Path jar =
          Path.of(BackupMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile file = new JarFile(jar.toFile())) {
        Manifest manifest = file.getManifest();
        String version =
            manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-Version");
        return version == null ? "unknown" : version;
      }
    } catch (URISyntaxException | IOException e) {
      return "unknown";
    }
  }
}
