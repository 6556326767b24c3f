package org.jarvis.core.action;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;

/**
 * What was decided, as far as it bounds commands on hosts: a command may do no more than that, and
 * do it to nothing else.
 *
 * @param targets the targets
 * @param effect the most severe effect
 * @param tier the strictest tier
 * @param telling whether it may tell something to whom Jarvis does not know, which then was
 *     consented to
 */
record DecidedCommands(List<ResolvedTarget> targets, Effect effect, Tier tier, boolean telling) {
  /** Keeps the list from changing. */
  DecidedCommands {
    targets = List.copyOf(targets);
  }

  /** Whether commands are run on what stands at this place. */
  boolean reaches(ResourceRef place) {
    return targets.stream().anyMatch(target -> target.resource().ref().equals(place));
  }

  /** Why a command may not run; empty when it may. */
  Optional<String> refusal(HostConnection host, CommandAnalysis analysis) {
    if (!analysis.parsed() || analysis.tier() == Tier.BLACK || analysis.canonical().isEmpty()) {
      return Optional.of(
          "This command is never run on "
              + host.id()
              + ": "
              + String.join(" ", analysis.reasons())
              + (analysis.instead() == null ? "" : " " + analysis.instead()));
    }
    if (analysis.effect().compareTo(effect) > 0 || analysis.tier().compareTo(tier) > 0) {
      return Optional.of(
          "The action was decided as one that "
              + effect.word()
              + " ("
              + tier
              + "), and this command on "
              + host.id()
              + " "
              + analysis.effect().word()
              + " ("
              + analysis.tier()
              + "): "
              + String.join(" ", analysis.reasons()));
    }
    if (analysis.tier() == Tier.GREEN && !analysis.autoRuns() && !telling) {
      return Optional.of(
          "This command on "
              + host.id()
              + " contacts somebody whom Jarvis does not know, which was not decided on: "
              + String.join(" ", analysis.reasons()));
    }
    return analysis.decisive(host.id().name()).stream()
        .filter(affected -> !covers(host, affected))
        .findFirst()
        .map(
            affected ->
                "This command on "
                    + host.id()
                    + " "
                    + affected.touch().word()
                    + " "
                    + affected.kind().word()
                    + " "
                    + affected.name()
                    + ", which was not decided on.");
  }

  private boolean covers(HostConnection host, Affected affected) {
    return targets.stream()
        .filter(target -> target.resource().ref().cluster().equals(host.id().cluster()))
        .filter(target -> affected.touch().compareTo(target.touch()) <= 0)
        .anyMatch(meaning(host, affected));
  }

  private static Predicate<ResolvedTarget> meaning(HostConnection host, Affected affected) {
    String name = affected.name();
    return switch (affected.kind()) {
      case HOST -> target -> isPlace(host, target) && isWhole(target);
      case SERVICE, NETWORK, CONTAINER, DISK ->
          target ->
              isPlace(host, target) && (isWhole(target) || affected.part().equals(target.part()));
      case GUEST ->
          target ->
              isWhole(target)
                  && target.resource() instanceof Guest guest
                  && guest.id().toString().equals(name);
      case NODE ->
          target ->
              isWhole(target)
                  && target.resource() instanceof Node node
                  && node.node().value().equals(name);
      case STORAGE ->
          target ->
              isWhole(target)
                  && target.resource() instanceof Storage storage
                  && storage.name().equals(name)
                  && isSeenFrom(host, storage);
    };
  }

  private static boolean isPlace(HostConnection host, ResolvedTarget target) {
    return target.resource().ref().equals(host.place());
  }

  private static boolean isWhole(ResolvedTarget target) {
    return target.part() == null;
  }

  private static boolean isSeenFrom(HostConnection host, Storage storage) {
    return host.place().nodeName().map(storage.node()::equals).orElse(true);
  }
}
