package org.jarvis.extensions;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jarvis.api.text.InertText;

/** What lies in the folder, and what is said against it. Not safe for several threads. */
final class DroppedJars {
  /** Parts of these names are trusted with what no extension may offer: the gate, its records. */
  private static final List<String> RESERVED =
      List.of(
          "org.jarvis.core",
          "org.jarvis.persistence.",
          "org.jarvis.safety",
          "org.jarvis.auth",
          "org.jarvis.tools",
          "org.jarvis.detectors",
          "org.jarvis.gateway",
          "org.jarvis.console",
          "org.jarvis.mcp",
          "org.jarvis.extensions",
          "org.jarvis.chat",
          "org.jarvis.lab");

  private static final Duration STILL_COPYING = Duration.ofSeconds(5);
  private static final int LONGEST_FILE = 120;

  private final PrivateCopies copies;
  private final BundleHost host;
  private final Map<String, Dropped> dropped = new TreeMap<>();
  private boolean unsettled;

  private record Dropped(String stamp, Jar jar) {}

  DroppedJars(PrivateCopies copies, BundleHost host) {
    this.copies = copies;
    this.host = host;
  }

  /** A file name as it may be shown. */
  static String plain(String file) {
    return InertText.line(file, LONGEST_FILE);
  }

  /** Whether a file is still being written, so that not everything that lies there is known. */
  boolean unsettled() {
    return unsettled;
  }

  /**
   * Takes up what has changed.
   *
   * @param readAnew is told the id of each jar that was read anew
   */
  void takeUp(List<DropFolder.Drop> drops, Consumer<String> readAnew) throws IOException {
    Set<String> names = new HashSet<>();
    unsettled = false;
    for (DropFolder.Drop drop : drops) {
      names.add(drop.name());
      Dropped before = dropped.get(drop.name());
      if (before != null && before.stamp().equals(drop.stamp())) {
        continue;
      }
      if (!drop.settled()) {
        unsettled = true;
        continue;
      }
      Jar jar = take(drop);
      boolean complete =
          !JarInspector.UNREADABLE.equals(jar.objection())
              || drop.steadyFor().compareTo(STILL_COPYING) >= 0;
      if (complete) {
        dropped.put(drop.name(), new Dropped(drop.stamp(), jar));
        readAnew.accept(jar.id());
      }
      unsettled |= !complete;
    }
    dropped.keySet().retainAll(names);
  }

  private Jar take(DropFolder.Drop drop) throws IOException {
    try {
      return copies.take(drop);
    } catch (FileSystemException unreadable) {
      if (String.valueOf(unreadable.getFile()).equals(drop.path().toString())) {
        return PrivateCopies.unread(drop, "It cannot be read: check whose file it is.");
      }
      throw unreadable;
    }
  }

  /**
   * The jars in the folder by file name, each content once, with what is said against them.
   *
   * @param decidedFor whether a jar runs or may run, so that no other one makes it ambiguous
   */
  Map<String, Jar> judged(Predicate<Jar> decidedFor) {
    if (dropped.isEmpty()) {
      return Map.of();
    }
    Set<String> names = host.ownNames();
    Set<String> packages = host.ownPackages();
    Map<String, Jar> jars = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    dropped.forEach(
        (file, drop) -> {
          if (seen.add(drop.jar().id())) {
            jars.put(file, judged(drop.jar(), names, packages));
          }
        });
    jars.replaceAll((file, jar) -> decidedFor.test(jar) ? jar : ambiguous(file, jar, jars));
    return jars;
  }

  private static Jar judged(Jar jar, Set<String> names, Set<String> packages) {
    if (jar.objection() != null) {
      return jar;
    }
    if (names.contains(jar.symbolicName())) {
      return jar.refused(
          "A part that Jarvis is made of has the symbolic name " + jar.symbolicName() + ".");
    }
    if (RESERVED.stream().anyMatch(jar.symbolicName()::startsWith)) {
      return jar.refused(
          "The symbolic name "
              + jar.symbolicName()
              + " is kept for parts of Jarvis itself. Give the bundle another.");
    }
    return jar.exports().stream()
        .filter(packages::contains)
        .findFirst()
        .map(
            name ->
                jar.refused(
                    "It exports the package "
                        + name
                        + ", which a part that Jarvis is made of offers already."))
        .orElse(jar);
  }

  private static Jar ambiguous(String file, Jar jar, Map<String, Jar> jars) {
    if (jar.objection() != null) {
      return jar;
    }
    return jars.entrySet().stream()
        .filter(
            other ->
                !other.getKey().equals(file)
                    && other.getValue().symbolicName().equals(jar.symbolicName())
                    && other.getValue().version().equals(jar.version()))
        .findFirst()
        .map(
            other ->
                jar.refused(
                    plain(other.getKey())
                        + " has the same symbolic name and version, but another content. Take one"
                        + " of them away."))
        .orElse(jar);
  }

  /**
   * Whether the file of an extension is there still, or something in its place that is no other.
   */
  boolean occupied(String file, String symbolicName) {
    Dropped there = dropped.get(file);
    return there != null
        && (there.jar().symbolicName().isEmpty()
            || there.jar().symbolicName().equals(symbolicName));
  }
}
