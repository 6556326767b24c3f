package org.jarvis.connector.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;

/**
 * What the last complete reading of a cluster showed, for finding things in it. Immutable.
 *
 * @param nodes its nodes
 * @param guests its guests
 * @param storages its storages
 */
record LastReading(
    Map<NodeName, Node> nodes, Map<GuestId, Guest> guests, Map<ResourceRef, Storage> storages) {
  /** Nothing was read yet. */
  static final LastReading NONE = new LastReading(Map.of(), Map.of(), Map.of());

  /** A reading of these. */
  static LastReading of(List<Node> nodes, List<Guest> guests, List<Storage> storages) {
    Map<NodeName, Node> byName = new LinkedHashMap<>();
    nodes.forEach(node -> byName.put(node.node(), node));
    Map<GuestId, Guest> byNumber = new LinkedHashMap<>();
    guests.forEach(guest -> byNumber.put(guest.id(), guest));
    Map<ResourceRef, Storage> byRef = new LinkedHashMap<>();
    storages.forEach(storage -> byRef.put(storage.ref(), storage));
    return new LastReading(byName, byNumber, byRef);
  }

  /** Whether anything was read; a cluster has at least one node. */
  boolean complete() {
    return !nodes.isEmpty();
  }

  /** The guest at this address. */
  Optional<Guest> guest(ResourceRef ref) {
    return ref.guestId().map(guests::get);
  }

  /** Whether a node can be asked: the cluster does not say that it is offline. */
  boolean answers(NodeName name) {
    Node node = nodes.get(name);
    return node != null && node.status() != Node.Status.OFFLINE;
  }

  /**
   * Whether the same details can be asked for as when it looked like that: all is there that was,
   * and as it was but for figures and words.
   */
  boolean offersTheSame(LastReading before) {
    return same(nodes, before.nodes, (now, then) -> now.status() == then.status())
        && same(
            storages,
            before.storages,
            (now, then) -> now.status() == then.status() && now.shared() == then.shared())
        && same(
            guests,
            before.guests,
            (now, then) ->
                now.status() == then.status()
                    && now.type() == then.type()
                    && now.template() == then.template()
                    && now.node().equals(then.node()));
  }

  private static <K, V> boolean same(Map<K, V> now, Map<K, V> before, BiPredicate<V, V> alike) {
    if (now.size() != before.size()) {
      return false;
    }
    for (Map.Entry<K, V> entry : now.entrySet()) {
      V then = before.get(entry.getKey());
      if (then == null || !alike.test(entry.getValue(), then)) {
        return false;
      }
    }
    return true;
  }

  /** The storages with the same content as this one, itself included. */
  List<Storage> sharing(Storage storage) {
    if (!storage.shared()) {
      return List.of(storage);
    }
    List<Storage> same = new ArrayList<>();
    for (Storage other : storages.values()) {
      if (other.shared() && other.name().equals(storage.name())) {
        same.add(other);
      }
    }
    return same;
  }
}
