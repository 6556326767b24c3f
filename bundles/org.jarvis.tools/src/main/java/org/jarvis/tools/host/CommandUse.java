package org.jarvis.tools.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.host.Host;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/** What an analysed command is as a use of a tool: its tier, its targets and the reason for it. */
final class CommandUse {
  private CommandUse() {}

  /** A command that is run on a host. */
  static ToolUse of(String title, Host host, CommandAnalysis analysis) {
    String reason = reason(analysis);
    if (analysis.tier() == Tier.BLACK) {
      // Of what is never done nobody looks for the targets, which may not even be there.
      return new ToolUse(
          title,
          atLeast(analysis.effect(), Effect.CHANGES),
          Tier.BLACK,
          Consent.TYPED,
          List.of(new Target(Commands.place(host), Touch.USES)),
          reason);
    }
    List<Target> targets = targets(host, analysis);
    Effect effect =
        targets.stream()
            .map(target -> target.touch().leastEffect())
            .reduce(analysis.effect(), CommandUse::atLeast);
    Tier tier = analysis.tier().atLeast(effect.leastTier());
    return new ToolUse(title, effect, tier, consent(tier, analysis), targets, reason);
  }

  private static String reason(CommandAnalysis analysis) {
    String instead = analysis.instead();
    return String.join(" ", analysis.reasons()) + (instead == null ? "" : " " + instead);
  }

  private static Consent consent(Tier tier, CommandAnalysis analysis) {
    Consent least =
        switch (tier) {
          // What tells somebody else something waits for a person where a model wants it.
          case GREEN -> analysis.autoRuns() ? Consent.NONE : Consent.HOLD;
          case YELLOW -> Consent.CLICK;
          case RED, BLACK -> Consent.HOLD;
        };
    boolean asksMore = tier != Tier.GREEN && analysis.consent().compareTo(least) > 0;
    return asksMore ? analysis.consent() : least;
  }

  private static Effect atLeast(Effect one, Effect other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private record Meant(TargetSelector selector, @Nullable String part) {}

  /** What it does most to comes first; where it runs is always among them. */
  private static List<Target> targets(Host host, CommandAnalysis analysis) {
    Map<Meant, Touch> touched = new LinkedHashMap<>();
    for (Affected affected : analysis.decisive(host.id().name())) {
      touched.merge(
          meant(host, affected),
          affected.touch(),
          (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }
    List<Target> targets = new ArrayList<>();
    touched.forEach(
        (meant, touch) -> targets.add(new Target(meant.selector(), touch, meant.part())));
    targets.sort(Comparator.comparing(Target::touch).reversed());
    TargetSelector place = Commands.place(host);
    if (targets.stream().noneMatch(target -> target.selector().equals(place))) {
      targets.add(new Target(place, Touch.USES));
    }
    return targets;
  }

  private static Meant meant(Host host, Affected affected) {
    String cluster = host.id().cluster().value();
    TargetSelector place = Commands.place(host);
    return switch (affected.kind()) {
      case HOST -> new Meant(place, null);
      case NODE -> new Meant(new TargetSelector.OfNode(cluster, affected.name()), null);
      case GUEST ->
          new Meant(
              new TargetSelector.OfGuest(
                  cluster, null, Integer.parseInt(affected.name()), EnumSet.allOf(GuestType.class)),
              null);
      // Storages are the nodes'; on any other host what it does to one it does to the host.
      case STORAGE ->
          host.place().kind() == ResourceKind.NODE
              ? new Meant(
                  new TargetSelector.OfStorage(
                      cluster, host.place().nodeName().orElseThrow().value(), affected.name()),
                  null)
              : new Meant(place, null);
      case SERVICE, NETWORK, CONTAINER, DISK -> new Meant(place, affected.part());
    };
  }
}
