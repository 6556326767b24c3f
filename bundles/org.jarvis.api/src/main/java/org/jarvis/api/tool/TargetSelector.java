package org.jarvis.api.tool;

import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/** How arguments name a resource. The core finds the one resource that fits, or says why not. */
public sealed interface TargetSelector {
  /** The cluster's name, where the arguments give it. */
  Optional<String> clusterName();

  /** Whether the resource is the one meant, its cluster aside. */
  boolean matches(Resource resource);

  /** What is looked for, in words for people. */
  String description();

  /**
   * A guest by node and number.
   *
   * @param cluster its cluster's name, {@code null} when not given
   * @param node its node's name, {@code null} when not given
   * @param vmid its number
   * @param types what it may be
   */
  record OfGuest(@Nullable String cluster, @Nullable String node, int vmid, Set<GuestType> types)
      implements TargetSelector {
    /** Keeps the set from changing. */
    public OfGuest {
      types = Set.copyOf(types);
    }

    @Override
    public Optional<String> clusterName() {
      return Optional.ofNullable(cluster);
    }

    @Override
    public boolean matches(Resource resource) {
      return resource instanceof Guest guest
          && guest.id().value() == vmid
          && types.contains(guest.type())
          && (node == null || guest.node().value().equals(node));
    }

    @Override
    public String description() {
      String what = types.size() == 1 ? types.iterator().next().label() : "guest";
      return what + " " + vmid + (node == null ? "" : " on node " + node);
    }
  }

  /**
   * A node by name.
   *
   * @param cluster its cluster's name, {@code null} when not given
   * @param node its name
   */
  record OfNode(@Nullable String cluster, String node) implements TargetSelector {
    @Override
    public Optional<String> clusterName() {
      return Optional.ofNullable(cluster);
    }

    @Override
    public boolean matches(Resource resource) {
      return resource instanceof Node candidate && candidate.node().value().equals(node);
    }

    @Override
    public String description() {
      return "node " + node;
    }
  }

  /**
   * A storage by node and name.
   *
   * @param cluster its cluster's name, {@code null} when not given
   * @param node the node that sees it
   * @param storage its name
   */
  record OfStorage(@Nullable String cluster, String node, String storage)
      implements TargetSelector {
    @Override
    public Optional<String> clusterName() {
      return Optional.ofNullable(cluster);
    }

    @Override
    public boolean matches(Resource resource) {
      return resource instanceof Storage candidate
          && candidate.node().value().equals(node)
          && candidate.name().equals(storage);
    }

    @Override
    public String description() {
      return "storage " + storage + " on node " + node;
    }
  }

  /**
   * A cluster as a whole, for what stands beside its nodes and guests.
   *
   * @param cluster its name
   */
  record OfCluster(String cluster) implements TargetSelector {
    @Override
    public Optional<String> clusterName() {
      return Optional.of(cluster);
    }

    @Override
    public boolean matches(Resource resource) {
      return resource instanceof Cluster candidate && candidate.id().value().equals(cluster);
    }

    @Override
    public String description() {
      return "cluster " + cluster;
    }
  }
}
