package org.jarvis.llm.offline.intent;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jspecify.annotations.Nullable;

/** Where there is space, and for how long. */
final class StorageFacts implements Family {
  @Override
  public String title() {
    return "Storage";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "storage-until",
            "when will nas be full?",
            "say how long until a storage is full",
            asked -> each(asked, StorageFacts::until),
            "until <storage>? storage? disk? when? free?",
            "when full|free <storage>? storage? disk?"),
        Intent.of(
            "storage-fullest",
            "which storage is the fullest?",
            "say which storage is fullest",
            StorageFacts::fullest,
            "most full storage? disk? free?",
            "full storage what|list|most? disk?",
            "storage most"),
        Intent.of(
            "storage-free",
            "how much space is left on nas?",
            "say how full storages are",
            asked -> each(asked, StorageFacts::use),
            "<storage> free|full|disk|status|things|load storage?",
            "storage free? full? status? things? list? load? disk? <node>? cluster? red?",
            "free disk?|storage? cluster? full?",
            "disk free? full? cluster?",
            "<storage>"));
  }

  private interface Fact {
    String of(House house, Storage storage);
  }

  private static Reply each(Asked asked, Fact fact) {
    House house = asked.house();
    if (asked.means(Asked.Kind.STORAGE)) {
      List<Resource> meant = asked.meant(Asked.Kind.STORAGE);
      return meant.size() == 1
          ? Reply.about(meant.get(0), told(house, (Storage) meant.get(0), fact))
          : Reply.list("", meant, one -> told(house, (Storage) one, fact));
    }
    List<Storage> all =
        house
            .storages()
            .filter(one -> asked.node().isEmpty() || asked.node().get().node().equals(one.node()))
            .toList();
    return all.isEmpty()
        ? Reply.of("No storage is known.")
        : Reply.list(
            Figures.count(all.size(), "storage") + ":",
            all,
            one -> told(house, (Storage) one, fact));
  }

  private static String told(House house, Storage storage, Fact fact) {
    return house.label(storage) + " " + fact.of(house, storage) + house.stale(List.of(storage));
  }

  private static String use(House house, Storage storage) {
    Bytes used = storage.used();
    Bytes total = storage.total();
    if (used == null || total == null) {
      return "is " + storage.statusWord() + "; its space is not known.";
    }
    long left = Math.max(0, total.value() - used.value());
    return "has "
        + Figures.amount(new Bytes(left))
        + " left, uses "
        + Figures.use(used, total)
        + ".";
  }

  private static String until(House house, Storage storage) {
    Problems problems = house.sources().problems();
    Bytes used = storage.used();
    Bytes total = storage.total();
    if (problems == null || used == null || total == null) {
      return "has a growth that cannot be told at the moment.";
    }
    Growth growth = problems.growth(storage.ref());
    return switch (growth.state()) {
      case ASKED -> "is being reckoned; ask again in a moment.";
      case TOO_LITTLE -> "has been watched for too short a time to tell.";
      case KNOWN ->
          growth
              .timeToFull(used, total)
              .map(StorageFacts::in)
              .orElse("does not grow, so it will not be full.");
    };
  }

  private static String in(Duration left) {
    return "is full in about " + Figures.span(left) + ", if it goes on like this.";
  }

  private static Reply fullest(Asked asked) {
    House house = asked.house();
    List<Storage> known =
        house
            .storages()
            .filter(one -> share(one) != null)
            .sorted(Comparator.comparing(StorageFacts::known).reversed())
            .limit(5)
            .toList();
    return known.isEmpty()
        ? Reply.of("The space of no storage is known.")
        : Reply.list(
            "The fullest first:", known, one -> told(house, (Storage) one, StorageFacts::use));
  }

  private static @Nullable Double share(Storage storage) {
    return Figures.share(storage.used(), storage.total());
  }

  private static Double known(Storage storage) {
    Double share = share(storage);
    return share == null ? 0.0 : share;
  }
}
