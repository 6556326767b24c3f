package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jarvis.persistence.sqlite.Restoration.KEPT;
import static org.jarvis.persistence.sqlite.Restoration.PENDING;
import static org.jarvis.persistence.sqlite.Restoration.STAGED;
import static org.jarvis.persistence.sqlite.Restoration.there;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.persistence.sqlite.Restoration.Done;
import org.jarvis.persistence.sqlite.Restoration.Step;

/**
 * The part of a restore that is carried through once it has begun: first the decision, then
 * renames, each of which can be repeated.
 */
final class RestoreCommit {
  /** The folder of the configuration in a backup. */
  static final String CONFIGURATION = "etc";

  /** What of a data folder becomes that of the backup. */
  static final List<String> REPLACED =
      List.of(
          "metrics.db-shm",
          "metrics.db-wal",
          "metrics.db",
          "tls",
          "deploy",
          "jarvis.db-shm",
          "jarvis.db-wal",
          "jarvis.db");

  private static final String TITLE = "Jarvis restore";
  private static final Pattern TIME = Pattern.compile("[0-9A-Za-z-]{1,40}");
  private static final String UNWRITTEN = "etc-not-put-back";

  private final Path data;
  private final String time;
  private final Path etc;
  private final List<String> parts;
  private final Step before;
  private final Path staged;
  private final Path kept;

  /**
   * @param time names its folders
   * @param etc where the configuration belongs
   * @param parts what of the data folder is in the backup
   * @param before told before each change to the data folder
   */
  RestoreCommit(Path data, String time, Path etc, List<String> parts, Step before) {
    this.data = data;
    this.time = time;
    this.etc = etc;
    this.parts = List.copyOf(parts);
    this.before = before;
    this.staged = data.resolve(STAGED + time);
    this.kept = data.resolve(KEPT + time);
  }

  /** Reads what {@link #decide} wrote. */
  static RestoreCommit parse(Path data, String text, Step before) {
    List<String> lines = text.lines().toList();
    // Who can write to the data folder decides nothing but what a restore decides.
    if (lines.size() != 4
        || !lines.get(0).equals(TITLE)
        || !TIME.matcher(lines.get(1)).matches()
        || !REPLACED.containsAll(List.of(lines.get(3).split(" ")))) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "%s in the data folder was edited, so it cannot be told what an interrupted restore left to do. The parts are in the folders %s… and %s…"
              .formatted(PENDING, STAGED, KEPT));
    }
    return new RestoreCommit(
        data, lines.get(1), Path.of(lines.get(2)), List.of(lines.get(3).split(" ")), before);
  }

  /** From here on the backup counts. */
  void decide() throws IOException {
    Path draft = staged.resolve(PENDING);
    PrivateFiles.makeFile(draft);
    Files.writeString(
        draft,
        String.join("\n", TITLE, time, etc.toString(), String.join(" ", parts)) + "\n",
        UTF_8);
    PrivateFiles.sync(draft);
    move(draft, data.resolve(PENDING));
    PrivateFiles.sync(data);
  }

  /** Does what is left to do. */
  Done complete() throws IOException {
    PrivateFiles.makeFolder(kept);
    for (String name : REPLACED) {
      replace(name, parts.contains(name));
    }
    PrivateFiles.sync(kept);
    PrivateFiles.sync(data);
    List<String> configured = new ArrayList<>();
    List<String> left = new ArrayList<>();
    putBackConfiguration(configured, left);
    // Karaf would remember the bundles of before.
    Files.deleteIfExists(data.resolve("karaf").resolve("cache-for"));
    before.comes("the end");
    PrivateFiles.remove(staged);
    Files.delete(data.resolve(PENDING));
    PrivateFiles.sync(data);
    return new Done(kept, configured, left, filesIn(kept.resolve(UNWRITTEN)));
  }

  /** What is there belongs to the old until the new one has left the folder it was unpacked to. */
  private void replace(String name, boolean isPart) throws IOException {
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

  private void putBackConfiguration(List<String> configured, List<String> left) throws IOException {
    for (Path file : filesIn(staged.resolve(CONFIGURATION))) {
      String name = file.getFileName().toString();
      if (!BackupManifest.accepts(CONFIGURATION + "/" + name)) {
        continue;
      }
      if (there(etc.resolve(name))) {
        left.add(name);
        continue;
      }
      before.comes(name);
      try {
        putBack(file, name);
        configured.add(name);
      } catch (IOException e) {
        // All the rest is in place: a folder that cannot be written must not keep Jarvis from it.
        keepUnwritten(file, name);
      }
    }
  }

  private void putBack(Path file, String name) throws IOException {
    Files.createDirectories(etc);
    // The configuration may be on another disk, where nothing can be moved to at once.
    Path draft = etc.resolve("." + name + ".restored");
    Files.deleteIfExists(draft);
    PrivateFiles.makeFile(draft);
    Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
    PrivateFiles.sync(draft);
    Files.move(draft, etc.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(etc);
  }

  private void keepUnwritten(Path file, String name) throws IOException {
    Path folder = kept.resolve(UNWRITTEN);
    PrivateFiles.makeFolder(folder);
    move(file, folder.resolve(name));
    PrivateFiles.sync(folder);
    PrivateFiles.sync(kept);
  }

  /** What is in a folder, in order; nothing when it is not there. */
  static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }

  private void move(Path from, Path to) throws IOException {
    before.comes(from.getFileName() + " to " + to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
