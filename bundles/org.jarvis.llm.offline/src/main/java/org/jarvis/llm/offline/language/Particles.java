package org.jarvis.llm.offline.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts verbs together that people say apart: {@code turn media off} is to turn off media. */
final class Particles {
  private static final Map<String, Set<String>> OF_VERBS =
      Map.of(
          "shut", Set.of("down", "off"),
          "turn", Set.of("on", "off"),
          "switch", Set.of("on", "off"),
          "power", Set.of("on", "off", "up", "down"),
          "bring", Set.of("up", "down"),
          "take", Set.of("down"));
  private static final int FURTHEST = 5;

  private Particles() {}

  static List<String> joined(List<String> tokens) {
    List<String> joined = new ArrayList<>(tokens);
    for (int i = 0; i < joined.size(); i++) {
      Set<String> particles = OF_VERBS.getOrDefault(joined.get(i), Set.of());
      for (int j = i + 1; j < Math.min(joined.size(), i + FURTHEST); j++) {
        if (particles.contains(joined.get(j))) {
          joined.add(i + 1, joined.remove(j));
          break;
        }
      }
    }
    return joined;
  }
}
