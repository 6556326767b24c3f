package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.llm.offline.house.Directory;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Mention;
import org.jarvis.llm.offline.language.Sentence;
import org.jarvis.llm.offline.language.Word;
import org.jspecify.annotations.Nullable;

/** Understands what is said, and answers it. */
public final class Grammar {
  private static final List<Family> FAMILIES =
      List.of(
          new Overview(),
          new ProblemTalk(),
          new Orders(),
          new Lists(),
          new GuestFacts(),
          new NodeFacts(),
          new Ranking(),
          new StorageFacts(),
          new BackupFacts(),
          new ClusterFacts(),
          new Trends(),
          new History(),
          new ActionTalk(),
          new Safeguards(),
          new Showing(),
          new AboutJarvis(),
          new Courtesies());

  private static final List<Intent> INTENTS =
      FAMILIES.stream().flatMap(family -> family.intents().stream()).toList();

  private static final Set<String> OF_CHOICES =
      Set.of(
          "glue",
          "polite",
          "pronoun",
          "yes",
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "last-one",
          "vm",
          "ct",
          "guest",
          "machine",
          "node");

  private final House house;
  private final Set<String> tools;
  private final Directory directory;

  /**
   * The grammar over a house.
   *
   * @param tools the names of the tools that can be asked for
   */
  public Grammar(House house, Set<String> tools) {
    this.house = house;
    this.tools = Set.copyOf(tools);
    this.directory = new Directory(house);
  }

  static List<Family> families() {
    return FAMILIES;
  }

  /** Answers what was said. */
  public Understood answer(String said, Memory memory) {
    Asked asked = asked(Sentence.read(said, directory::isName), memory, null);
    return choice(asked)
        .or(() -> order(asked))
        .or(() -> continued(asked))
        .or(() -> question(asked))
        .orElseGet(() -> unknown(asked));
  }

  private Asked asked(Sentence sentence, Memory memory, @Nullable Resource chosen) {
    return new Asked(
        sentence, directory.mentions(sentence), chosen, memory, house, directory, tools);
  }

  /** Completes what was asked back: yes, the second one, a number, a name. */
  private Optional<Understood> choice(Asked asked) {
    Memory memory = asked.memory();
    if (!memory.asksBack() || !onlyChooses(asked)) {
      return Optional.empty();
    }
    Sentence before = Sentence.read(memory.question(), directory::isName);
    Optional<String> item =
        asked
            .ordinal()
            .or(() -> figure(asked.sentence()))
            .or(
                () ->
                    asked.has("yes") && memory.items().size() == 1
                        ? Optional.of(1)
                        : Optional.empty())
            .flatMap(memory::item)
            .or(() -> named(asked));
    if (item.filter(one -> one.startsWith(Reply.PROBLEM)).isPresent()) {
      List<Word> words = new ArrayList<>(before.words());
      asked.sentence().words().stream().filter(word -> !word.is("yes")).forEach(words::add);
      return understood(
          asked(new Sentence(words, before.question(), before.quotes()), memory, null));
    }
    return item.flatMap(ResourceRef::parse)
        .flatMap(house::find)
        .flatMap(chosen -> understood(asked(before, memory, chosen)));
  }

  private static boolean onlyChooses(Asked asked) {
    List<Word> words = asked.sentence().words();
    boolean figure = figure(asked.sentence()).isPresent();
    return words.stream()
        .allMatch(
            word ->
                OF_CHOICES.contains(word.concept())
                    || (figure && !word.known())
                    || asked.mentions().stream().anyMatch(one -> words.get(one.at()).equals(word)));
  }

  private static Optional<Integer> figure(Sentence sentence) {
    return sentence.words().stream()
        .map(Word::text)
        .filter(text -> text.length() == 1 && Character.isDigit(text.charAt(0)))
        .map(Integer::valueOf)
        .findFirst();
  }

  /** The one of the items that is named. */
  private static Optional<String> named(Asked asked) {
    List<String> named =
        asked.mentions().stream()
            .filter(Mention::exact)
            .flatMap(mention -> mention.meant().stream())
            .map(resource -> resource.ref().toString())
            .filter(asked.memory().items()::contains)
            .distinct()
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  private static Optional<Understood> understood(Asked asked) {
    return Orders.read(asked).or(() -> question(asked));
  }

  private static Optional<Understood> order(Asked asked) {
    return Orders.read(asked);
  }

  /** The former question about something else: "and pve2?" */
  private Optional<Understood> continued(Asked asked) {
    List<Word> words = asked.sentence().words();
    boolean goesOn =
        !words.isEmpty()
            && (words.get(0).is("and") || words.get(0).is("what-about"))
            && asked.mentions().size() == 1
            && asked.mentions().get(0).meant().size() == 1;
    if (!goesOn) {
      return Optional.empty();
    }
    Asked before =
        asked(Sentence.read(asked.memory().question(), directory::isName), asked.memory(), null);
    Set<String> former =
        before.mentions().stream()
            .map(mention -> before.sentence().words().get(mention.at()).text())
            .collect(Collectors.toSet());
    List<Word> rest =
        before.sentence().words().stream()
            .filter(word -> !former.contains(word.text()) && !word.is("pronoun"))
            .toList();
    boolean bare =
        words.stream()
            .allMatch(
                word ->
                    !word.known()
                        || word.is("glue")
                        || word.is("and")
                        || word.is("what-about")
                        || word.is("aux"));
    // Only a question goes on like this; what is to be done is said in full.
    if (!bare || rest.isEmpty() || !Verb.of(before.sentence()).isEmpty()) {
      return Optional.empty();
    }
    Asked again =
        new Asked(
            new Sentence(rest, true, false),
            List.of(),
            asked.mentions().get(0).meant().get(0),
            asked.memory(),
            house,
            directory,
            tools);
    return question(again);
  }

  private static Optional<Understood> question(Asked asked) {
    Intent best = null;
    int most = 0;
    for (Intent intent : INTENTS) {
      int score = intent.score(asked);
      if (score > most) {
        best = intent;
        most = score;
      }
    }
    return best == null
        ? Optional.empty()
        : Optional.of(new Understood(best.id(), best.answer().apply(asked)));
  }

  /** Nothing fits: says so, and what comes nearest. */
  private static Understood unknown(Asked asked) {
    List<Verb> verbs = Verb.of(asked.sentence());
    if (!verbs.isEmpty() && asked.sentence().mayWish()) {
      return Orders.unclear(asked, verbs);
    }
    List<Intent> near = Nearest.to(asked.sentence());
    return new Understood(
        "",
        Reply.of(
            "I can't do that without a model. I can "
                + near.stream()
                    .map(intent -> intent.does() + " (*" + intent.example() + "*)")
                    .collect(Collectors.joining("; "))
                + "."));
  }
}
