package org.jarvis.tools.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.command.Affected;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code start_zfs_scrub}, over SSH, since Proxmox VE's API cannot. */
final class StartScrubTool extends NodeCommandTool {
  private static final String TITLE = "Start ZFS scrub";
  private static final String POOL = "pool";
  private static final String SCAN = "scan: ";
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text(POOL, "The pool.", of -> of.more(POOL))
          .text("scan", "What the pool says of it.", of -> of.more("scan"));

  StartScrubTool(Commands commands) {
    super(
        Severity.SMALL.definition(
            new Severity.Look(
                "start_zfs_scrub",
                TITLE,
                "Begins a scrub of a node's ZFS pool and sees that it runs. It reads everything,"
                    + " repairs what redundancy can repair, and takes hours on large pools, which are"
                    + " slower meanwhile. get_zfs_status tells how far it is and what it found."),
            Subject.NODE.schema(
                List.of(POOL),
                List.of(
                    InputSchema.text(
                        POOL,
                        "^[A-Za-z][A-Za-z0-9_.:-]{0,254}$",
                        "The pool's name, such as rpool; get_zfs_pools lists those of a node."))),
            RESULT,
            ResourceKind.NODE,
            false,
            Duration.ofMinutes(2),
            null),
        commands);
  }

  private static String pool(Arguments arguments) {
    return arguments.text(POOL).orElseThrow();
  }

  @Override
  public ToolUse use(Arguments arguments) {
    String part = new Affected(Affected.Kind.DISK, pool(arguments), Touch.TENDS).part();
    return Severity.SMALL.use(
        TITLE + " of " + pool(arguments), targets(arguments, Touch.TENDS, part));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    return new Impact(
        "Begins a scrub of the pool " + pool(arguments) + " on node " + node(targets).name() + ".",
        List.of("The pool is slower until it is done. No guest is interrupted."),
        "Stop it with zpool scrub -s " + pool(arguments) + ".");
  }

  @Override
  ToolResult doOn(Node node, ToolContext context) {
    String pool = pool(context.arguments());
    Exchange exchange = exchange(context);
    exchange.answer("zpool", "scrub", pool);
    String scan =
        exchange
            .answer("zpool", "status", pool)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(SCAN))
            .map(line -> line.substring(SCAN.length()))
            .findFirst()
            .orElse("");
    // One of little data may be done already.
    if (!scan.startsWith("scrub in progress") && !scan.startsWith("scrub repaired")) {
      throw new JarvisException(
          ErrorCode.EFFECT_MISSING,
          "A scrub of " + pool + " was asked for, but the pool says: " + Words.said(scan));
    }
    return new Outcome(node, null, null, Map.of(POOL, pool, "scan", Words.said(scan)))
        .result("A scrub of the pool " + pool + " on node " + node.name() + " has begun.", RESULT);
  }
}
