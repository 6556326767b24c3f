package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jarvis.llm.offline.house.Mention;
import org.jarvis.llm.offline.language.Lexicon;
import org.jarvis.llm.offline.language.Word;

/**
 * What has to be in a sentence, in whatever order: concepts and things, such as {@code most
 * cpu|memory <node>?}. Alternatives are joined by bars; what ends in a question mark may be there.
 * {@code <guest>}, {@code <node>}, {@code <storage>}, {@code <cluster>}, {@code <thing>} {@code
 * <tag>} and {@code <problem>} are things that are named or spoken of.
 */
final class Pattern {
  /** What any sentence may have in it beside. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "glue",
          "polite",
          "aux",
          "and",
          "list",
          "show",
          "what",
          "how",
          "again",
          "pronoun",
          "all",
          "what-about",
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "last-one");

  /** Words for kinds of thing explain themselves beside a thing of the kind. */
  private static final Set<String> KINDS =
      Set.of("vm", "ct", "guest", "machine", "node", "storage", "cluster");

  private static final Map<String, Asked.Kind> SLOTS =
      Map.of(
          "<guest>", Asked.Kind.GUEST,
          "<node>", Asked.Kind.NODE,
          "<storage>", Asked.Kind.STORAGE,
          "<cluster>", Asked.Kind.CLUSTER,
          "<thing>", Asked.Kind.THING);
  private static final String TAG = "<tag>";
  private static final String PROBLEM = "<problem>";

  private static final int NEEDED = 10;
  private static final int WELCOME = 4;
  private static final int UNEXPLAINED = 9;

  private final List<Element> elements;

  private record Element(Set<String> alternatives, boolean optional) {}

  private Pattern(List<Element> elements) {
    this.elements = elements;
  }

  static Pattern of(String text) {
    List<Element> elements = new ArrayList<>();
    for (String part : text.split(" ", -1)) {
      boolean optional = part.endsWith("?");
      String bare = part.replace("?", "");
      Set<String> alternatives = Set.copyOf(Arrays.asList(bare.split("\\|", -1)));
      for (String name : alternatives) {
        if (!SLOTS.containsKey(name)
            && !name.equals(TAG)
            && !name.equals(PROBLEM)
            && !Lexicon.english().concepts().contains(name)) {
          throw new IllegalArgumentException("There is no concept " + name + ".");
        }
      }
      elements.add(new Element(alternatives, optional));
    }
    return new Pattern(elements);
  }

  /** How well a sentence fits; 0 where it does not. */
  int score(Asked asked) {
    int score = 0;
    int needed = 0;
    Set<String> covered = new HashSet<>(NEUTRAL);
    for (Element element : elements) {
      boolean there = element.alternatives().stream().anyMatch(name -> isIn(asked, name));
      if (!there && !element.optional()) {
        return 0;
      }
      if (there) {
        score += element.optional() ? WELCOME : NEEDED;
        needed += element.optional() ? 0 : 1;
      }
      covered.addAll(element.alternatives());
    }
    int unexplained = unexplained(asked, covered);
    return unexplained > needed / 2 + 1 ? 0 : Math.max(0, score - UNEXPLAINED * unexplained);
  }

  private static boolean isIn(Asked asked, String name) {
    Asked.Kind kind = SLOTS.get(name);
    if (kind != null) {
      return asked.means(kind);
    }
    if (name.equals(PROBLEM)) {
      return asked.problem().isPresent();
    }
    return name.equals(TAG) ? !asked.tags().isEmpty() : asked.has(name);
  }

  private static int unexplained(Asked asked, Set<String> covered) {
    List<Word> words = asked.sentence().words();
    boolean[] named = new boolean[words.size()];
    int unexplained = 0;
    for (Mention mention : asked.mentions()) {
      boolean fits =
          SLOTS.entrySet().stream()
              .anyMatch(
                  slot -> covered.contains(slot.getKey()) && Asked.fits(mention, slot.getValue()));
      unexplained += fits ? 0 : 1;
      for (int i = 0; i < mention.length(); i++) {
        named[mention.at() + i] = true;
      }
    }
    boolean things = covered.stream().anyMatch(SLOTS::containsKey);
    for (int i = 0; i < words.size(); i++) {
      String concept = words.get(i).concept();
      boolean explained =
          named[i]
              || covered.contains(concept)
              || (things && KINDS.contains(concept))
              || (covered.contains(TAG) && asked.isTag(i))
              || isFigure(words.get(i));
      unexplained += explained ? 0 : 1;
    }
    return unexplained;
  }

  private static boolean isFigure(Word word) {
    return word.text().toLowerCase(Locale.ROOT).chars().allMatch(Character::isDigit);
  }
}
