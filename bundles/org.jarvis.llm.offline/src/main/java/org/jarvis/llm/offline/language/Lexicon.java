package org.jarvis.llm.offline.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which words stand for which concept. Data, in {@code lexicon.txt}, so that a synonym is a word in
 * a list and no code. Immutable.
 */
public final class Lexicon {
  private static final int LONGEST_PHRASE = 6;
  private static final int SHORTEST_MISTYPED = 5;
  private static final Lexicon ENGLISH = load();

  private final Map<String, String> concepts = new HashMap<>();
  private final Set<String> mistypable = new TreeSet<>();

  private Lexicon(List<String> lines) {
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String concept = line.substring(0, equals).strip();
      for (String words : line.substring(equals + 1).split(",", -1)) {
        String former = concepts.put(words.strip(), concept);
        if (former != null) {
          throw new IllegalStateException(
              words.strip() + " stands for " + former + " and for " + concept + ".");
        }
      }
    }
    concepts.keySet().stream()
        .filter(words -> words.length() >= SHORTEST_MISTYPED && words.indexOf(' ') < 0)
        .forEach(mistypable::add);
  }

  /** The one of this bundle. */
  public static Lexicon english() {
    return ENGLISH;
  }

  /** The concept of a word or phrase as it is written in the lexicon. */
  public Optional<String> concept(String words) {
    return Optional.ofNullable(concepts.get(words));
  }

  /** The concept of a mistyped word. */
  public Optional<String> mistyped(String word) {
    return word.length() < SHORTEST_MISTYPED
        ? Optional.empty()
        : Typo.meant(word, mistypable).map(concepts::get);
  }

  /** All concepts. */
  public Set<String> concepts() {
    return Set.copyOf(concepts.values());
  }

  /** How many of the words from a place on are the longest phrase; 0 where none begins there. */
  int phrase(List<String> words, int from) {
    for (int length = Math.min(LONGEST_PHRASE, words.size() - from); length > 0; length--) {
      if (concepts.containsKey(String.join(" ", words.subList(from, from + length)))) {
        return length;
      }
    }
    return 0;
  }

  private static Lexicon load() {
    try (InputStream file = Lexicon.class.getResourceAsStream("lexicon.txt");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
      return new Lexicon(new ArrayList<>(reader.lines().toList()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
