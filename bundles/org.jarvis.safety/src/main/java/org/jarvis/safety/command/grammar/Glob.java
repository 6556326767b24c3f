package org.jarvis.safety.command.grammar;

import java.util.List;

/**
 * A pattern for paths: {@code *} stays within a name, {@code **} stands for any number of names.
 *
 * @param names the names between the slashes
 */
record Glob(List<String> names) {
  private static final String ANY_DEPTH = "**";

  Glob {
    names = List.copyOf(names);
  }

  static Glob of(String text) {
    return new Glob(names(text));
  }

  /** The names of a normalised absolute path, or of a pattern. */
  static List<String> names(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/"));
  }

  boolean matches(List<String> path) {
    return matches(0, path, 0);
  }

  private boolean matches(int own, List<String> path, int at) {
    if (own == names.size()) {
      return at == path.size();
    }
    if (names.get(own).equals(ANY_DEPTH)) {
      for (int rest = at; rest <= path.size(); rest++) {
        if (matches(own + 1, path, rest)) {
          return true;
        }
      }
      return false;
    }
    return at < path.size() && fits(names.get(own), path.get(at)) && matches(own + 1, path, at + 1);
  }

  /** Whether it may match something inside the folder, at a place of its own. */
  boolean liesWithin(List<String> folder) {
    if (names.get(0).equals(ANY_DEPTH)) {
      return false; // it may lie anywhere; whoever lists searchable folders has thought of that
    }
    for (int i = 0; i < folder.size(); i++) {
      if (i >= names.size()) {
        return false;
      }
      if (names.get(i).equals(ANY_DEPTH)) {
        return true;
      }
      if (!fits(names.get(i), folder.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The usual algorithm: on a mismatch, the last asterisk takes one character more. */
  private static boolean fits(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
