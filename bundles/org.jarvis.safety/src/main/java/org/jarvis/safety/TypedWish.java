package org.jarvis.safety;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Aliases.Alias;
import org.jarvis.api.safety.PolicyRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds a person's own wish in what they typed: exactly this operation on exactly this target, and
 * not a word more. The whole message has to be a sentence of this grammar, in which capital letters
 * and articles mean nothing, and commas and brackets are spaces:
 *
 * <pre>
 * message   = { opening } [ asking { opening } ] verb object { closing } [ "." | "!" | "?" ]
 * opening   = "please" | "kindly" | "jarvis" | "hey" | "ok" | "yes" | "now" | "just" | ...
 * asking    = ( "could" | "can" | "would" | "will" ) "you"       ("?" only with it)
 * verb      = one of the tool's, in {@link WishForm}; the "on" or "up" of one may stand at the end
 * object    = { noun } part { noun } ( "on" | "of" ) target      where the tool is about a part
 *           | target
 * target    = one or more of: kind of thing, the target's name, an alias that a person gave it,
 *             [ "number" ] its number, "#" number
 * closing   = "please" | "now" | "again" | "thanks" | "thank you" | "for me" | "right now" | ...
 * </pre>
 *
 * <p>So a negation, a condition, a question, a past tense, a quotation, a second sentence or a
 * second target is no special case: none of them is in the grammar. What is no plain ASCII on one
 * line, or longer than {@value #LONGEST} characters, is not read at all.
 *
 * <p>On top of that no other resource may be named anywhere in it, also not by a word that was
 * meant otherwise: where a guest is called {@code please}, a message with that word counts no more.
 * A name counts only where it belongs to one resource of all clusters, and can be nothing but a
 * name ({@link WishWords#canName}). All clusters have to be seen, since else nobody could tell.
 */
final class TypedWish {
  static final int LONGEST = 200;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 .,!?#()_-]{1," + LONGEST + "}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}\\p{Cn}\\p{Co}\\p{Cs}]");
  private static final Pattern JOINTS = Pattern.compile("[\\s._-]+");

  private final WishForm form;
  private final Resource target;
  private final @Nullable String part;

  /** The words of each alias of the target. */
  private final List<List<String>> aliases;

  private TypedWish(
      WishForm form, Resource target, @Nullable String part, List<List<String>> aliases) {
    this.form = form;
    this.target = target;
    this.part = part;
    this.aliases = aliases;
  }

  /**
   * The words that ask for this use of this tool; empty where the person did not ask for exactly
   * that, or where there is any doubt.
   *
   * @param typed what the person typed
   * @param request what is asked for
   * @param meant the one thing that it would touch
   * @param everything the state of all clusters
   * @param aliases what people call resources beside their names
   */
  static Optional<String> find(
      String typed,
      PolicyRequest request,
      PolicyRequest.Target meant,
      List<ClusterSnapshot> everything,
      List<Alias> aliases) {
    WishForm form = WishForm.of(request.tool());
    if (form == null
        || !form.arguments().containsAll(request.arguments().values().keySet())
        || meant.resource().ref().kind() != form.kind()
        || form.aboutAPart() != (meant.part() != null)) {
      return Optional.empty();
    }
    List<List<String>> own =
        aliases.stream()
            .filter(alias -> alias.standsFor(meant.resource()))
            .map(alias -> List.of(alias.words().split(" ")))
            .toList();
    TypedWish wish = new TypedWish(form, meant.resource(), partName(meant), own);
    return words(typed)
        .flatMap(
            words ->
                wish.in(words)
                    .filter(found -> isTheOnlyOneNamed(meant.resource(), words, everything))
                    .filter(found -> isNoAliasOfAnother(meant.resource(), words, aliases)));
  }

  /** A part may say of which kind it is: {@code disk:rpool}. */
  private static @Nullable String partName(PolicyRequest.Target meant) {
    String part = meant.part();
    return part == null ? null : part.substring(part.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /** The words of a message that is one line of plain text; a question only where it is a wish. */
  private static Optional<List<String>> words(String typed) {
    String line = typed.strip();
    if (!PLAIN.matcher(line).matches()) {
      return Optional.empty();
    }
    boolean question = line.endsWith("?");
    List<String> words = WishWords.of(question ? line.substring(0, line.length() - 1) : line);
    boolean asks = WishWords.asksAt(words, WishWords.afterOpening(words, 0));
    return question && !asks ? Optional.empty() : Optional.of(words);
  }

  private static boolean isTheOnlyOneNamed(
      Resource target, List<String> words, List<ClusterSnapshot> everything) {
    boolean known =
        everything.stream()
            .flatMap(snapshot -> snapshot.find(target.ref()).stream())
            .anyMatch(seen -> seen.name().equals(target.name()));
    return known
        && everything.stream()
            .allMatch(snapshot -> snapshot.cluster().connection() == Cluster.Connection.LIVE)
        && everything.stream()
            .flatMap(ClusterSnapshot::resources)
            .filter(resource -> !resource.ref().equals(target.ref()))
            .noneMatch(other -> isNamed(other, words));
  }

  private static boolean isNoAliasOfAnother(
      Resource target, List<String> words, List<Alias> aliases) {
    List<String> said = WishWords.withoutArticles(words);
    return aliases.stream()
        .filter(alias -> !alias.standsFor(target))
        .noneMatch(alias -> holds(said, alias.words()));
  }

  /** Whether these words are among the others, one after the other. */
  static boolean holds(List<String> words, String some) {
    return between(String.join(" ", words)).contains(between(some));
  }

  /** Whether any words, however they are joined, are the resource's name or number. */
  static boolean isNamed(Resource resource, List<String> words) {
    String sentence = between(String.join(" ", words));
    return names(resource)
        .map(TypedWish::visible)
        .filter(name -> !name.isEmpty())
        .anyMatch(
            name ->
                sentence.contains(between(name))
                    || sentence.contains(between("#" + name))
                    || (JOINTS.matcher(name).find() && spaced(sentence).contains(spaced(name))));
  }

  private static String between(String words) {
    return " " + words + " ";
  }

  /** With spaces for whatever joins words: {@code media-server} is {@code media server}. */
  private static String spaced(String words) {
    return between(JOINTS.matcher(words).replaceAll(" ").strip());
  }

  private static Stream<String> names(Resource resource) {
    if (resource instanceof Guest guest) {
      return Stream.of(guest.name(), guest.id().toString());
    }
    if (resource instanceof Cluster cluster) {
      return Stream.of(cluster.name(), cluster.id().value());
    }
    return Stream.of(resource.name());
  }

  /** As a person would read it. */
  private static String visible(String name) {
    return INVISIBLE
        .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
        .replaceAll("")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private Optional<String> in(List<String> all) {
    List<String> words = WishWords.withoutArticles(all);
    int at = WishWords.afterOpening(words, 0);
    if (WishWords.asksAt(words, at)) {
      at = WishWords.afterOpening(words, at + 2);
    }
    List<String> wish = WishWords.untilClosing(words, at);
    return form.verbs().stream().anyMatch(verb -> isWish(verb, wish))
        ? Optional.of(String.join(" ", wish))
        : Optional.empty();
  }

  private boolean isWish(List<String> verb, List<String> wish) {
    if (startsWith(wish, verb)) {
      return isObject(wish.subList(verb.size(), wish.size()));
    }
    String last = verb.get(verb.size() - 1);
    List<String> first = verb.subList(0, verb.size() - 1);
    return !first.isEmpty()
        && WishWords.isParticle(last)
        && wish.size() > verb.size()
        && startsWith(wish, first)
        && wish.get(wish.size() - 1).equals(last)
        && isObject(wish.subList(first.size(), wish.size() - 1));
  }

  private static boolean startsWith(List<String> words, List<String> beginning) {
    return words.size() >= beginning.size() && words.subList(0, beginning.size()).equals(beginning);
  }

  private boolean isObject(List<String> words) {
    if (!form.aboutAPart()) {
      return isTarget(words);
    }
    int at = afterNouns(words, 0);
    if (at == words.size() || !words.get(at).equals(part)) {
      return false;
    }
    at = afterNouns(words, at + 1);
    return at < words.size()
        && WishWords.isPreposition(words.get(at))
        && isTarget(words.subList(at + 1, words.size()));
  }

  private int afterNouns(List<String> words, int from) {
    int at = from;
    while (at < words.size() && form.partNouns().contains(words.get(at))) {
      at++;
    }
    return at;
  }

  /** Whether all of these words, and at least one of them, tell which target is meant. */
  private boolean isTarget(List<String> words) {
    boolean told = false;
    int at = 0;
    while (at < words.size()) {
      int named = Math.max(nameAt(words, at), aliasAt(words, at));
      if (named == 0) {
        named = numberAt(words, at);
      }
      if (named == 0 && !fits(words.get(at))) {
        return false;
      }
      told |= named > 0;
      at += Math.max(1, named);
    }
    return told;
  }

  /** How many words are the target's name, as it is written or with spaces for its joints. */
  private int nameAt(List<String> words, int at) {
    String name = target.name().toLowerCase(Locale.ROOT);
    if (!WishWords.canName(name)
        || (target instanceof Guest guest && WishWords.isMisleading(name, guest.id()))) {
      return 0;
    }
    if (words.get(at).equals(name)) {
      return 1;
    }
    List<String> parts = List.of(name.split("[._-]+"));
    return startsWith(words.subList(at, words.size()), parts) ? parts.size() : 0;
  }

  /** How many words are an alias of the target. */
  private int aliasAt(List<String> words, int at) {
    List<String> rest = words.subList(at, words.size());
    return aliases.stream()
        .filter(alias -> startsWith(rest, alias))
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  private int numberAt(List<String> words, int at) {
    boolean told = WishWords.numbers(words.get(at));
    int place = told ? at + 1 : at;
    if (!(target instanceof Guest guest) || place == words.size()) {
      return 0;
    }
    String word = words.get(place);
    String number = word.startsWith("#") ? word.substring(1) : word;
    return NUMBER.matcher(number).matches() && number.equals(guest.id().toString())
        ? place - at + 1
        : 0;
  }

  /** Whether this kind of thing is what the target is. */
  private boolean fits(String kind) {
    if (!WishWords.isKind(kind)) {
      return false;
    }
    return switch (kind) {
      case "node" -> !(target instanceof Guest);
      case "vm", "virtual" -> target instanceof Guest guest && guest.type() == GuestType.QEMU;
      case "container", "ct", "lxc" ->
          target instanceof Guest guest && guest.type() == GuestType.LXC;
      case "guest" -> target instanceof Guest;
      default -> true;
    };
  }
}
