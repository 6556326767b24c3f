package org.jarvis.tools.host;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.InputSchema;
import org.jspecify.annotations.Nullable;

/**
 * What tools know of hosts and commands, from memory: it finds the host that arguments name, and
 * tells what a command would mean there. It runs nothing; only the gate does.
 */
public final class Commands {
  /** The argument that names a host. */
  static final String NODE = "node";

  /** Its schema. */
  static final String HOST_PROPERTY =
      InputSchema.text(
          NODE,
          "^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$",
          "The name of a node, or of another host that is configured for SSH, such as pve1.");

  private final Hosts hosts;
  private final Supplier<Optional<CommandAnalyst>> analyst;

  /**
   * Commands on these hosts.
   *
   * @param analyst tells what they mean, while it is there
   */
  public Commands(Hosts hosts, Supplier<Optional<CommandAnalyst>> analyst) {
    this.hosts = hosts;
    this.analyst = analyst;
  }

  /** Why no command runs at all at present; empty when some may. */
  Optional<String> unavailable() {
    if (analyst.get().isEmpty()) {
      return Optional.of(
          "Nobody can tell what a command means, so none runs: start the bundle"
              + " org.jarvis.safety.");
    }
    return hosts.all().isEmpty()
        ? Optional.of(
            "No SSH host is configured. Describe a cluster's hosts in"
                + " etc/org.jarvis.connector.ssh-<name>.cfg.")
        : Optional.empty();
  }

  /** A schema of what names a host, and other arguments. */
  static String schema(List<String> required, String... properties) {
    List<String> all = new ArrayList<>(List.of(InputSchema.CLUSTER, HOST_PROPERTY));
    all.addAll(List.of(properties));
    List<String> needed = new ArrayList<>(List.of(NODE));
    needed.addAll(required);
    return InputSchema.of(needed, all.toArray(new String[0]));
  }

  /** The host that stands for a node or guest. */
  public Optional<Host> of(Resource resource) {
    return hosts.of(resource.ref());
  }

  /** All hosts, by name. */
  List<Host> all() {
    return hosts.all();
  }

  /** The arguments that name the host of a resource. */
  static Arguments naming(Host host) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("cluster", host.id().cluster().value());
    values.put(NODE, host.id().name());
    return new Arguments(values);
  }

  /**
   * The host that these arguments name.
   *
   * @throws JarvisException {@code NOT_FOUND} or {@code AMBIGUOUS_TARGET}
   */
  Host named(Arguments arguments) {
    String name = arguments.text(NODE).orElseThrow();
    String cluster = arguments.text("cluster").orElse(null);
    List<Host> meant =
        hosts.all().stream()
            .filter(host -> host.id().name().equals(name))
            .filter(host -> cluster == null || host.id().cluster().value().equals(cluster))
            .toList();
    if (meant.size() > 1) {
      throw new JarvisException(
          ErrorCode.AMBIGUOUS_TARGET,
          "Several clusters have a host " + name + ". Name the cluster.");
    }
    if (meant.isEmpty()) {
      throw new JarvisException(ErrorCode.NOT_FOUND, unknown(name));
    }
    return meant.get(0);
  }

  /**
   * What these arguments seem to mean while no command runs, for an action that says so. It is
   * touched too little for anything to be done to it.
   */
  static Target unreached(Arguments arguments) {
    return new Target(
        new TargetSelector.OfNode(
            arguments.text("cluster").orElse(null), arguments.text(NODE).orElseThrow()),
        Touch.USES);
  }

  private String unknown(String name) {
    return "No SSH host is configured for "
        + name
        + ". "
        + (hosts.all().isEmpty()
            ? unavailable().orElse("")
            : "There are: "
                + hosts.all().stream()
                    .limit(20)
                    .map(host -> host.id().toString())
                    .collect(Collectors.joining(", "))
                + ".");
  }

  /** What a command would mean on a host. */
  CommandAnalysis analyse(Host host, CommandText command) {
    return analyst
        .get()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.PART_MISSING, unavailable().orElse("Nobody can tell.")))
        .analyse(host.id(), host.sudo(), command);
  }

  /** How the core finds what a host stands for. */
  static TargetSelector place(Host host) {
    ResourceRef place = host.place();
    String cluster = place.cluster().value();
    return switch (place.kind()) {
      case NODE -> new TargetSelector.OfNode(cluster, place.nodeName().orElseThrow().value());
      case GUEST ->
          new TargetSelector.OfGuest(
              cluster, null, place.guestId().orElseThrow().value(), EnumSet.allOf(GuestType.class));
      case CLUSTER -> new TargetSelector.OfCluster(cluster);
      case STORAGE ->
          throw new JarvisException(
              ErrorCode.MISCONFIGURED, "The host " + host.id() + " stands for a storage.");
    };
  }
}
