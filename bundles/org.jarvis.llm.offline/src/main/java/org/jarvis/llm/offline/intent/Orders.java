package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Resource;
import org.jarvis.llm.offline.house.Inert;
import org.jarvis.llm.offline.house.Mention;
import org.jarvis.llm.offline.language.Sentence;
import org.jarvis.llm.offline.language.Word;

/**
 * What is to be done. An order is understood only where every one of its words is: an imperative,
 * exactly one target by its full name or number, and nothing that asks, denies, supposes or quotes.
 */
final class Orders implements Family {
  private static final Set<String> ALLOWED =
      Set.of(
          "glue",
          "polite",
          "again",
          "pronoun",
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
          "node",
          "storage",
          "service",
          "make");
  private static final Set<String> OF_FIXING = Set.of("problem", "remedy");

  /** What makes a sentence a question about an order rather than one that supposes it. */
  private static final String[] QUESTIONS = {
    "why", "who", "when", "where", "what", "count", "list", "show", "change", "happen", "audit"
  };

  @Override
  public String title() {
    return "Orders";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        order("start", "start media", "start a guest"),
        order("stop", "shut down media", "shut a guest down cleanly"),
        order("hard-stop", "hard stop media", "cut a guest off"),
        order("restart", "restart media", "restart a guest"),
        order("reboot-node", "reboot pve1", "reboot a node"),
        order("shut-down-node", "shut down pve1", "shut a node down"),
        order("wake-node", "wake pve3", "wake a node"),
        order("restart-service", "restart pveproxy on pve1", "restart a service of a node"),
        order("suspend", "suspend media", "suspend a VM"),
        order("resume", "resume media", "resume a VM"),
        order("snapshot", "take a snapshot of media", "take a snapshot"),
        order("backup", "back up media to nas", "make a backup"),
        order("migrate", "migrate media to pve2", "move a guest to another node"),
        order("fix", "fix the second one", "ask for the remedy of a problem"),
        order("negated", "don't stop media", "leave be what you deny"),
        order(
            "supposed", "what if I stopped media?", "say what an order would mean, and not do it"),
        order("several", "stop media and nas", "ask back where an order has several targets"),
        order("deletion", "delete media", "say that I delete nothing"));
  }

  private static Intent order(String id, String example, String does) {
    return new Intent(id, example, does, List.of(), asked -> read(asked).orElseThrow().reply());
  }

  /** Understands a sentence as an order; empty where it is none. */
  static Optional<Understood> read(Asked asked) {
    Sentence sentence = asked.sentence();
    if (sentence.has("delete") && !asked.has(QUESTIONS)) {
      return Optional.of(
          new Understood(
              "deletion",
              Reply.of("I delete nothing by word of mouth. Nothing was done; use the page.")));
    }
    List<Verb> verbs = Verb.of(sentence);
    if (!verbs.isEmpty() && sentence.has("own-place")) {
      return Optional.of(new Understood("own-place", Safeguards.ownPlaceStays(asked)));
    }
    boolean supposed = verbs.isEmpty() && sentence.has("if") && sentence.has("begun", "stopped");
    if (supposed) {
      return Optional.of(new Understood("supposed", OrderTalk.supposed(asked, Verb.STOP)));
    }
    if (verbs.isEmpty()) {
      return Optional.empty();
    }
    if (!sentence.mayWish()) {
      return unwished(asked, verbs.get(0));
    }
    if (!leftover(asked, verbs).isEmpty()) {
      // "Backup status" may be a question yet; "restart vm 999" is none.
      boolean noun = verbs.contains(Verb.SNAPSHOT) || verbs.contains(Verb.BACKUP);
      return !noun && sentence.opening().equals(verbs.get(0).concept())
          ? Optional.of(unclear(asked, verbs))
          : Optional.empty();
    }
    if (verbs.size() > 1) {
      return Optional.of(
          new Understood(
              "several",
              Reply.of("One thing at a time, please. Nothing was done: say the first.")));
    }
    return Optional.of(OrderTalk.given(asked, verbs.get(0)));
  }

  /** An order that is not wholly understood. */
  static Understood unclear(Asked asked, List<Verb> verbs) {
    String left = leftover(asked, verbs).stream().map(Inert::name).collect(Collectors.joining(" "));
    return new Understood(
        "",
        Reply.of(
            "Nothing was done: I take no order that I do not wholly understand, and *"
                + left
                + "* says nothing to me. Name exactly one target, such as *"
                + verbs.get(0).words()
                + " 101*."));
  }

  private static Optional<Understood> unwished(Asked asked, Verb verb) {
    if (asked.has("not", "nope") && !asked.has("why", "who", "when", "what", "if", "mayi")) {
      return Optional.of(new Understood("negated", Reply.of("Understood. Nothing is done.")));
    }
    if (asked.sentence().quotes()) {
      return Optional.of(
          new Understood(
              "negated",
              Reply.of(
                  "I do not act upon what is quoted. Nothing was done; say it in your own"
                      + " words.")));
    }
    boolean orders = asked.sentence().opening().equals(verb.concept());
    boolean asks = (asked.has(QUESTIONS) && !orders) || (verb == Verb.FIX && asked.has("mayi"));
    return asks
        ? Optional.empty()
        : Optional.of(new Understood("supposed", OrderTalk.supposed(asked, verb)));
  }

  /** The words of an order that it could not be understood by. */
  static List<String> leftover(Asked asked, List<Verb> verbs) {
    List<Word> words = asked.sentence().words();
    boolean[] named = new boolean[words.size()];
    for (Mention mention : asked.mentions()) {
      for (int i = 0; i < mention.length(); i++) {
        named[mention.at() + i] = true;
      }
    }
    List<String> left = new ArrayList<>();
    Optional<String> service = Services.named(asked);
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean explained =
          named[i]
              || ALLOWED.contains(word.concept())
              || verbs.stream().anyMatch(verb -> word.is(verb.concept()))
              || word.is("and")
              || word.is("all")
              || word.is("things")
              || (word.is("hard") && verbs.contains(Verb.KILL))
              || (word.is("stop") && verbs.contains(Verb.KILL))
              || (OF_FIXING.contains(word.concept()) && verbs.contains(Verb.FIX))
              || service.filter(word.text()::equals).isPresent();
      if (!explained) {
        left.add(word.text());
      }
    }
    return left;
  }

  /** The things that an order names. */
  static List<Resource> named(Asked asked) {
    return asked.mentions().stream().flatMap(mention -> mention.meant().stream()).toList();
  }
}
