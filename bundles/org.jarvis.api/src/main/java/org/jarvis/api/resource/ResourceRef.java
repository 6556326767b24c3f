package org.jarvis.api.resource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stable address of a resource, such as {@code pve:home:node:pve1}, {@code pve:home:guest:101}
 * or {@code pve:home:storage:pve1:local-lvm}.
 *
 * <p>Parts are separated by colons; within a part every character but letters, digits and {@code
 * .-_} is percent-encoded, so an address fits a URL path as it is. A guest's address does not name
 * its node: a guest that migrates keeps its address.
 *
 * @param cluster the cluster it belongs to
 * @param kind what it is
 * @param path what names it within the cluster, decoded; as many parts as the kind demands, the
 *     first a valid {@link NodeName} or {@link GuestId}
 */
public record ResourceRef(ClusterId cluster, ResourceKind kind, List<String> path)
    implements Comparable<ResourceRef> {
  private static final String SYSTEM = "pve";
  private static final int MAX_LENGTH = 512;

  /** Refuses a path that does not fit the kind. */
  public ResourceRef {
    path = List.copyOf(path);
    if (path.size() != kind.pathLength() || path.contains("")) {
      throw new IllegalArgumentException(
          "The address of a " + kind.word() + " has " + kind.pathLength() + " parts of its own.");
    }
    switch (kind) {
      case CLUSTER -> {}
      case NODE, STORAGE -> new NodeName(path.get(0));
      case GUEST -> number(path.get(0));
    }
  }

  private static GuestId number(String text) {
    GuestId guest = new GuestId(Integer.parseInt(text));
    if (!guest.toString().equals(text)) {
      throw new IllegalArgumentException("A guest's number is written without leading zeros.");
    }
    return guest;
  }

  /** The address of a cluster. */
  public static ResourceRef cluster(ClusterId cluster) {
    return new ResourceRef(cluster, ResourceKind.CLUSTER, List.of());
  }

  /** The address of a node. */
  public static ResourceRef node(ClusterId cluster, NodeName node) {
    return new ResourceRef(cluster, ResourceKind.NODE, List.of(node.value()));
  }

  /** The address of a guest. */
  public static ResourceRef guest(ClusterId cluster, GuestId guest) {
    return new ResourceRef(cluster, ResourceKind.GUEST, List.of(guest.toString()));
  }

  /** The address of a storage as a node sees it. */
  public static ResourceRef storage(ClusterId cluster, NodeName node, String storage) {
    return new ResourceRef(cluster, ResourceKind.STORAGE, List.of(node.value(), storage));
  }

  /** Reads an address; empty when it is not well-formed. Never throws. */
  public static Optional<ResourceRef> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String[] parts = text.split(":", -1);
    if (parts.length < 3 || !parts[0].equals(SYSTEM)) {
      return Optional.empty();
    }
    return ResourceKind.ofWord(parts[2]).flatMap(kind -> read(parts, kind, text));
  }

  private static Optional<ResourceRef> read(String[] parts, ResourceKind kind, String text) {
    try {
      List<String> path = new ArrayList<>();
      for (int i = 3; i < parts.length; i++) {
        path.add(URLDecoder.decode(parts[i].replace("+", "%2B"), StandardCharsets.UTF_8));
      }
      ResourceRef ref = new ResourceRef(new ClusterId(parts[1]), kind, path);
      // One resource has one address: a second spelling of it could slip past a rule about it.
      return ref.toString().equals(text) ? Optional.of(ref) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The guest's number, empty where this is no guest. */
  public Optional<GuestId> guestId() {
    return kind == ResourceKind.GUEST ? Optional.of(number(path.get(0))) : Optional.empty();
  }

  /** The node's name, empty where this is neither a node nor a node's storage. */
  public Optional<NodeName> nodeName() {
    return switch (kind) {
      case NODE, STORAGE -> Optional.of(new NodeName(path.get(0)));
      case CLUSTER, GUEST -> Optional.empty();
    };
  }

  // By hand: maps of addresses ask for these thousands of times with every reading, and what a
  // record
  // generates is slow without the optimising compiler.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResourceRef that
        && that.kind == kind
        && that.path.equals(path)
        && that.cluster.equals(cluster);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * cluster.value().hashCode() + kind.hashCode()) + path.hashCode();
  }

  @Override
  public int compareTo(ResourceRef other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(SYSTEM);
    text.append(':').append(cluster).append(':').append(kind.word());
    for (String part : path) {
      text.append(':').append(isPlain(part) ? part : encoded(part));
    }
    return text.toString();
  }

  /** Nearly every part is, and the address of each guest is asked for with every reading. */
  private static boolean isPlain(String part) {
    for (int i = 0; i < part.length(); i++) {
      char character = part.charAt(i);
      if ((character < 'a' || character > 'z')
          && (character < '0' || character > '9')
          && (character < 'A' || character > 'Z')
          && ".-_".indexOf(character) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
