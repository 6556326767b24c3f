package org.jarvis.extensions;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The folder that jars are dropped into, as it looks when it is looked at. Whoever copies a file
 * may take a while, and many a program replaces a file by removing it first; so a file counts only
 * when it has stayed the same for a moment, and is gone only when it has been away for one. Not
 * safe for several threads.
 */
final class DropFolder {
  /** How long a file has to stay as it is. */
  static final Duration SETTLED = Duration.ofSeconds(1);

  /** How long a file may be away while it is replaced. */
  static final Duration GONE = Duration.ofMillis(900);

  /** How many jars are looked at. */
  static final int MOST_FILES = 200;

  private final Path folder;
  private final Clock clock;
  private final Map<String, Sighting> sightings = new HashMap<>();

  DropFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * A file in the folder.
   *
   * @param name its name
   * @param path where it is
   * @param stamp changes when the file does
   * @param size in bytes
   * @param regular whether it is a file, and neither folder nor link nor anything else
   * @param steadyFor how long it has been as it is
   */
  record Drop(
      String name, Path path, String stamp, long size, boolean regular, Duration steadyFor) {
    /** Whether it has been written completely, as far as can be told. */
    boolean settled() {
      return steadyFor.compareTo(SETTLED) >= 0;
    }
  }

  private record Sighting(Drop drop, Instant since, Instant lastSeen) {}

  Path path() {
    return folder;
  }

  /** What lies in it, by name; makes the folder where it is missing. */
  List<Drop> look() throws IOException {
    make();
    Instant now = clock.instant();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, DropFolder::isJar)) {
      for (Path file : files) {
        if (sightings.size() < MOST_FILES || sightings.containsKey(nameOf(file))) {
          see(file, now);
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw Objects.requireNonNull(failure.getCause());
    }
    sightings.values().removeIf(sighting -> !sighting.lastSeen().plus(GONE).isAfter(now));
    List<Drop> drops = new ArrayList<>();
    sightings.values().forEach(sighting -> drops.add(sighting.drop()));
    drops.sort(Comparator.comparing(Drop::name));
    return drops;
  }

  private void make() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException occupied) {
      throw new IOException(folder + " is no folder", occupied);
    }
  }

  private void see(Path file, Instant now) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException vanished) {
      return;
    }
    String name = nameOf(file);
    String stamp =
        attributes.size()
            + " "
            + attributes.lastModifiedTime()
            + " "
            + attributes.fileKey()
            + " "
            + attributes.isRegularFile();
    Sighting before = sightings.get(name);
    Instant since = before != null && before.drop().stamp().equals(stamp) ? before.since() : now;
    sightings.put(
        name,
        new Sighting(
            new Drop(
                name,
                file,
                stamp,
                attributes.size(),
                attributes.isRegularFile(),
                Duration.between(since, now)),
            since,
            now));
  }

  private static boolean isJar(Path file) {
    String name = nameOf(file).toLowerCase(Locale.ROOT);
    return name.endsWith(".jar") && !name.startsWith(".");
  }

  private static String nameOf(Path file) {
    @Nullable Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
