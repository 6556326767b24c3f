package org.jarvis.tools.read;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.tool.Tool;

/** All tools that only look. */
public final class ReadingTools {
  private ReadingTools() {}

  /** Them all. */
  public static List<Tool> all(Clock clock) {
    List<Tool> tools = new ArrayList<>();
    tools.add(new ClusterStatusTool(clock));
    tools.add(new NodeStatusTool(clock));
    for (GuestType type : GuestType.values()) {
      tools.add(new GuestListTool(type, clock));
    }
    tools.add(new StorageListTool(clock));
    tools.add(new ClusterResourcesTool(clock));
    tools.add(new BackupListTool(clock));
    tools.add(new TaskLogTool(clock));
    tools.add(new NodeSyslogTool(clock));
    tools.add(new MetricsHistoryTool(clock));
    tools.add(new ClusterTestTool(clock));
    tools.addAll(new ClusterReads(clock).all());
    tools.addAll(new NodeReads(clock).all());
    tools.addAll(new GuestReads(clock).all());
    tools.add(new StorageReads(clock).content());
    return tools;
  }
}
