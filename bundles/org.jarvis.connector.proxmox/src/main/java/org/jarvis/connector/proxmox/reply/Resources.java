package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.connector.GuestCounters;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /cluster/resources} tells, judged by which members are online: what a silent node
 * last said about its guests and storages is no longer known.
 *
 * @param nodes all members
 * @param guests all guests
 * @param storages all storages, per node
 * @param counters what the running guests have moved
 * @param incomplete kinds of which entries were left out because they could not be understood
 */
public record Resources(
    List<Node> nodes,
    List<Guest> guests,
    List<Storage> storages,
    List<GuestCounters> counters,
    Set<ResourceKind> incomplete) {
  private static final int RESOURCES_LIMIT = 50_000;

  /** Keeps the lists from changing. */
  public Resources {
    nodes = List.copyOf(nodes);
    guests = List.copyOf(guests);
    storages = List.copyOf(storages);
    counters = List.copyOf(counters);
    incomplete = Set.copyOf(incomplete);
  }

  /**
   * Reads the reply's data.
   *
   * @param online the members as {@code /cluster/status} tells, which knows sooner who is there
   */
  public static Resources read(
      JsonNode data,
      Map<NodeName, Boolean> online,
      ClusterId cluster,
      Observation observation,
      Oddities oddities) {
    return new Reading(cluster, observation, oddities).read(data, online);
  }

  /** One reading of one reply. */
  private static final class Reading {
    private final ClusterId cluster;
    private final Observation observation;
    private final Oddities oddities;
    private final Map<NodeName, Node> nodes = new LinkedHashMap<>();
    private final Map<GuestId, Guest> guests = new LinkedHashMap<>();
    private final Map<ResourceRef, Storage> storages = new LinkedHashMap<>();
    private final List<GuestCounters> counters = new ArrayList<>();
    private final Set<ResourceKind> incomplete = EnumSet.noneOf(ResourceKind.class);
    private final Repeats repeats = new Repeats();

    Reading(ClusterId cluster, Observation observation, Oddities oddities) {
      this.cluster = cluster;
      this.observation = observation;
      this.oddities = oddities;
    }

    Resources read(JsonNode data, Map<NodeName, Boolean> online) {
      List<Row> others = new ArrayList<>();
      List<Row> rows = Row.list(data, "resources", RESOURCES_LIMIT, oddities);
      if (rows.size() < data.size()) {
        leftOutAnything();
      }
      for (Row row : rows) {
        if ("node".equals(type(row))) {
          readNode(row, online);
        } else {
          others.add(row);
        }
      }
      // A node that has not reported yet is a member all the same.
      online.forEach((name, up) -> nodes.computeIfAbsent(name, node -> bareNode(node, status(up))));
      for (Row row : others) {
        readOther(row);
      }
      return new Resources(
          new ArrayList<>(nodes.values()),
          new ArrayList<>(guests.values()),
          new ArrayList<>(storages.values()),
          counters,
          incomplete);
    }

    /** What was left out may have been anything. */
    private void leftOutAnything() {
      incomplete.addAll(List.of(ResourceKind.NODE, ResourceKind.GUEST, ResourceKind.STORAGE));
    }

    private static @Nullable String type(Row row) {
      String type = row.identifier("type");
      return type != null ? type : Identifiers.part(row.identifier("id"), 0);
    }

    private void readOther(Row row) {
      String type = type(row);
      if (type == null) {
        leftOutAnything();
        oddities.add("resources: an entry without a type was left out: " + row.text("id"));
        return;
      }
      switch (type) {
        case "qemu", "lxc" -> readGuest(row, type);
        case "storage" -> readStorage(row);
        // Nothing that Jarvis shows.
        case "pool", "sdn", "network", "openvz" -> {}
        default ->
            oddities.add("resources: entries of the unknown type " + type + " were left out");
      }
    }

    private void readNode(Row row, Map<NodeName, Boolean> online) {
      NodeName name = repeats.node(row.identifier("node"));
      if (name == null) {
        name = Identifiers.node(Identifiers.part(row.identifier("id"), 1));
      }
      if (name == null) {
        incomplete.add(ResourceKind.NODE);
        oddities.add("resources: a node without a usable name was left out: " + row.text("id"));
        return;
      }
      Boolean up = online.get(name);
      Node.Status status = up != null ? status(up) : statusWord(row.identifier("status"));
      boolean live = status == Node.Status.ONLINE;
      Node node =
          new Node(
              cluster,
              name,
              status,
              live ? row.share("cpu") : null,
              row.smallCount("maxcpu"),
              live ? row.bytes("mem") : null,
              row.bytes("maxmem"),
              live ? row.bytes("disk") : null,
              row.bytes("maxdisk"),
              live ? row.seconds("uptime") : null,
              observation);
      if (nodes.putIfAbsent(name, node) != null) {
        oddities.add("resources: node " + name + " is listed twice");
      }
    }

    private Node bareNode(NodeName name, Node.Status status) {
      return new Node(cluster, name, status, null, null, null, null, null, null, null, observation);
    }

    private static Node.Status status(boolean up) {
      return up ? Node.Status.ONLINE : Node.Status.OFFLINE;
    }

    private static Node.Status statusWord(@Nullable String word) {
      if (word == null) {
        return Node.Status.UNKNOWN;
      }
      return switch (word) {
        case "online" -> Node.Status.ONLINE;
        case "offline" -> Node.Status.OFFLINE;
        default -> Node.Status.UNKNOWN;
      };
    }

    /** Whether what is said of things on this node is known to be of now. */
    private boolean speaks(NodeName name) {
      Node node = nodes.get(name);
      return node == null || node.status() != Node.Status.OFFLINE;
    }

    private void readGuest(Row row, String type) {
      GuestType kind = Identifiers.guestType(type);
      GuestId id = Identifiers.guest(row.identifier("vmid"));
      if (id == null) {
        id = Identifiers.guest(Identifiers.part(row.identifier("id"), 1));
      }
      NodeName node = repeats.node(row.identifier("node"));
      if (kind == null || id == null || node == null) {
        incomplete.add(ResourceKind.GUEST);
        oddities.add(
            "resources: a guest without a usable number or node was left out: " + row.text("id"));
        return;
      }
      Guest guest = guest(row, kind, id, node);
      if (guests.putIfAbsent(id, guest) != null) {
        oddities.add("resources: guest " + id + " is listed twice");
        return;
      }
      if (guest.status() == Guest.Status.RUNNING && guest.uptime() != null) {
        counters.add(
            new GuestCounters(
                id,
                guest.uptime(),
                row.bytes("netin"),
                row.bytes("netout"),
                row.bytes("diskread"),
                row.bytes("diskwrite")));
      }
    }

    private Guest guest(Row row, GuestType kind, GuestId id, NodeName node) {
      String word = row.identifier("status");
      Guest.Status status = speaks(node) ? GuestWords.status(word) : Guest.Status.UNKNOWN;
      if (status == Guest.Status.UNKNOWN && speaks(node) && !"unknown".equals(word)) {
        oddities.add("resources: guest " + id + " has no known status: " + row.text("status"));
      }
      boolean live = status != Guest.Status.UNKNOWN;
      String name = row.text("name");
      return new Guest(
          cluster,
          id,
          kind,
          name == null ? id.toString() : name,
          node,
          status,
          Boolean.TRUE.equals(row.flag("template")),
          repeats.tags(row.text("tags")),
          row.text("lock"),
          repeats.word(row.text("pool")),
          repeats.word(row.text("hastate")),
          live ? row.share("cpu") : null,
          row.smallCount("maxcpu"),
          live ? row.bytes("mem") : null,
          row.bytes("maxmem"),
          row.bytes("maxdisk"),
          live ? row.seconds("uptime") : null,
          observation);
    }

    private void readStorage(Row row) {
      String id = row.identifier("id");
      NodeName node = repeats.node(row.identifier("node"));
      if (node == null) {
        node = Identifiers.node(Identifiers.part(id, 1));
      }
      String name = Identifiers.storage(row.identifier("storage"));
      if (name == null) {
        name = Identifiers.storage(Identifiers.part(id, 2));
      }
      if (node == null || name == null) {
        incomplete.add(ResourceKind.STORAGE);
        oddities.add("resources: a storage without a usable name was left out: " + row.text("id"));
        return;
      }
      Storage storage = storage(row, node, name);
      if (storages.putIfAbsent(storage.ref(), storage) != null) {
        oddities.add("resources: storage " + name + " on " + node + " is listed twice");
      }
    }

    private Storage storage(Row row, NodeName node, String name) {
      Storage.Status status =
          speaks(node) ? storageStatus(row.identifier("status")) : Storage.Status.UNKNOWN;
      boolean live = status == Storage.Status.AVAILABLE;
      return new Storage(
          cluster,
          node,
          name,
          status,
          repeats.word(row.text("plugintype")),
          Boolean.TRUE.equals(row.flag("shared")),
          repeats.content(row.text("content")),
          live ? row.bytes("disk") : null,
          live ? row.bytes("maxdisk") : null,
          observation);
    }

    private static Storage.Status storageStatus(@Nullable String word) {
      if (word == null) {
        return Storage.Status.UNKNOWN;
      }
      return switch (word) {
        case "available", "active" -> Storage.Status.AVAILABLE;
        case "unknown" -> Storage.Status.UNKNOWN;
        default -> Storage.Status.UNAVAILABLE;
      };
    }
  }
}
