package org.jarvis.llm.offline.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What somebody said, as words with their concepts. Quoted text is no part of it: who quotes does
 * not say it themselves.
 *
 * @param words what was said, in order
 * @param question whether it bears a question mark
 * @param quotes whether something in it was quoted
 */
public record Sentence(List<Word> words, boolean question, boolean quotes) {
  private static final int LONGEST = 2_000;
  private static final int MOST_WORDS = 60;

  /** What makes any sentence something else than a wish. */
  private static final Set<String> NO_WISH =
      Set.of(
          "not", "if", "mayi", "i-have", "what", "why", "when", "where", "who", "how", "aux",
          "nope", "without", "begun", "stopped", "done", "happen", "you");

  /** Keeps the words from changing. */
  public Sentence {
    words = List.copyOf(words);
  }

  /**
   * Reads what was said.
   *
   * @param isName whether a word is the name of something, which is then not taken for a mistyped
   *     one
   */
  public static Sentence read(String said, Predicate<String> isName) {
    String start = said.length() > LONGEST ? said.substring(0, LONGEST) : said;
    Quotation own = Quotation.without(start);
    List<String> tokens = Particles.joined(Tokens.of(own.rest()));
    List<String> few = tokens.subList(0, Math.min(MOST_WORDS, tokens.size()));
    Lexicon lexicon = Lexicon.english();
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < few.size()) {
      int length = lexicon.phrase(few, at);
      String text = String.join(" ", few.subList(at, at + Math.max(1, length)));
      String concept = lexicon.concept(text).orElse("");
      if (concept.isEmpty() && !isName.test(text)) {
        concept = lexicon.mistyped(text).orElse("");
      }
      words.add(new Word(text, concept));
      at += Math.max(1, length);
    }
    return new Sentence(
        words, own.rest().indexOf('?') >= 0, own.quotes() || tokens.size() > MOST_WORDS);
  }

  /** Whether something in it stands for one of these. */
  public boolean has(String... concepts) {
    Set<String> wanted = new HashSet<>(Arrays.asList(concepts));
    return words.stream().anyMatch(word -> wanted.contains(word.concept()));
  }

  /** The first word that says something. */
  public String opening() {
    return words.stream()
        .filter(word -> !word.is("glue") && !word.is("polite") && !word.is("and"))
        .map(Word::concept)
        .findFirst()
        .orElse("");
  }

  /**
   * Whether it may be a wish that something be done: nothing in it asks, denies, supposes, quotes
   * or tells of the past, and a question mark comes after a polite request alone.
   */
  public boolean mayWish() {
    return !quotes
        && (!question || has("polite"))
        && words.stream().noneMatch(word -> NO_WISH.contains(word.concept()));
  }
}
