package org.jarvis.llm.offline.language;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody meant who mistyped it: few letters amiss, and only one thing that fits. */
public final class Typo {
  /** Shorter words are too like each other. */
  public static final int SHORTEST = 4;

  private static final int LONG = 8;

  private Typo() {}

  /** The one candidate nearest to a word; empty where none is near, or several are equally so. */
  public static Optional<String> meant(String word, Collection<String> candidates) {
    int bound = allowed(word);
    if (bound == 0) {
      return Optional.empty();
    }
    String best = null;
    boolean tied = false;
    int nearest = bound + 1;
    for (String candidate : candidates) {
      int distance = distance(word, candidate, bound);
      if (distance < nearest) {
        nearest = distance;
        best = candidate;
        tied = false;
      } else if (distance == nearest && distance <= bound) {
        tied = true;
      }
    }
    return tied ? Optional.empty() : Optional.ofNullable(best);
  }

  private static int allowed(String word) {
    if (word.length() < SHORTEST || word.chars().anyMatch(Character::isDigit)) {
      return 0;
    }
    return word.length() < LONG ? 1 : 2;
  }

  /** Letters to insert, delete, replace or swap; at most one more than the bound. */
  static int distance(String one, String other, int bound) {
    if (Math.abs(one.length() - other.length()) > bound) {
      return bound + 1;
    }
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(one, other, cost, i, j);
      }
    }
    return Math.min(cost[one.length()][other.length()], bound + 1);
  }

  private static int cheapest(String one, String other, int[][] cost, int i, int j) {
    int replaced = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(cost[i - 1][j - 1] + replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
