package org.jarvis.safety;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.resource.GuestId;

/** The words around a wish that mean nothing more, and those that no name may consist of. */
final class WishWords {
  private static final Set<String> ARTICLES = Set.of("the", "a", "an", "my", "our");

  private static final Set<String> BEFORE =
      Set.of(
          "please", "pls", "kindly", "jarvis", "hey", "hi", "hello", "ok", "okay", "yes", "now",
          "just");

  private static final Set<String> AFTER =
      Set.of("please", "pls", "jarvis", "now", "again", "thanks");

  private static final List<List<String>> AFTER_TOGETHER =
      List.of(List.of("thank", "you"), List.of("for", "me"), List.of("right", "now"));

  private static final Set<String> ASKING = Set.of("could", "can", "would", "will");
  private static final Set<String> PARTICLES = Set.of("on", "up");
  private static final Set<String> PREPOSITIONS = Set.of("on", "of");

  private static final Set<String> KINDS =
      Set.of(
          "vm",
          "virtual",
          "machine",
          "container",
          "ct",
          "lxc",
          "guest",
          "server",
          "box",
          "host",
          "node");

  private static final Set<String> NUMBERING = Set.of("number", "nr", "id");

  /**
   * A name with one of these in it might be read as a part of the sentence, or speaks to Jarvis.
   */
  private static final Set<String> OPERATIONS =
      Set.of(
          "start",
          "starts",
          "started",
          "stop",
          "stops",
          "boot",
          "reboot",
          "restart",
          "shutdown",
          "shut",
          "launch",
          "wake",
          "resume",
          "unpause",
          "suspend",
          "pause",
          "power",
          "turn",
          "switch",
          "kill",
          "delete",
          "destroy",
          "remove",
          "erase",
          "wipe",
          "migrate",
          "move",
          "clone",
          "copy",
          "snapshot",
          "scrub",
          "rollback",
          "restore",
          "unlock",
          "reset",
          "halt",
          "run",
          "execute",
          "exec",
          "take",
          "create",
          "make",
          "add",
          "set",
          "bring",
          "fire",
          "spin",
          "confirm",
          "confirmed",
          "approve",
          "approved",
          "ignore",
          "override",
          "do",
          "does",
          "did",
          "not",
          "no",
          "never",
          "dont",
          "cannot",
          "without",
          "none",
          "nothing",
          "unless",
          "except",
          "instead",
          "if",
          "and",
          "or",
          "but",
          "then",
          "all",
          "every",
          "each",
          "both",
          "any",
          "everything",
          "it",
          "them",
          "this",
          "that",
          "everyone",
          "jarvis",
          "off",
          "down");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,62}");
  private static final Pattern LETTER = Pattern.compile("[a-z]");
  private static final Pattern NUMBERED = Pattern.compile("([a-z]+)[._-]*([0-9]+)");

  private WishWords() {}

  /** The words of a sentence, in small letters, without articles and punctuation. */
  static List<String> of(String sentence) {
    String bare = sentence.replaceAll("[,()]", " ").replaceAll("[.!]+(?= |$)", " ");
    return Arrays.stream(bare.toLowerCase(Locale.ROOT).split(" +"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The same without articles. */
  static List<String> withoutArticles(List<String> words) {
    return words.stream().filter(word -> !ARTICLES.contains(word)).toList();
  }

  /** Where the words of politeness and address at the beginning end. */
  static int afterOpening(List<String> words, int from) {
    int at = from;
    while (at < words.size() && BEFORE.contains(words.get(at))) {
      at++;
    }
    return at;
  }

  /** Whether it goes on with {@code could you} or the like. */
  static boolean asksAt(List<String> words, int at) {
    return at + 1 < words.size()
        && ASKING.contains(words.get(at))
        && words.get(at + 1).equals("you");
  }

  /** The words from a place on, without those of politeness at the end. */
  static List<String> untilClosing(List<String> words, int from) {
    List<String> left = new ArrayList<>(words.subList(from, words.size()));
    int before;
    do {
      before = left.size();
      if (!left.isEmpty() && AFTER.contains(left.get(left.size() - 1))) {
        left.remove(left.size() - 1);
      }
      for (List<String> closing : AFTER_TOGETHER) {
        int start = left.size() - closing.size();
        if (start >= 0 && left.subList(start, left.size()).equals(closing)) {
          left.subList(start, left.size()).clear();
        }
      }
    } while (left.size() < before);
    return left;
  }

  /** Whether a verb's last word may stand behind the target: {@code turn media on}. */
  static boolean isParticle(String word) {
    return PARTICLES.contains(word);
  }

  /** Whether what follows is where the part before is. */
  static boolean isPreposition(String word) {
    return PREPOSITIONS.contains(word);
  }

  /** Whether it tells only that a number follows. */
  static boolean numbers(String word) {
    return NUMBERING.contains(word);
  }

  /** Whether it says what kind of thing is meant. */
  static boolean isKind(String word) {
    return KINDS.contains(word);
  }

  /**
   * Whether a name, in small letters, can only be a name: neither a number nor invisible, without a
   * word in it that does or denies something, and not made of the sentence's own words alone.
   */
  static boolean canName(String name) {
    List<String> parts = List.of(name.split("[._-]+"));
    return NAME.matcher(name).matches()
        && LETTER.matcher(name).find()
        && parts.stream().noneMatch(OPERATIONS::contains)
        && !parts.stream().allMatch(WishWords::isOfTheSentence);
  }

  /**
   * Whether these words, in small letters, can be what somebody calls something: a name could
   * consist of them, and none says a number, since numbers name guests.
   */
  static boolean canBeAlias(String words) {
    return canName(words.replace(' ', '-'))
        && Arrays.stream(words.split(" "))
            .allMatch(word -> LETTER.matcher(word).find() && !isNumbered(word));
  }

  /** Whether a word is a kind of thing with a number, such as {@code vm102}. */
  private static boolean isNumbered(String word) {
    Matcher numbered = NUMBERED.matcher(word);
    return numbered.matches() && KINDS.contains(numbered.group(1));
  }

  /** Whether a name says a kind and a number, and thereby seems to mean another guest. */
  static boolean isMisleading(String name, GuestId own) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches()
        && KINDS.contains(numbered.group(1))
        && !numbered.group(2).equals(own.toString());
  }

  private static boolean isOfTheSentence(String word) {
    return Stream.of(ARTICLES, BEFORE, AFTER, ASKING, PARTICLES, PREPOSITIONS, KINDS, NUMBERING)
            .anyMatch(words -> words.contains(word))
        || AFTER_TOGETHER.stream().anyMatch(words -> words.contains(word))
        || WishForm.tools().stream()
            .map(WishForm::of)
            .anyMatch(form -> form != null && form.partNouns().contains(word));
  }
}
