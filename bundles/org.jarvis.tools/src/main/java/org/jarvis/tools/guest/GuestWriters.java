package org.jarvis.tools.guest;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;

/** All tools that change guests. */
public final class GuestWriters {
  private GuestWriters() {}

  /** Them all. */
  public static List<Tool> all(Facts facts, EffectWatch watch) {
    List<Tool> tools = new ArrayList<>();
    for (GuestType type : GuestType.values()) {
      tools.add(new StartGuestTool(type, facts, watch));
      tools.add(new StopGuestTool(type, facts, watch));
      tools.add(new RestartGuestTool(type, facts, watch));
      tools.add(new MigrateGuestTool(type, facts));
      tools.add(new BackupGuestTool(type, facts));
      tools.add(new SetGuestConfigTool(type, facts));
      tools.add(new CloneGuestTool(type, facts));
      tools.add(new DeleteGuestTool(type, facts));
    }
    tools.add(new SuspendVmTool(facts));
    tools.add(new ResumeVmTool(facts));
    tools.add(new CreateSnapshotTool(facts));
    tools.add(new DeleteSnapshotTool(facts));
    tools.add(new RollbackSnapshotTool(facts));
    tools.add(new DeleteBackupTool(facts));
    tools.add(new SetTagsTool(facts));
    tools.add(new ResizeDiskTool(facts));
    tools.add(new ResetHaServiceTool(watch));
    return tools;
  }
}
