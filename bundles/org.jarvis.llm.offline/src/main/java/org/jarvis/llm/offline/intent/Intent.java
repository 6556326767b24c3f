package org.jarvis.llm.offline.intent;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One kind of thing that can be said.
 *
 * @param id its name
 * @param example how it can be said
 * @param does what comes of it, as the end of "I can …"
 * @param patterns how it is recognised
 * @param answer what is answered
 */
record Intent(
    String id, String example, String does, List<Pattern> patterns, Function<Asked, Reply> answer) {
  /** An intent that is recognised by any of these patterns. */
  static Intent of(
      String id, String example, String does, Function<Asked, Reply> answer, String... patterns) {
    return new Intent(id, example, does, Arrays.stream(patterns).map(Pattern::of).toList(), answer);
  }

  /** How well a sentence fits; 0 where it does not. */
  int score(Asked asked) {
    return patterns.stream().mapToInt(pattern -> pattern.score(asked)).max().orElse(0);
  }
}
