package org.jarvis.core.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;

/** Finds the resources that arguments mean: exactly one each, or an error that says why not. */
final class TargetResolver {
  private final ClusterStates states;
  private final Connections connections;
  private final ServiceSlot<ProtectedResources> protections;

  TargetResolver(
      ClusterStates states, Connections connections, ServiceSlot<ProtectedResources> protections) {
    this.states = states;
    this.connections = connections;
    this.protections = protections;
  }

  /** The targets of a use as they are known, without asking the cluster. */
  List<ResolvedTarget> known(ToolUse use, Foresight foresight) {
    return use.targets().stream()
        .map(target -> asKnown(known(target.selector(), foresight), target, foresight))
        .toList();
  }

  /** The targets of a use, read fresh from the cluster. */
  List<ResolvedTarget> fresh(ToolUse use, Foresight foresight) {
    return use.targets().stream()
        .map(target -> fresh(known(target.selector(), foresight), target, foresight))
        .toList();
  }

  private ResolvedTarget asKnown(Resource resource, Target target, Foresight foresight) {
    return new ResolvedTarget(
        resource,
        target.touch(),
        target.part(),
        incarnation(resource.ref()),
        "",
        "",
        protection(resource),
        foresight.changes(resource.ref()));
  }

  /** The resources again, read fresh; one that is gone is left out. */
  List<Resource> reread(List<Action.Target> targets) {
    List<Resource> now = new ArrayList<>();
    for (Action.Target target : targets) {
      ResourceRef ref = target.ref();
      ref.guestId()
          .map(guest -> read(ref.cluster(), guest).<Resource>map(GuestReading::guest))
          .orElseGet(() -> states.find(ref))
          .ifPresent(now::add);
    }
    return now;
  }

  private Resource known(TargetSelector selector, Foresight foresight) {
    List<ClusterSnapshot> clusters =
        states.clusters().stream()
            .filter(
                snapshot ->
                    selector
                        .clusterName()
                        .map(name -> name.equals(snapshot.cluster().id().value()))
                        .orElse(true))
            .toList();
    List<Resource> found =
        clusters.stream()
            .flatMap(ClusterSnapshot::resources)
            .map(foresight::see)
            .filter(selector::matches)
            .toList();
    if (found.isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "There is no " + selector.description() + where(selector) + hint(clusters));
    }
    if (found.size() > 1) {
      throw new JarvisException(
          ErrorCode.AMBIGUOUS_TARGET,
          "Several clusters have a " + selector.description() + ". Name the cluster.");
    }
    return found.get(0);
  }

  private static String where(TargetSelector selector) {
    return selector.clusterName().map(name -> " in cluster " + name).orElse("");
  }

  private static String hint(List<ClusterSnapshot> clusters) {
    return clusters.isEmpty() ? ": no such cluster is connected." : ".";
  }

  private ResolvedTarget fresh(Resource known, Target target, Foresight foresight) {
    if (!(known instanceof Guest guest)) {
      return asKnown(known, target, foresight);
    }
    TargetSelector selector = target.selector();
    GuestReading reading =
        read(guest.cluster(), guest.id())
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.VANISHED,
                        guest.label() + " does not exist any more; it vanished from the cluster."));
    Guest met = (Guest) foresight.see(reading.guest());
    if (!selector.matches(met)) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "There is no "
              + selector.description()
              + " any more: "
              + reading.guest().label()
              + " is on node "
              + reading.guest().node()
              + " now.");
    }
    return new ResolvedTarget(
        met,
        target.touch(),
        target.part(),
        // Asked after the reading was absorbed, which may have shown that it is another guest.
        incarnation(reading.guest().ref()),
        reading.generation(),
        reading.configurationDigest(),
        protection(met),
        foresight.changes(met.ref()));
  }

  private Optional<GuestReading> read(ClusterId cluster, GuestId guest) {
    Optional<GuestReading> reading = connections.require(cluster).reader().guest(guest);
    reading.ifPresent(states::absorb);
    return reading;
  }

  private String incarnation(ResourceRef ref) {
    return states
        .cluster(ref.cluster())
        .flatMap(snapshot -> ref.guestId().map(snapshot.incarnations()::get))
        .map(Incarnation::value)
        .orElse("");
  }

  private String protection(Resource resource) {
    // Without the service nothing but observing is allowed, so this word never decides anything.
    return protections.get().map(service -> service.protection(resource).orElse("")).orElse("?");
  }
}
