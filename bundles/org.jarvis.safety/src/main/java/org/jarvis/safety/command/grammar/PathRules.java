package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which files commands may read. Immutable. */
public final class PathRules {
  /** Nothing may be read. */
  public static final PathRules NONE = new PathRules(List.of(), List.of(), List.of());

  private static final int LONGEST = 1024;
  private static final int DEEPEST = 40;

  private final Patterns readable;
  private final Patterns searchable;
  private final Patterns secret;

  /** Takes patterns as {@link Glob} reads them. */
  PathRules(List<String> readable, List<String> searchable, List<String> secret) {
    this.readable = new Patterns(readable);
    this.searchable = new Patterns(searchable);
    this.secret = new Patterns(secret);
  }

  /** Why the content of this file may not be read; {@code null} when it may. */
  @Nullable String readingObjection(String path) {
    String objection = namingObjection(path);
    if (objection != null) {
      return objection;
    }
    return readable.match(names(path)) ? null : "lies where files may not be read";
  }

  /** Why this folder may not be read with all that is in it; {@code null} when it may. */
  @Nullable String searchingObjection(String path) {
    String objection = namingObjection(path);
    if (objection != null) {
      return objection;
    }
    List<String> names = names(path);
    if (secret.all().anyMatch(glob -> glob.liesWithin(names))) {
      return "has something secret in it";
    }
    return searchable.match(names) ? null : "may not be searched as a whole";
  }

  /** Why this path may not even be named; {@code null} when it may. */
  @Nullable String namingObjection(String path) {
    if (!path.startsWith("/")) {
      return "is no absolute path";
    }
    if (path.length() > LONGEST) {
      return "is too long for a path";
    }
    List<String> names = names(path);
    if (names.size() > DEEPEST) {
      return "is too deep for a path";
    }
    if (names.contains("..")) {
      return "leads back up with '..'; write where it leads";
    }
    if (hasWildcard(path)) {
      return "has a wildcard; name each file";
    }
    return secret.match(names) ? "is secret" : null;
  }

  /**
   * Whether a word names something secret, wherever in it the path begins: {@code if=/etc/shadow}.
   * Steps back up are followed by their names.
   */
  public boolean namesSecret(String word) {
    for (int slash = word.indexOf('/'); slash >= 0; slash = word.indexOf('/', slash + 1)) {
      boolean begins = slash == 0 || !isNamePart(word.charAt(slash - 1));
      if (begins && slash <= LONGEST && isSecret(resolved(word.substring(slash)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamePart(char character) {
    return character == '/' || character == '.' || Character.isLetterOrDigit(character);
  }

  private boolean isSecret(List<String> names) {
    return names.size() <= DEEPEST && secret.match(names);
  }

  private static List<String> resolved(String path) {
    List<String> resolved = new ArrayList<>();
    for (String name : names(path)) {
      if (!name.equals("..")) {
        resolved.add(name);
      } else if (!resolved.isEmpty()) {
        resolved.remove(resolved.size() - 1);
      }
    }
    return resolved;
  }

  private static boolean hasWildcard(String path) {
    for (int i = 0; i < path.length(); i++) {
      if ("*?[]{}\\".indexOf(path.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The names that a path leads through. Doubled slashes and dots alone lead nowhere. */
  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  /** Patterns, found by names: a path is looked at for each word that a command has. */
  private static final class Patterns {
    private final List<Glob> globs;
    private final Map<String, List<Glob>> byFirst = new HashMap<>();
    private final Set<String> lastNames = new HashSet<>();
    private final Set<String> anyNames = new HashSet<>();
    private final List<Glob> others = new ArrayList<>();

    Patterns(List<String> patterns) {
      globs = patterns.stream().map(Glob::of).toList();
      globs.forEach(this::sort);
    }

    private void sort(Glob glob) {
      List<String> names = glob.names();
      boolean anywhere = names.size() > 1 && names.get(0).equals("**");
      if (!names.get(0).contains("*")) {
        byFirst.computeIfAbsent(names.get(0), name -> new ArrayList<>()).add(glob);
      } else if (anywhere && names.size() == 2 && !names.get(1).contains("*")) {
        lastNames.add(names.get(1));
      } else if (anywhere
          && names.size() == 3
          && !names.get(1).contains("*")
          && names.get(2).equals("**")) {
        anyNames.add(names.get(1));
      } else {
        others.add(glob);
      }
    }

    boolean match(List<String> path) {
      if (path.isEmpty()) {
        return false;
      }
      if (lastNames.contains(path.get(path.size() - 1))) {
        return true;
      }
      for (String name : path) {
        if (anyNames.contains(name)) {
          return true;
        }
      }
      return matchOne(byFirst.getOrDefault(path.get(0), List.of()), path) || matchOne(others, path);
    }

    private static boolean matchOne(List<Glob> candidates, List<String> path) {
      for (Glob glob : candidates) {
        if (glob.matches(path)) {
          return true;
        }
      }
      return false;
    }

    Stream<Glob> all() {
      return globs.stream();
    }
  }
}
