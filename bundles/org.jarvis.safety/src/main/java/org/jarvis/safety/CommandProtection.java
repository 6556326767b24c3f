package org.jarvis.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.safety.command.Judgement;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells why a command may not do on a host what it would, by the rules that hold for every action:
 * protection, quorum, and that it is known where Jarvis runs. What a command does something to is
 * known by its {@link Affected} things; where the grammar cannot tell, every word that mentions
 * something protected counts.
 */
@Component(service = CommandProtection.class)
public final class CommandProtection {
  /** Nobody asks: what is protected is so for everybody. */
  private static final Principal NOBODY = new Principal("nobody", PrincipalKind.CONSOLE, "none");

  private static final String REFUSED = "Refused: ";
  private static final String FOR_GOOD = " No approval changes that.";

  private final ProtectionRegister register;
  private final ProtectedParts parts;
  private final SafetyPolicy protection;
  private final List<SafetyPolicy> others;

  /** Asks those who know. */
  @Activate
  public CommandProtection(
      @Reference ProtectionRegister register,
      @Reference ProtectedParts parts,
      @Reference OwnPlaceRegister place) {
    this.register = register;
    this.parts = parts;
    protection = new ProtectionPolicy(register);
    others = List.of(new WhereaboutsPolicy(place), new QuorumPolicy());
  }

  /**
   * Why the command may not run on what a host can be; empty when nothing stands against it.
   *
   * @param places all that the host can be
   */
  Optional<String> objection(Judgement judgement, List<HostPlace> places) {
    if (judgement.analysis().tier() == Tier.GREEN) {
      return Optional.empty();
    }
    if (places.isEmpty()) {
      return Optional.of(
          "Nothing is known of any cluster, so nobody can tell what it would harm. Try again once"
              + " one is connected.");
    }
    return places.stream().flatMap(place -> objection(judgement, place).stream()).findFirst();
  }

  /**
   * Why a part of a host may not be touched like this by any tool: a container or a network, and a
   * service of a host that is no node.
   */
  Optional<String> objection(PolicyRequest.Target target) {
    String part = target.part();
    if (part == null || !target.touch().harms()) {
      return Optional.empty();
    }
    // On which host of that name it is does not matter: what is protected on one is protected.
    String host = target.resource() instanceof Node node ? node.node().value() : "";
    String name = part.substring(part.indexOf(':') + 1);
    if (part.equals(new Affected(Affected.Kind.CONTAINER, name, target.touch()).part())) {
      return parts.container(host, name);
    }
    if (part.equals(new Affected(Affected.Kind.NETWORK, name, target.touch()).part())) {
      return parts.network(host, name);
    }
    return part.indexOf(':') < 0 ? parts.service(host, part) : Optional.empty();
  }

  private Optional<String> objection(Judgement judgement, HostPlace place) {
    CommandAnalysis analysis = judgement.analysis();
    List<PolicyRequest.Target> targets = new ArrayList<>();
    List<PolicyRequest.Target> dependencies = new ArrayList<>();
    for (Affected affected : analysis.affected()) {
      Optional<String> own = own(affected, place);
      if (own.isPresent()) {
        return own;
      }
      targets.addAll(targets(affected, place));
      dependencies.addAll(dependencies(affected, place));
    }
    return mention(judgement, place)
        .or(() -> targets.isEmpty() ? Optional.empty() : byPolicies(analysis, targets, place))
        .or(
            () ->
                dependencies.isEmpty()
                    ? Optional.empty()
                    : denial(protection, request(analysis, dependencies, place)));
  }

  private Optional<String> byPolicies(
      CommandAnalysis analysis, List<PolicyRequest.Target> targets, HostPlace place) {
    PolicyRequest request = request(analysis, targets, place);
    return Stream.concat(Stream.of(protection), place.isKnown() ? others.stream() : Stream.of())
        .flatMap(policy -> denial(policy, request).stream())
        .findFirst();
  }

  private static Optional<String> denial(SafetyPolicy policy, PolicyRequest request) {
    return policy.decide(request) instanceof Decision.Deny deny
        ? Optional.of(deny.reason())
        : Optional.empty();
  }

  private static PolicyRequest request(
      CommandAnalysis analysis, List<PolicyRequest.Target> targets, HostPlace place) {
    ToolUse use =
        new ToolUse(
            "Run a command", analysis.effect(), analysis.tier(), analysis.consent(), List.of());
    return new PolicyRequest(
        CommandPolicy.TOOL,
        Arguments.none(),
        use,
        NOBODY,
        Origin.CONSOLE,
        targets,
        List.of(place.cluster()));
  }

