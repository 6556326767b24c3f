package org.jarvis.llm.offline.intent;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.llm.offline.language.Sentence;
import org.jarvis.llm.offline.language.Word;

/** What comes nearest to a sentence that nothing fits, by the concepts of the examples. */
final class Nearest {
  private static final int FEW = 3;

  private static final List<Example> EXAMPLES =
      Grammar.families().stream()
          .filter(family -> !(family instanceof Courtesies))
          .flatMap(family -> family.intents().stream())
          .map(
              intent ->
                  new Example(intent, concepts(Sentence.read(intent.example(), name -> false))))
          .toList();

  private record Example(Intent intent, Set<String> concepts) {
    private int shared(Set<String> others) {
      return (int) concepts.stream().filter(others::contains).count();
    }
  }

  private Nearest() {}

  static List<Intent> to(Sentence sentence) {
    Set<String> said = concepts(sentence);
    return EXAMPLES.stream()
        .sorted(Comparator.comparingInt((Example example) -> -example.shared(said)))
        .limit(FEW)
        .map(Example::intent)
        .toList();
  }

  private static Set<String> concepts(Sentence sentence) {
    return sentence.words().stream()
        .filter(word -> word.known() && !word.is("glue") && !word.is("aux"))
        .map(Word::concept)
        .collect(Collectors.toSet());
  }
}
