package org.jarvis.tools.form;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolContext;
import org.jspecify.annotations.Nullable;

/**
 * How arguments name the one resource that a tool is about.
 *
 * @param kind what it is
 * @param types of which types, where it is a guest
 */
public record Subject(ResourceKind kind, Set<GuestType> types) {
  /** A cluster, which need not be named where there is only one. */
  public static final Subject CLUSTER = new Subject(ResourceKind.CLUSTER, Set.of());

  /** A node. */
  public static final Subject NODE = new Subject(ResourceKind.NODE, Set.of());

  /** A storage, as one node sees it. */
  public static final Subject STORAGE = new Subject(ResourceKind.STORAGE, Set.of());

  /** A guest of either type. */
  public static final Subject GUEST =
      new Subject(ResourceKind.GUEST, EnumSet.allOf(GuestType.class));

  /** Keeps the set from changing. */
  public Subject {
    types = Set.copyOf(types);
  }

  /** A guest of this type. */
  public static Subject guest(GuestType type) {
    return new Subject(ResourceKind.GUEST, Set.of(type));
  }

  /** The noun for such a guest, or for the kind of resource. */
  public String noun() {
    return types.size() == 1 ? Words.noun(types.iterator().next()) : kind.word();
  }

  /** The arguments that have to be given. */
  public List<String> required() {
    return switch (kind) {
      case CLUSTER -> List.of();
      case NODE -> List.of("node");
      case GUEST -> List.of("node", "vmid");
      case STORAGE -> List.of("node", "storage");
    };
  }

  /** The arguments' schemas. */
  public List<String> properties() {
    String node = InputSchema.node("node", "The name of the " + noun() + "'s node, such as pve1.");
    return switch (kind) {
      case CLUSTER -> List.of(InputSchema.CLUSTER);
      case NODE -> List.of(InputSchema.CLUSTER, InputSchema.NODE);
      case GUEST ->
          List.of(
              InputSchema.CLUSTER,
              node,
              InputSchema.vmid("The number of the " + noun() + ", such as 101."));
      case STORAGE ->
          List.of(
              InputSchema.CLUSTER,
              InputSchema.node("node", "The name of a node that sees the storage, such as pve1."),
              InputSchema.storage("The name of the storage, such as local-lvm."));
    };
  }

  /** A schema of these arguments and others. */
  public String schema(List<String> required, List<String> properties) {
    List<String> allRequired = new java.util.ArrayList<>(required());
    allRequired.addAll(required);
    List<String> all = new java.util.ArrayList<>(properties());
    all.addAll(properties);
    return InputSchema.of(allRequired, all.toArray(new String[0]));
  }

  /** How the core finds it; empty for a cluster. */
  public Optional<TargetSelector> selector(Arguments arguments) {
    @Nullable String cluster = arguments.text("cluster").orElse(null);
    return switch (kind) {
      case CLUSTER -> Optional.empty();
      case NODE ->
          Optional.of(new TargetSelector.OfNode(cluster, arguments.text("node").orElseThrow()));
      case GUEST ->
          Optional.of(
              new TargetSelector.OfGuest(
                  cluster,
                  arguments.text("node").orElseThrow(),
                  arguments.integer("vmid").orElseThrow(),
                  types));
      case STORAGE ->
          Optional.of(
              new TargetSelector.OfStorage(
                  cluster,
                  arguments.text("node").orElseThrow(),
                  arguments.text("storage").orElseThrow()));
    };
  }

  /** The resource that a run is about. */
  public Resource of(ToolContext context) {
    if (kind != ResourceKind.CLUSTER) {
      return context.targets().get(0);
    }
    List<ClusterSnapshot> clusters = ClusterChoice.of(context);
    if (clusters.size() == 1) {
      return clusters.get(0).cluster();
    }
    throw clusters.isEmpty()
        ? new JarvisException(ErrorCode.NOT_FOUND, "No cluster is connected.")
        : new JarvisException(
            ErrorCode.AMBIGUOUS_TARGET, "Several clusters are connected. Name the cluster.");
  }

  /** The arguments that name this resource; empty where it is none of these. */
  public Optional<Arguments> naming(Resource resource) {
    return is(resource) ? Optional.of(new Arguments(address(resource))) : Optional.empty();
  }

  private boolean is(Resource resource) {
    return resource.ref().kind() == kind
        && (!(resource instanceof Guest guest) || types.contains(guest.type()));
  }

  private static Map<String, @Nullable Object> address(Resource resource) {
    Map<String, @Nullable Object> address = new LinkedHashMap<>();
    address.put("cluster", resource.ref().cluster().value());
    resource.ref().nodeName().ifPresent(node -> address.put("node", node.value()));
    if (resource instanceof Guest guest) {
      address.put("node", guest.node().value());
      address.put("vmid", guest.id().value());
    }
    if (resource instanceof Storage storage) {
      address.put("storage", storage.name());
    }
    return address;
  }

  /** What a resource is called in a sentence. */
  public static String label(Resource resource) {
    return switch (resource.ref().kind()) {
      case CLUSTER -> "cluster " + resource.ref().cluster();
      case NODE -> "node " + resource.name();
      case GUEST -> Words.said(((Guest) resource).label());
      case STORAGE ->
          "storage "
              + Words.said(resource.name())
              + " on node "
              + resource.ref().nodeName().orElseThrow();
    };
  }
}
