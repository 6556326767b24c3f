package org.example.libvirt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;

/** Reads the machine. Keeps nothing: each answer is asked for anew. Safe from any thread. */
final class Machine {
  /** Of all domains, active or not, since none is named. */
  private static final String[] STATS = {"domstats", "--raw", "--state", "--vcpu", "--balloon"};

  private final Settings settings;
  private final Virsh virsh;

  Machine(Settings settings, Virsh virsh) {
    this.settings = settings;
    this.virsh = virsh;
  }

  /** One complete reading. */
  ClusterObservation read() {
    Instant began = Instant.now();
    Observation observation = observation(began);
    Node node = node(observation);
    List<String> oddities = new ArrayList<>();
    List<Guest> guests =
        domains(oddities).stream().map(domain -> domain.guest(settings, observation)).toList();
    // A single machine has nobody to agree with: it is quorate, and there are no votes.
    return new ClusterObservation(
        began,
        null,
        null,
        true,
        null,
        null,
        null,
        List.of(node),
        guests,
        List.of(),
        List.of(),
        oddities.isEmpty() ? Set.of() : Set.of(ResourceKind.GUEST),
        oddities);
  }

  Observation observation(Instant began) {
    return new Observation("pve:" + settings.cluster(), began, settings.interval());
  }

  /** All domains but those that cannot be told from others. */
  List<Domain> domains(List<String> oddities) {
    Map<UUID, String> names = Domain.listed(virsh.ask("list", "--all", "--uuid", "--name"));
    Map<String, Map<String, String>> figures = Domain.figures(virsh.ask(STATS));
    Map<GuestId, Long> numbers =
        names.keySet().stream()
            .collect(Collectors.groupingBy(Domain::number, Collectors.counting()));
    List<Domain> domains = new ArrayList<>();
    names.forEach(
        (id, name) -> {
          if (numbers.get(Domain.number(id)) > 1) {
            oddities.add("Domain " + id + " is left out: another one has the same number.");
          } else if (!figures.containsKey(name)) {
            oddities.add("Domain " + id + " is left out: libvirt tells nothing of it.");
          } else {
            domains.add(new Domain(id, name, figures.get(name)));
          }
        });
    return domains;
  }

  /**
   * The node, by {@code virsh nodeinfo} ("CPU(s): 8") and {@code virsh nodememstats} ("total :
   * 16326432 KiB", then free, buffers, cached; tools/virsh-host.c).
   */
  private Node node(Observation observation) {
    Optional<Long> cpus = figure(virsh.ask("nodeinfo"), "CPU\\(s\\)");
    String memory = virsh.ask("nodememstats");
    Optional<Long> total = figure(memory, "total");
    Optional<Long> used =
        total.flatMap(
            all ->
                figure(memory, "free")
                    .map(free -> all - free)
                    .map(rest -> rest - figure(memory, "buffers").orElse(0L))
                    .map(rest -> rest - figure(memory, "cached").orElse(0L))
                    .filter(rest -> rest >= 0));
    return new Node(
        settings.cluster(),
        settings.node(),
        Node.Status.ONLINE,
        null,
        cpus.map(Long::intValue).orElse(null),
        used.map(Machine::kibibytes).orElse(null),
        total.map(Machine::kibibytes).orElse(null),
        null,
        null,
        null,
        observation);
  }

  private static Bytes kibibytes(long number) {
    return new Bytes(number * 1024);
  }

  private static Optional<Long> figure(String text, String key) {
    Matcher line = Pattern.compile("(?m)^" + key + " *: +([0-9]{1,9})\\b").matcher(text);
    return line.find() ? Optional.of(Long.valueOf(line.group(1))) : Optional.empty();
  }

  /** The one domain that has this number, as it is this moment. */
  Optional<UUID> domain(GuestId number) {
    List<UUID> found =
        Domain.listed(virsh.ask("list", "--all", "--uuid", "--name")).keySet().stream()
            .filter(id -> Domain.number(id).equals(number))
            .toList();
    if (found.size() > 1) {
      throw new JarvisException(
          ErrorCode.CONFLICT, "Two domains have the number " + number + ": " + found + ".");
    }
    return found.stream().findFirst();
  }

  boolean isActive(UUID domain) {
    return Domain.listed(virsh.ask("list", "--uuid")).containsKey(domain);
  }

  /** The domain's configuration, as it is from its next start on. */
  String configuration(UUID domain) {
    return virsh.ask("dumpxml", "--inactive", domain.toString());
  }

  boolean isPersistent(UUID domain) {
    return Domain.listed(virsh.ask("list", "--all", "--persistent", "--uuid")).containsKey(domain);
  }
}
