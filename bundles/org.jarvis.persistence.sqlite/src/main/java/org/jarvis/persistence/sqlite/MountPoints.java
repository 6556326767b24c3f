package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is mounted: such a file or folder cannot be renamed, and nothing renamed to it.
 */
final class MountPoints {
  /** See proc_pid_mountinfo(5): the fifth field, in which blanks and the like are octal numbers. */
  private static final Path LIST = Path.of("/proc/self/mountinfo");

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final int FIELD = 4;

  private final Set<String> paths;

  private MountPoints(Set<String> paths) {
    this.paths = Set.copyOf(paths);
  }

  /** Those of this machine; where it keeps no such list, file stores alone tell. */
  static MountPoints ofThisMachine() throws IOException {
    return of(
        Files.isReadable(LIST)
            ? new String(Files.readAllBytes(LIST), UTF_8).lines().toList()
            : List.of());
  }

  static MountPoints of(List<String> lines) {
    Set<String> paths = new HashSet<>();
    for (String line : lines) {
      List<String> fields = List.of(line.split(" ", FIELD + 2));
      if (fields.size() > FIELD) {
        paths.add(
            OCTAL
                .matcher(fields.get(FIELD))
                .replaceAll(
                    found ->
                        Matcher.quoteReplacement(
                            Character.toString(Integer.parseInt(found.group(1), 8)))));
      }
    }
    return new MountPoints(paths);
  }

  /** Whether this file of a folder is mounted there, and not simply in it. */
  boolean isMounted(Path folder, String name) throws IOException {
    Path real = folder.toRealPath();
    Path place = real.resolve(name);
    boolean isOfAnotherStore =
        Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
            && !Files.getFileStore(place).equals(Files.getFileStore(real));
    return isOfAnotherStore || paths.contains(place.toString());
  }
}
