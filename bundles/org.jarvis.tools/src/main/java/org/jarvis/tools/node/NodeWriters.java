package org.jarvis.tools.node;

import java.util.List;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.host.Commands;

/** All tools that change nodes. */
public final class NodeWriters {
  private NodeWriters() {}

  /** Them all. */
  public static List<Tool> all(Facts facts, Commands commands, EffectWatch watch) {
    return List.of(
        NodePowerTool.reboot(facts, watch),
        NodePowerTool.shutdown(facts, watch),
        new WakeNodeTool(commands, watch),
        new ServiceTool(ServiceTool.Verb.START, commands, watch),
        new ServiceTool(ServiceTool.Verb.STOP, commands, watch),
        new ServiceTool(ServiceTool.Verb.RESTART, commands, watch),
        new StopTaskTool(watch),
        new RunReplicationTool(watch));
  }
}
