package org.jarvis.detectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Which guest should leave a node that has too much to do, and where to. It offers only what can be
 * told to fit: the target is online, has room to spare, and sees every storage of the guest.
 */
final class Relocation {
  private static final double MOST_MEMORY = 0.85;
  private static final double MOST_CPU = 0.7;
  private static final double MOST_DISK = 0.8;
  private static final int TRIED = 5;
  private static final String PROTECTED = "jarvis-protected";
  private static final List<String> BOUND_TO_NODE = List.of("hostpci", "usb");

  private final Situation situation;

  Relocation(Situation situation) {
    this.situation = situation;
  }

  /** The running guests of a node, the heaviest first. */
  List<Guest> heaviest(NodeName node, ToDoubleFunction<Guest> weight) {
    List<Guest> guests = new ArrayList<>();
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.node().equals(node)
          && guest.status() == Guest.Status.RUNNING
          && weight.applyAsDouble(guest) > 0) {
        guests.add(guest);
      }
    }
    guests.sort(Comparator.comparingDouble(weight).reversed().thenComparing(Guest::id));
    return guests.size() > TRIED ? guests.subList(0, TRIED) : guests;
  }

  /** The move of the first of these guests that can move, empty where none can. */
  Optional<Remedy> away(List<Guest> guests) {
    for (Guest guest : guests) {
      Optional<Remedy> move = move(guest);
      if (move.isPresent()) {
        return move;
      }
    }
    return Optional.empty();
  }

  private Optional<Remedy> move(Guest guest) {
    GuestConfiguration configuration =
        situation.cluster().details(guest.ref()).find(GuestConfiguration.class).orElse(null);
    if (configuration == null || !mayMove(guest, configuration)) {
      return Optional.empty();
    }
    Node target = null;
    for (Node node : situation.cluster().nodes().values()) {
      if (takes(node, guest, configuration) && (target == null || share(node) < share(target))) {
        target = node;
      }
    }
    return Optional.ofNullable(target).map(node -> remedy(guest, node, configuration));
  }

  private boolean mayMove(Guest guest, GuestConfiguration configuration) {
    return guest.lock() == null
        && !guest.tags().contains(PROTECTED)
        && !isOwn(guest)
        && configuration.values().keySet().stream()
            .noneMatch(key -> BOUND_TO_NODE.stream().anyMatch(key::startsWith));
  }

  private boolean isOwn(Guest guest) {
    return situation.cluster().cluster().whereabouts() instanceof Whereabouts.InGuest here
        && here.guest().equals(guest.id());
  }

  private boolean takes(Node node, Guest guest, GuestConfiguration configuration) {
    Bytes used = node.memoryUsed();
    Bytes total = node.memoryTotal();
    Bytes needed = guest.memoryTotal() == null ? guest.memoryUsed() : guest.memoryTotal();
    return node.status() == Node.Status.ONLINE
        && !node.node().equals(guest.node())
        && !situation.isMaintained(node.node())
        && situation.isFresh(node)
        && used != null
        && total != null
        && needed != null
        && used.value() + needed.value() <= MOST_MEMORY * total.value()
        && (node.cpu() == null || node.cpu() < MOST_CPU)
        && seesDisks(node, configuration);
  }

  private boolean seesDisks(Node node, GuestConfiguration configuration) {
    for (GuestConfiguration.Disk disk : configuration.disks()) {
      if (!disk.medium()) {
        Storage storage = storage(node.node(), disk.storage());
        if (storage == null
            || storage.status() != Storage.Status.AVAILABLE
            || (!storage.shared() && !hasRoom(storage, disk))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A disk that is copied has to fit there. */
  private static boolean hasRoom(Storage storage, GuestConfiguration.Disk disk) {
    return disk.size() != null
        && storage.used() != null
        && storage.total() != null
        && storage.used().value() + disk.size().value() <= MOST_DISK * storage.total().value();
  }

  private @Nullable Storage storage(NodeName node, @Nullable String name) {
    return name == null
        ? null
        : situation
            .cluster()
            .storages()
            .get(ResourceRef.storage(situation.cluster().cluster().id(), node, name));
  }

  private static double share(Node node) {
    Bytes used = node.memoryUsed();
    Bytes total = node.memoryTotal();
    return used == null || total == null || total.value() == 0
        ? 1
        : (double) used.value() / total.value();
  }

  private Remedy remedy(Guest guest, Node target, GuestConfiguration configuration) {
    boolean machine = guest.type() == GuestType.QEMU;
    boolean local =
        configuration.disks().stream()
            .filter(disk -> !disk.medium())
            .map(disk -> storage(guest.node(), disk.storage()))
            .anyMatch(storage -> storage == null || !storage.shared());
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("target", target.name());
    if (machine && local) {
      more.put("withLocalDisks", true);
    }
    return Remedy.of(
        "migrate",
        "Migrate " + Words.name(guest.name()) + " to " + target.name(),
        Words.guest(guest)
            + " is among the heaviest here, and "
            + target.name()
            + " has room for it. "
            + (machine ? "It goes on running" : "It is shut down and started again there")
            + (local ? "; its disks are copied, which can take long." : "."),
        Fix.guest("migrate", guest, more));
  }
}