  /** What is protected by its name alone. */
  private Optional<String> own(Affected affected, HostPlace place) {
    boolean harmed = affected.touch().harms();
    return switch (affected.kind()) {
      case SERVICE -> harmed ? parts.service(place.name(), affected.name()) : Optional.empty();
      case CONTAINER -> harmed ? parts.container(place.name(), affected.name()) : Optional.empty();
      case NETWORK -> harmed ? parts.network(place.name(), affected.name()) : Optional.empty();
      case GUEST -> harmed ? absentGuest(affected.name(), place) : Optional.empty();
      case HOST, NODE, STORAGE, DISK -> Optional.empty();
    };
  }

  /** A guest that is not there now may be protected all the same, by its number. */
  private Optional<String> absentGuest(String number, HostPlace place) {
    GuestId id = new GuestId(Integer.parseInt(number));
    ResourceRef ref = ResourceRef.guest(place.cluster().cluster().id(), id);
    return !place.cluster().guests().containsKey(id) && isProtected(ref)
        ? Optional.of(REFUSED + "guest " + number + " is protected." + FOR_GOOD)
        : Optional.empty();
  }

  private boolean isProtected(ResourceRef ref) {
    return register.configured().addresses().contains(ref) || register.remembers(ref);
  }

  /** What it does something to, as far as it is one of the resources. */
  private static List<PolicyRequest.Target> targets(Affected affected, HostPlace place) {
    ClusterSnapshot cluster = place.cluster();
    Touch touch = affected.touch();
    return switch (affected.kind()) {
      case HOST -> List.of(new PolicyRequest.Target(place.resource(), touch));
      case SERVICE -> List.of(new PolicyRequest.Target(place.resource(), touch, affected.name()));
      case NODE ->
          cluster.nodes().values().stream()
              .filter(node -> node.node().value().equals(affected.name()))
              .map(node -> new PolicyRequest.Target(node, touch))
              .toList();
      case GUEST ->
          guest(cluster, affected.name())
              .map(guest -> new PolicyRequest.Target(guest, touch))
              .stream()
              .toList();
      case STORAGE ->
          storages(affected.name(), place)
              .map(storage -> new PolicyRequest.Target(storage, touch))
              .toList();
      case NETWORK, CONTAINER, DISK -> List.of();
    };
  }

  private static Optional<Guest> guest(ClusterSnapshot cluster, String number) {
    return Optional.ofNullable(cluster.guests().get(new GuestId(Integer.parseInt(number))));
  }

  private static Stream<Storage> storages(String name, HostPlace place) {
    return place.cluster().storages().values().stream()
        .filter(storage -> storage.name().equals(name))
        .filter(
            storage ->
                !(place.resource() instanceof Node node) || storage.node().equals(node.node()));
  }

  /**
   * Which guests lie on a disk, hang on a bridge or feel it when their host is disturbed is not
   * known here, so whoever is on the host counts; likewise for a storage that is not known.
   */
  private static List<PolicyRequest.Target> dependencies(Affected affected, HostPlace place) {
    boolean counts =
        switch (affected.kind()) {
          case DISK, NETWORK -> affected.touch().harms();
          case HOST -> affected.touch() == Touch.INTERRUPTS;
          case STORAGE ->
              affected.touch().harms() && storages(affected.name(), place).findAny().isEmpty();
          case NODE, GUEST, SERVICE, CONTAINER -> false;
        };
    return counts
        ? List.of(new PolicyRequest.Target(place.resource(), Touch.TAKES_DOWN))
        : List.of();
  }

  private Optional<String> mention(Judgement judgement, HostPlace place) {
    if (judgement.mentions().isEmpty()) {
      return Optional.empty();
    }
    List<String> numbers = protectedGuests(place).toList();
    List<String> names = parts.names(place.name()).toList();
    for (String word : judgement.mentions()) {
      Optional<String> found =
          numbers.stream()
              .filter(number -> Mentions.number(word, number))
              .map(number -> "guest " + number)
              .findFirst()
              .or(() -> names.stream().filter(name -> Mentions.name(word, name)).findFirst());
      if (found.isPresent()) {
        return Optional.of(
            REFUSED
                + "a word of it may mean "
                + found.get()
                + ", which is protected, and nobody can tell that it does no harm there."
                + FOR_GOOD);
      }
    }
    return Optional.empty();
  }

  private Stream<String> protectedGuests(HostPlace place) {
    ClusterSnapshot cluster = place.cluster();
    Stream<String> present =
        cluster.guests().values().stream()
            .filter(guest -> register.protection(guest, cluster.cluster()).isPresent())
            .map(guest -> guest.id().toString());
    Stream<String> configured =
        register.configured().addresses().stream()
            .filter(ref -> ref.cluster().equals(cluster.cluster().id()))
            .flatMap(ref -> ref.guestId().stream())
            .map(GuestId::toString);
    return Stream.concat(present, configured).distinct();
  }
}
