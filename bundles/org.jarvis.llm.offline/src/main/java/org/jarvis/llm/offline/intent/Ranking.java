package org.jarvis.llm.offline.intent;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.llm.offline.house.Figures;
import org.jspecify.annotations.Nullable;

/** Who uses most. */
final class Ranking implements Family {
  private static final int FEW = 5;
  private static final String WHOM = " guest|vm|ct|machine|node? <node>? running? load? lately?";

  @Override
  public String title() {
    return "Who uses most";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "top-cpu",
            "which guests use the most cpu?",
            "say who uses most processor time",
            asked -> top(asked, "processor", Ranking::cpu, share -> Figures.percent(share)),
            "most cpu" + WHOM,
            "most load guest|vm|ct|machine|node?",
            "most guest|vm|ct|machine|node",
            "all cpu"),
        Intent.of(
            "top-memory",
            "top memory",
            "say who uses most memory",
            asked ->
                top(
                    asked,
                    "memory",
                    Ranking::memory,
                    size -> Figures.amount(new Bytes(size.longValue()))),
            "most memory" + WHOM,
            "all memory"),
        Intent.of(
            "top-disk",
            "which guests have the largest disks?",
            "say who has the largest disks",
            asked ->
                top(
                    asked,
                    "disk",
                    Ranking::disk,
                    size -> Figures.amount(new Bytes(size.longValue()))),
            "most disk" + WHOM));
  }

  private static Reply top(
      Asked asked,
      String what,
      Function<Resource, @Nullable Double> figure,
      Function<Double, String> words) {
    Stream<? extends Resource> all =
        asked.has("node") && asked.mentions().isEmpty()
            ? asked.house().nodes()
            : Lists.chosen(asked).stream();
    List<Resource> most =
        all.filter(one -> figure.apply(one) != null)
            .map(Resource.class::cast)
            .sorted(Comparator.comparing((Resource one) -> known(figure.apply(one))).reversed())
            .limit(FEW)
            .toList();
    if (most.isEmpty()) {
      return Reply.of("No figures of " + what + " are known at the moment.");
    }
    return Reply.list(
            "The most " + what + ":",
            most,
            one -> asked.house().label(one) + ": " + words.apply(known(figure.apply(one))))
        .and(asked.house().stale(most));
  }

  private static double known(@Nullable Double figure) {
    return figure == null ? 0 : figure;
  }

  private static @Nullable Double cpu(Resource resource) {
    if (resource instanceof Guest guest) {
      return guest.cpu();
    }
    return resource instanceof Node node ? node.cpu() : null;
  }

  private static @Nullable Double memory(Resource resource) {
    if (resource instanceof Guest guest) {
      return value(guest.memoryUsed());
    }
    return resource instanceof Node node ? value(node.memoryUsed()) : null;
  }

  private static @Nullable Double disk(Resource resource) {
    if (resource instanceof Guest guest) {
      return value(guest.diskTotal());
    }
    return resource instanceof Node node ? value(node.diskUsed()) : null;
  }

  private static @Nullable Double value(@Nullable Bytes bytes) {
    return bytes == null ? null : (Double) (double) bytes.value();
  }
}
