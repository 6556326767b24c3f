package org.jarvis.tools.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.Host;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/**
 * {@code get_zfs_status}: what {@code zpool status} of the node itself says, and where no host
 * tells that, what the cluster knows of the pools.
 */
final class ZfsStatusTool implements Tool {
  private static final String TITLE = "Show ZFS status";
  private static final int STATUS_BYTES = 32 * 1024;
  private static final Columns<Told> RESULT =
      new Columns<Told>()
          .text("ref", "The node's address.", told -> told.node().ref())
          .text("name", "The node.", told -> told.node().name())
          .text("source", "Who said so.", Told::source)
          .time("observedAt", "When that was read.", Told::at)
          .rows(
              "pools",
              "Each pool.",
              new Columns<ZfsPools.Pool>()
                  .text("pool", "Its name.", ZfsPools.Pool::name)
                  .text("health", "ONLINE, DEGRADED, FAULTED and so on.", ZfsPools.Pool::health)
                  .bytes("usedBytes", "Used space.", ZfsPools.Pool::allocated)
                  .bytes("sizeBytes", "Its size.", ZfsPools.Pool::size)
                  .whole("fragmentationPercent", "Fragmentation.", ZfsPools.Pool::fragmentation),
              Told::pools)
          .printed(
              "status",
              "What zpool status prints: the disks, errors, scrubs and resilvering.",
              STATUS_BYTES,
              Told::status)
          .text("failure", "Why the node itself does not tell.", Told::failure);

  private final Commands commands;
  private final Clock clock;
  private final ToolDefinition definition;

  ZfsStatusTool(Commands commands, Clock clock) {
    this.commands = commands;
    this.clock = clock;
    this.definition =
        new ToolDefinition(
            "get_zfs_status",
            TITLE,
            "Tells how a node's ZFS pools are: health, space, the disks in them, errors, and the last"
                + " or running scrub or resilvering. The latter only the node itself tells, over SSH;"
                + " without that it tells what Proxmox VE knows. It starts no scrub.",
            Subject.NODE.schema(List.of(), List.of()),
            RESULT.resultSchema(),
            ResourceKind.NODE,
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            Duration.ofSeconds(60),
            null);
  }

  private record Told(
      Resource node,
      String source,
      Instant at,
      List<ZfsPools.Pool> pools,
      @Nullable String status,
      @Nullable String failure) {}

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(TITLE, Subject.NODE.selector(arguments).stream().toList());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = (Node) Subject.NODE.of(context);
    Optional<Host> host = commands.unavailable().isPresent() ? Optional.empty() : commands.of(node);
    String failure =
        host.isPresent()
            ? null
            : commands
                .unavailable()
                .orElse("No SSH host is configured for node " + node.name() + ".");
    String status = null;
    if (host.isPresent()) {
      try {
        status = status(Exchange.with(context, host.get()));
      } catch (JarvisException silent) {
        failure = silent.getMessage();
      }
    }
    Known known = known(context, node, status);
    return told(
        status == null
            ? new Told(
                node,
                known.observation().source(),
                known.observation().at(),
                known.pools(),
                null,
                failure)
            : new Told(
                node,
                "ssh:" + host.orElseThrow().id(),
                clock.instant(),
                known.pools(),
                status,
                failure));
  }

  /** It ends with 1 where there are no pools, too, and then says so. */
  private static String status(Exchange exchange) {
    CommandResult result =
        exchange
            .commands()
            .run(new CommandText.Words(List.of("zpool", "status")), Exchange.PATIENCE);
    exchange.requireEnd(result, "zpool");
    if (!Exchange.isZero(result)) {
      throw exchange.failed(result, "zpool");
    }
    return result.output().isBlank() ? result.errors() : result.output();
  }

  /** What the cluster knows, with its age. */
  private record Known(List<ZfsPools.Pool> pools, Observation observation) {}

  /** What the cluster knows is needed most where the node tells nothing; then it must not fail. */
  private static Known known(ToolContext context, Node node, @Nullable String status) {
    try {
      Reading<ZfsPools> reading = Reading.of(context, node, Aspect.ZFS, ZfsPools.class);
      return new Known(reading.detail().pools(), reading.observation());
    } catch (JarvisException unknown) {
      if (status == null) {
        throw unknown;
      }
      return new Known(List.of(), node.observation());
    }
  }

  private static ToolResult told(Told told) {
    List<String> unwell = new ArrayList<>();
    told.pools().stream()
        .filter(pool -> !"ONLINE".equals(pool.health()))
        .forEach(pool -> unwell.add(Words.said(pool.name() + " is " + pool.health())));
    return new ToolResult(
        "Node "
            + told.node().name()
            + ": "
            + Words.count(told.pools().size(), "ZFS pool")
            + (unwell.isEmpty() ? "" : "; " + Words.said(String.join(", ", unwell)))
            + ".",
        RESULT.row(told));
  }
}
