package org.jarvis.tools.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;

/**
 * {@code clean_package_cache}, over SSH. Packages can be downloaded again; of the journal something
 * is lost, so it is shortened only where that is asked for, and then the name has to be typed.
 */
final class CleanCacheTool extends NodeCommandTool {
  private static final String TITLE = "Clean package cache";
  private static final String JOURNAL = "journal";
  private static final String KEPT = "200M";
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .whole("usedBytes", "Used space of the root disk now.", of -> of.more("usedBytes"))
          .whole("freedBytes", "How much less that is than before.", of -> of.more("freedBytes"));

  CleanCacheTool(Commands commands) {
    super(
        Severity.DESTROYING.definition(
            new Severity.Look(
                "clean_package_cache",
                TITLE,
                "Makes room on a node's root disk: deletes the packages that apt downloaded, which it"
                    + " downloads again when it needs them. With journal=true it also shortens the"
                    + " system journal to 200 MB, and what is older is lost for good. A person has to"
                    + " approve. It says how much became free, which may be little."),
            Subject.NODE.schema(
                List.of(),
                List.of(
                    InputSchema.flag(
                        JOURNAL,
                        false,
                        "Whether to shorten the system journal to 200 MB as well."))),
            RESULT,
            ResourceKind.NODE,
            true,
            Duration.ofMinutes(3),
            null),
        commands);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    Severity severity = arguments.flag(JOURNAL) ? Severity.DESTROYING : Severity.DISRUPTING;
    // What the rules of commands say of apt-get and journalctl.
    return severity.use(TITLE, targets(arguments, Touch.INTERRUPTS, null));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    List<String> effects = new ArrayList<>();
    effects.add("The packages that apt downloaded are deleted; it downloads them again if needed.");
    if (arguments.flag(JOURNAL)) {
      effects.add("What the journal says beyond its latest 200 MB is lost for good.");
    }
    effects.add("No guest and no service is interrupted.");
    return new Impact(
        "Makes room on the root disk of node " + node(targets).name() + ".", effects, null);
  }

  @Override
  ToolResult doOn(Node node, ToolContext context) {
    Exchange exchange = exchange(context);
    long before = used(context, node);
    exchange.answer("apt-get", "clean");
    if (context.arguments().flag(JOURNAL)) {
      exchange.answer("journalctl", "--vacuum-size=" + KEPT);
    }
    long now = used(context, node);
    long freed = Math.max(0, before - now);
    String note =
        freed == 0
            ? "Nothing became free; look for large files with du -xh --max-depth=2 /."
            : null;
    return new Outcome(node, null, note, Map.of("usedBytes", now, "freedBytes", freed))
        .result(
            "The package cache of node "
                + node.name()
                + " was cleaned; "
                + (freed >> 20)
                + " MiB became free.",
            RESULT);
  }

  private static long used(ToolContext context, Node node) {
    Bytes used = Reading.fresh(context, node, Aspect.SYSTEM, NodeSystem.class).rootUsed();
    return used == null ? 0 : used.value();
  }
}
