package org.jarvis.llm.offline.house;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.Aliases.Alias;
import org.jarvis.llm.offline.language.Sentence;
import org.jarvis.llm.offline.language.Typo;
import org.jarvis.llm.offline.language.Word;

/**
 * Finds what words name. A name never changes how a sentence is understood: one with blanks in it
 * is no name here, and a word that means something is a name only right after what kind of thing is
 * named. An alias is what a person chose, so it is one wherever it stands. For one thread.
 */
public final class Directory {
  private static final Set<String> NAMING =
      Set.of(
          "vm",
          "ct",
          "container",
          "lxc",
          "guest",
          "machine",
          "server",
          "box",
          "node",
          "host",
          "storage",
          "called",
          "named");
  private static final Set<String> SINGULAR =
      Set.of("vm", "ct", "container", "lxc", "guest", "node", "host", "storage", "cluster");
  private static final Set<String> COUNTED = Set.of("minute", "hour", "day", "week", "month");
  private static final int LONGEST_JOINED = 3;
  private static final int MOST_DIGITS = 9;

  private final Map<String, List<Resource>> byName = new HashMap<>();
  private final Map<String, List<Resource>> byNumber = new HashMap<>();
  private final Map<String, Resource> byAlias = new HashMap<>();
  private final Set<String> aliasWords = new HashSet<>();
  private final Set<String> tags = new HashSet<>();

  /** All names of a house. */
  public Directory(House house) {
    for (ClusterSnapshot cluster : house.clusters()) {
      put(byName, cluster.cluster().id().value(), cluster.cluster());
      put(byName, cluster.cluster().name(), cluster.cluster());
      cluster.nodes().values().forEach(node -> put(byName, node.name(), node));
      cluster.guests().values().forEach(this::put);
    }
    house.storages().forEach(storage -> put(byName, storage.name(), storage));
    Aliases aliases = house.sources().aliases();
    if (aliases != null) {
      aliases.all().forEach(alias -> put(house, alias));
    }
  }

  private void put(House house, Alias alias) {
    house
        .find(alias.resource())
        .filter(alias::standsFor)
        .ifPresent(
            resource -> {
              byAlias.put(alias.words(), resource);
              aliasWords.addAll(List.of(alias.words().split(" ")));
            });
  }

  private void put(Guest guest) {
    put(byName, guest.name(), guest);
    put(byNumber, guest.id().toString(), guest);
    guest.tags().forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
  }

