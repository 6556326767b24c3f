package org.jarvis.tools.host;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;

/** All tools that work on hosts. */
public final class HostTools {
  private HostTools() {}

  /** Them all. */
  public static List<Tool> all(Commands commands, Facts facts, EffectWatch watch, Clock clock) {
    List<Tool> tools = new ArrayList<>();
    tools.add(new ExecuteSshTool(commands, clock));
    tools.add(new TemperatureTool(clock));
    tools.add(new ServiceStatusTool(commands, clock));
    tools.add(new JournalTool(commands, clock));
    tools.add(new DiskHealthTool(commands, clock));
    tools.add(new ZfsStatusTool(commands, clock));
    tools.add(new ContainerListTool(commands, clock));
    tools.add(new RestartContainerTool(commands, watch));
    tools.add(new StartScrubTool(commands));
    tools.add(new CleanCacheTool(commands));
    tools.add(new RenewCertificateTool(commands, facts, watch));
    for (GuestType type : GuestType.values()) {
      tools.add(new UnlockGuestTool(type, commands));
    }
    return tools;
  }
}
