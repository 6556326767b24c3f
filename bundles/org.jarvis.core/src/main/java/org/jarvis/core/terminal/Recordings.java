package org.jarvis.core.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Terminals.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of recordings: each a file that only Jarvis's own account can read. What is too old or
 * too much goes, the oldest first. Safe from any thread.
 */
final class Recordings {
  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".cast";
  private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 4;
  private static final int BUFFER = 32 * 1024;
  private static final int MOST_HEADER = 8 * 1024;
  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final Clock clock;
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  Recordings(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}
   */
  CastWriter begin(CastWriter.Header header, long limit) {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    String id = TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
    open.add(id);
    try {
      createFolder();
      OutputStream file =
          new BufferedOutputStream(
              Files.newOutputStream(created(file(id)), StandardOpenOption.WRITE), BUFFER);
      return new CastWriter(id, file, header, clock, limit);
    } catch (IOException failed) {
      open.remove(id);
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "The terminal cannot be recorded in "
              + folder
              + ": "
              + failed.getMessage()
              + ". Mend that, or switch recording off with recording=false in"
              + " etc/org.jarvis.terminal.cfg.",
          failed);
    }
  }

  /** It has ended; one of nothing is not worth keeping. May be called again. */
  void ended(CastWriter writer, boolean worthKeeping) {
    writer.close();
    open.remove(writer.id());
    if (!worthKeeping) {
      try {
        Files.deleteIfExists(file(writer.id()));
      } catch (IOException failed) {
        LOG.warn("The recording {} cannot be removed: {}", writer.id(), failed.getMessage());
      }
    }
  }

  private void createFolder() throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (isPosix()) {
        Files.setPosixFilePermissions(folder, PRIVATE_FOLDER);
      }
      return;
    }
    Files.createDirectories(folder.toAbsolutePath().getParent());
    Files.createDirectory(folder, attributes(PRIVATE_FOLDER));
  }

  private Path created(Path file) throws IOException {
    return Files.createFile(file, attributes(PRIVATE_FILE));
  }

  private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }

  /** All that are kept, newest first. */
  List<Recording> all() {
    List<Recording> recordings = new ArrayList<>();
    for (Path file : files()) {
      try {
        recordings.add(read(file));
      } catch (IOException unreadable) {
        LOG.debug("{} is left out of the list of recordings.", file, unreadable);
      }
    }
    return List.copyOf(recordings);
  }

  private Recording read(Path file) throws IOException {
    String id = id(file);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      char[] head = new char[MOST_HEADER];
      int length = Math.max(0, reader.read(head));
      String text = new String(head, 0, length);
      int end = text.indexOf('\n');
      JsonNode header = JSON.readTree(end < 0 ? text : text.substring(0, end));
      JsonNode own = header.path("jarvis");
      return new Recording(
          id,
          own.path("host").asText(),
          header.path("title").asText(),
          own.path("person").asText(),
          Instant.ofEpochSecond(header.path("timestamp").asLong()),
          Files.size(file),
          open.contains(id));
    }
  }

  /**
   * Opens one for reading.
   *
   * @throws JarvisException with {@code NOT_FOUND}
   */
  InputStream read(String id) {
    if (ID.matcher(id).matches()) {
      try {
        return Files.newInputStream(file(id), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException missing) {
        LOG.debug("The recording {} cannot be read.", id, missing);
      }
    }
    throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such recording.");
  }

  /** Removes what is older than allowed, and the oldest of what is more than allowed. */
  void prune(Duration kept, long limit) {
    Instant oldest = clock.instant().minus(kept);
    long size = 0;
    for (Path file : files()) {
      try {
        size += Files.size(file);
        boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
        if ((old || size > limit) && !open.contains(id(file))) {
          size -= Files.size(file);
          Files.delete(file);
          LOG.info("Removed the recording {}: {}.", id(file), old ? "too old" : "too much");
        }
      } catch (IOException failed) {
        LOG.warn("The recording {} cannot be removed: {}", file, failed.getMessage());
      }
    }
  }

  /** Newest first. */
  private List<Path> files() {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> ID.matcher(id(file)).matches())
          .filter(file -> file.toString().endsWith(SUFFIX))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (FileSystemException gone) {
      return List.of();
    } catch (IOException failed) {
      LOG.warn("The recordings in {} cannot be listed: {}", folder, failed.getMessage());
      return List.of();
    }
  }

  private static String id(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
  }
}