  private static void put(Map<String, List<Resource>> map, String name, Resource resource) {
    if (name.chars().noneMatch(Character::isWhitespace)) {
      List<Resource> all =
          map.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>(1));
      if (!all.contains(resource)) {
        all.add(resource);
      }
    }
  }

  /** Whether something has this name, or it is a word of an alias. */
  public boolean isName(String word) {
    return byName.containsKey(word) || tags.contains(word) || aliasWords.contains(word);
  }

  /** Whether some guest has this tag. */
  public boolean isTag(String word) {
    return tags.contains(word);
  }

  /** What a sentence names, in its order. */
  public List<Mention> mentions(Sentence sentence) {
    List<Mention> found = new ArrayList<>();
    List<Word> words = sentence.words();
    int at = 0;
    while (at < words.size()) {
      Optional<Mention> mention = mention(words, at);
      mention.ifPresent(found::add);
      at += mention.map(Mention::length).orElse(1);
    }
    return found;
  }

  private Optional<Mention> mention(List<Word> words, int at) {
    Optional<Mention> aliased = aliased(words, at);
    if (aliased.isPresent()) {
      return aliased;
    }
    String text = words.get(at).text();
    if (isNumber(text)) {
      return isCounted(words, at)
          ? Optional.empty()
          : narrowed(words, at, 1, byNumber.getOrDefault(text, List.of()), true);
    }
    if (words.get(at).known() && !(at > 0 && NAMING.contains(words.get(at - 1).text()))) {
      return Optional.empty();
    }
    Optional<Mention> apart = words.get(at).known() ? Optional.empty() : joined(words, at);
    if (apart.isPresent()) {
      return apart;
    }
    Optional<Mention> exact =
        narrowed(words, at, 1, byName.getOrDefault(text, List.of()), true)
            .or(() -> narrowed(words, at, 1, numbered(text), true));
    return exact.isPresent() || words.get(at).known() ? exact : mistyped(words, at);
  }

  /** The longest alias that begins here; with what has that name beside it, if anything has. */
  private Optional<Mention> aliased(List<Word> words, int at) {
    for (int length = Math.min(LONGEST_JOINED, words.size() - at); length > 0; length--) {
      List<String> parts = words.subList(at, at + length).stream().map(Word::text).toList();
      Resource resource = byAlias.get(String.join(" ", parts));
      if (resource != null) {
        Set<Resource> meant = new LinkedHashSet<>(List.of(resource));
        meant.addAll(byName.getOrDefault(String.join("-", parts), List.of()));
        return narrowed(words, at, length, List.copyOf(meant), true);
      }
    }
    return Optional.empty();
  }

  private List<Resource> numbered(String text) {
    String number = text.replaceFirst("^(?:vm|ct|lxc|guest)-?", "");
    return isNumber(number) ? byNumber.getOrDefault(number, List.of()) : List.of();
  }

  /** Names of several words, which people say apart: {@code media server} for media-server. */
  private Optional<Mention> joined(List<Word> words, int at) {
    for (int length = Math.min(LONGEST_JOINED, words.size() - at); length > 1; length--) {
      List<String> parts = words.subList(at, at + length).stream().map(Word::text).toList();
      for (String link : List.of("-", "", "_", ".")) {
        List<Resource> meant = byName.getOrDefault(String.join(link, parts), List.of());
        if (!meant.isEmpty()) {
          return Optional.of(new Mention(at, length, meant, false));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Mention> mistyped(List<Word> words, int at) {
    String text = words.get(at).text();
    return isTag(text)
        ? Optional.empty()
        : Typo.meant(text, byName.keySet())
            .flatMap(name -> narrowed(words, at, 1, byName.getOrDefault(name, List.of()), false));
  }

  /** Only what is of the kind that stands beside the name, if any is. */
  private static Optional<Mention> narrowed(
      List<Word> words, int at, int length, List<Resource> meant, boolean exact) {
    if (meant.isEmpty()) {
      return Optional.empty();
    }
    String before = at > 0 ? kindSaid(words.get(at - 1)) : "";
    String after = at + length < words.size() ? kindSaid(words.get(at + length)) : "";
    Predicate<Resource> kind = kind(before).or(kind(after));
    List<Resource> fit =
        before.isEmpty() && after.isEmpty() ? meant : meant.stream().filter(kind).toList();
    return Optional.of(
        fit.isEmpty()
            ? new Mention(at, length, meant, false)
            : new Mention(at, length, fit, exact));
  }

  /** Of one thing, and not of many: {@code containers pve2} says nothing about pve2. */
  private static String kindSaid(Word word) {
    return SINGULAR.contains(word.text()) ? word.concept() : "";
  }

  private static Predicate<Resource> kind(String concept) {
    return switch (concept) {
      case "vm" -> resource -> isOf(resource, GuestType.QEMU);
      case "ct" -> resource -> isOf(resource, GuestType.LXC);
      case "guest" -> Guest.class::isInstance;
      case "node" -> Node.class::isInstance;
      case "storage" -> Storage.class::isInstance;
      case "cluster" -> Cluster.class::isInstance;
      default -> resource -> false;
    };
  }

  private static boolean isOf(Resource resource, GuestType type) {
    return resource instanceof Guest guest && guest.type() == type;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static boolean isCounted(List<Word> words, int at) {
    boolean before = at > 0 && (words.get(at - 1).is("lately") || words.get(at - 1).is("most"));
    boolean after = at + 1 < words.size() && COUNTED.contains(words.get(at + 1).concept());
    return before || after;
  }
}
