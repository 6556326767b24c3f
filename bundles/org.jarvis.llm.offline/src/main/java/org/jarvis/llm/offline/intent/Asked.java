package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.llm.offline.house.Directory;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Mention;
import org.jarvis.llm.offline.language.Sentence;
import org.jarvis.llm.offline.language.Word;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was said, with all that it can be understood by.
 *
 * @param sentence the words
 * @param mentions what they name
 * @param chosen what a follow-up chose in the place of these; {@code null} for nothing
 * @param memory what was spoken of before
 * @param house what is known
 * @param directory the names in it
 * @param tools the names of the tools that can be asked for
 */
public record Asked(
    Sentence sentence,
    List<Mention> mentions,
    @Nullable Resource chosen,
    Memory memory,
    House house,
    Directory directory,
    Set<String> tools) {
  private static final Map<String, Integer> ORDINALS =
      Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "fifth", 5, "last-one", -1);

  /** Keeps the collections from changing. */
  public Asked {
    mentions = List.copyOf(mentions);
    tools = Set.copyOf(tools);
  }

  /** The kinds of thing that an intent can be about. */
  public enum Kind {
    /** A guest. */
    GUEST(Guest.class, "guest"),
    /** A node. */
    NODE(Node.class, "node"),
    /** A storage. */
    STORAGE(Storage.class, "storage"),
    /** A cluster. */
    CLUSTER(Cluster.class, "cluster"),
    /** Any of these. */
    THING(Resource.class, "guest, node or storage");

    private final Class<? extends Resource> type;
    private final String word;

    Kind(Class<? extends Resource> type, String word) {
      this.type = type;
      this.word = word;
    }

    /** Whether a resource is of it. */
    public boolean is(Resource resource) {
      return type.isInstance(resource);
    }

    /** The word for it. */
    public String word() {
      return word;
    }
  }

  /** Whether something of this kind is named, or spoken of. */
  public boolean means(Kind kind) {
    return !meant(kind).isEmpty();
  }

  /** Whether a mention can be of this kind. */
  public static boolean fits(Mention mention, Kind kind) {
    return mention.meant().stream().anyMatch(kind::is);
  }

  /** All that may be meant of a kind: what is named, otherwise what was spoken of. */
  public List<Resource> meant(Kind kind) {
    if (chosen != null) {
      return kind.is(chosen) ? List.of(chosen) : List.of();
    }
    for (Mention mention : mentions) {
      if (fits(mention, kind)) {
        return mention.meant().stream().filter(kind::is).toList();
      }
    }
    return spokenOf().filter(kind::is).map(List::of).orElse(List.of());
  }

  /** What a pronoun or an ordinal refers to. */
  public Optional<Resource> spokenOf() {
    return ordinal()
        .flatMap(memory::item)
        .flatMap(ResourceRef::parse)
        .or(() -> sentence.has("pronoun") || goesOn() ? memory.it() : Optional.empty())
        .flatMap(house::find);
  }

  /** Whether it adds to what was said before, as "and memory?" does. */
  private boolean goesOn() {
    List<Word> words = sentence.words();
    return !words.isEmpty()
        && mentions.isEmpty()
        && (words.get(0).is("and") || words.get(0).is("what-about"));
  }

  /** The number that an ordinal says. */
  public Optional<Integer> ordinal() {
    return sentence.words().stream()
        .map(word -> ORDINALS.get(word.concept()))
        .filter(number -> number != null)
        .findFirst();
  }

  /** The id of the problem that an ordinal refers to. */
  public Optional<String> problem() {
    return ordinal()
        .flatMap(memory::item)
        .filter(item -> item.startsWith(Reply.PROBLEM))
        .map(item -> item.substring(Reply.PROBLEM.length()));
  }

  /** Answers about the one that is meant; asks back where it may be several. */
  public Reply about(Kind kind, Function<Resource, Reply> answer) {
    List<Resource> meant = meant(kind);
    if (meant.isEmpty()) {
      return Reply.of("Which " + kind.word() + " do you mean? Name it, or say its number.");
    }
    return meant.size() == 1 ? answer.apply(meant.get(0)) : which(meant);
  }

  /** Asks which of several is meant. */
  public Reply which(List<Resource> meant) {
    return Reply.list("Which one do you mean?", meant, house::label).asking();
  }

  /** Answers about the guest that is meant. */
  public Reply aboutGuest(Function<Guest, Reply> answer) {
    return about(Kind.GUEST, resource -> answer.apply((Guest) resource));
  }

  /** Answers about the node that is meant. */
  public Reply aboutNode(Function<Node, Reply> answer) {
    return about(Kind.NODE, resource -> answer.apply((Node) resource));
  }

  /** The cluster that is named. */
  public Optional<ClusterId> cluster() {
    return meant(Kind.CLUSTER).stream().map(resource -> ((Cluster) resource).id()).findFirst();
  }

  /** The node that is named. */
  public Optional<Node> node() {
    return meant(Kind.NODE).stream().map(Node.class::cast).findFirst();
  }

  /** The tags that are named. */
  public List<String> tags() {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < sentence.words().size(); i++) {
      if (isTag(i)) {
        tags.add(sentence.words().get(i).text());
      }
    }
    return tags;
  }

  /** Whether a word is a tag: one that says nothing else, or stands right after the word tag. */
  boolean isTag(int at) {
    boolean announced = at > 0 && sentence.words().get(at - 1).is("tag");
    return directory.isTag(sentence.words().get(at).text())
        && (announced || !sentence.words().get(at).known());
  }

  /** Whether one of these concepts is in it. */
  public boolean has(String... concepts) {
    return sentence.has(concepts);
  }
}
