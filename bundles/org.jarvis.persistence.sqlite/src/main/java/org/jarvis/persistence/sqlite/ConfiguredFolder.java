package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * The folder that a configuration may name for the databases. Backup and restore work on a data
 * folder as a whole: where the databases are elsewhere, they would take or put the wrong ones.
 */
final class ConfiguredFolder {
  static final String FILE = SqlitePersistence.PID + ".cfg";

  private ConfiguredFolder() {}

  /** Refuses a configuration that has Jarvis keep its databases elsewhere than in this folder. */
  static void requireIn(Path data, Path etc) throws IOException {
    Path file = etc.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return;
    }
    String named = folder(file);
    // What a variable stands for is known to the running Jarvis only.
    if (named.isEmpty() || named.contains("$") || isSame(data, data.resolve(named))) {
      return;
    }
    throw new JarvisException(
        ErrorCode.CONFLICT,
        "%s has Jarvis keep its databases in %s, not in the data folder %s. Say --data %s (and --etc) for these alone, without the tls and deploy of the other; or stop Jarvis, move jarvis.db and metrics.db into the data folder, and take folder out of that file. Nothing was done."
            .formatted(FILE, data.resolve(named), data, data.resolve(named)));
  }

  private static String folder(Path file) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = new InputStreamReader(Files.newInputStream(file), UTF_8)) {
      settings.load(reader);
    } catch (IllegalArgumentException e) {
      return "";
    }
    return settings.getProperty("folder", "").strip();
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }
}
