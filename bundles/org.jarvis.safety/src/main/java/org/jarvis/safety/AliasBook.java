package org.jarvis.safety;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Aliases;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the aliases in a setting. While that cannot be read nobody is told of any, and no typed
 * sentence stands for consent: an alias also keeps its words from naming anything else.
 */
@Component(service = {AliasBook.class, Aliases.class})
public final class AliasBook implements Aliases {
  /** The setting that holds them, each in a line: words, reference and name between tabs. */
  static final String SETTING = "safety.aliases";

  static final int MOST = 200;
  private static final Logger LOG = LoggerFactory.getLogger(AliasBook.class);
  private static final int LONGEST = 40;
  private static final Pattern WORDS = Pattern.compile("[a-z0-9]+(?: [a-z0-9]+){0,2}");
  private static final String CELLS = "\t";

  private final DecisionRecord journal;
  private final Object storing = new Object();
  private @Nullable SettingStore store;
  private volatile @Nullable LiveState liveState;
  private volatile @Nullable List<Alias> known;
  private String trouble = "";

  /** Has none until there is a store to read them from. */
  @Activate
  public AliasBook(@Reference DecisionRecord journal) {
    this.journal = journal;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setStore(SettingStore arrived) {
    synchronized (storing) {
      store = arrived;
      read(arrived);
    }
  }

  void unsetStore(SettingStore left) {
    synchronized (storing) {
      if (store == left) {
        store = null;
      }
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveState(LiveState arrived) {
    liveState = arrived;
  }

  void unsetLiveState(LiveState left) {
    if (liveState == left) {
      liveState = null;
    }
  }

  @Override
  public List<Alias> all() {
    return Optional.ofNullable(known).orElse(List.of());
  }

  /** All of them; empty while they cannot be read, which is tried again. */
  Optional<List<Alias>> known() {
    if (known == null) {
      synchronized (storing) {
        SettingStore present = store;
        if (known == null && present != null) {
          read(present);
        }
      }
    }
    return Optional.ofNullable(known);
  }

  private void read(SettingStore from) {
    try {
      known = from.get(SETTING).orElse("").lines().map(AliasBook::parse).toList();
    } catch (JarvisException | IllegalArgumentException unreadable) {
      String why = String.valueOf(unreadable.getMessage());
      if (!why.equals(trouble)) {
        LOG.error(
            "What people call guests and nodes cannot be read, so no typed sentence stands for"
                + " consent: {}",
            why);
      }
      trouble = why;
    }
  }

  private static Alias parse(String line) {
    String[] cells = line.split(CELLS, -1);
    if (cells.length != 3) {
      throw new IllegalArgumentException("The setting " + SETTING + " has a line " + line);
    }
    return new Alias(
        cells[0],
        ResourceRef.parse(cells[1])
            .orElseThrow(() -> new IllegalArgumentException("No resource: " + cells[1])),
        URLDecoder.decode(cells[2], UTF_8));
  }

  @Override
  public Alias give(String words, ResourceRef resource, Principal principal, String address) {
    DecisionRecord.requirePerson(principal);
    String plain = plain(words);
    checkWords(plain);
    Resource meant = meant(resource);
    Alias alias = new Alias(plain, resource, meant.name());
    synchronized (storing) {
      List<Alias> next = new ArrayList<>(present());
      next.removeIf(other -> other.words().equals(plain));
      checkFree(alias, next);
      if (next.size() >= MOST) {
        throw new JarvisException(
            ErrorCode.CONFLICT, "There are " + MOST + " aliases already. Take one away first.");
      }
      next.add(alias);
      keep(next, "alias.given", resource, principal, address, plain);
    }
    return alias;
  }

  @Override
  public void takeAway(String words, Principal principal, String address) {
    DecisionRecord.requirePerson(principal);
    String plain = plain(words);
    synchronized (storing) {
      List<Alias> next = new ArrayList<>(present());
      Alias gone =
          next.stream()
              .filter(alias -> alias.words().equals(plain))
              .findFirst()
              .orElseThrow(
                  () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such alias."));
      next.remove(gone);
      keep(next, "alias.taken", gone.resource(), principal, address, plain);
    }
  }

  /** In small letters, with single spaces, without articles. */
  private static String plain(String words) {
    return String.join(
        " ",
        WishWords.withoutArticles(
            List.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+", -1))));
  }

  private static void checkWords(String words) {
    if (words.length() > LONGEST || !WORDS.matcher(words).matches()) {
      throw wrong(
          "has to be one to three words of plain letters and digits, of "
              + LONGEST
              + " characters at most");
    }
    if (!WishWords.canBeAlias(words)) {
      throw wrong(
          "has words that mean something else in a sentence, such as those for starting or"
              + " stopping, or a number. Choose others");
    }
  }

  private static JarvisException wrong(String problem) {
    return new JarvisException(
        ErrorCode.INVALID_INPUT,
        "This cannot be an alias: it " + problem + ".",
        List.of(new FieldError("alias", problem)));
  }

  private Resource meant(ResourceRef ref) {
    if (ref.kind() != ResourceKind.GUEST && ref.kind() != ResourceKind.NODE) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "Only guests and nodes have aliases.",
          List.of(new FieldError("ref", "is neither a guest nor a node")));
    }
    return clusters().stream()
        .flatMap(cluster -> cluster.find(ref).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND, "There is no such guest or node at the moment."));
  }

  private List<ClusterSnapshot> clusters() {
    LiveState state = liveState;
    return state == null ? List.of() : state.clusters();
  }

  /** Words that name something else, or are a part of what does, would tell nobody apart. */
  private void checkFree(Alias alias, List<Alias> others) {
    List<String> words = List.of(alias.words().split(" "));
    clusters().stream()
        .flatMap(ClusterSnapshot::resources)
        .filter(resource -> !resource.ref().equals(alias.resource()))
        .filter(resource -> TypedWish.isNamed(resource, words))
        .findFirst()
        .ifPresent(
            other -> {
              throw taken("the " + other.ref().kind().word() + " " + other.ref());
            });
    others.stream()
        .filter(other -> !other.resource().equals(alias.resource()))
        .filter(
            other ->
                TypedWish.holds(words, other.words())
                    || TypedWish.holds(List.of(other.words().split(" ")), alias.words()))
        .findFirst()
        .ifPresent(
            other -> {
              throw taken("'" + other.words() + "', which stands for " + other.resource());
            });
  }

  private static JarvisException taken(String by) {
    return new JarvisException(
        ErrorCode.CONFLICT, "These words would also name " + by + ". Choose others.");
  }

  private List<Alias> present() {
    return known()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "The aliases cannot be read at the moment, so nothing was changed. Try again"
                        + " later."));
  }

  private void keep(
      List<Alias> next,
      String activity,
      ResourceRef resource,
      Principal principal,
      String address,
      String words) {
    SettingStore present = store;
    if (present == null) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "The storage of Jarvis is missing, so nothing was changed. Try again later.");
    }
    journal.append(
        principal, address, activity, resource.toString(), "{\"alias\":\"" + words + "\"}");
    next.sort(Comparator.comparing(Alias::words));
    present.put(SETTING, text(next));
    known = List.copyOf(next);
  }

  private static String text(List<Alias> aliases) {
    return String.join(
        "\n",
        aliases.stream()
            .map(
                alias ->
                    String.join(
                        CELLS,
                        alias.words(),
                        alias.resource().toString(),
                        // A name is whatever a cluster says, also tabs and lines.
                        URLEncoder.encode(alias.name(), UTF_8)))
            .toList());
  }
}
