package org.jarvis.console.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;

/** The commands that Jarvis ships, which are all that its console runs. */
public final class ShippedCommands {
  private static final List<Class<? extends JarvisCommand>> ALL =
      List.of(
          StatusCommand.class,
          TestClusterCommand.class,
          BundlesCommand.class,
          SetupTokenCommand.class,
          ResetPasswordCommand.class,
          LogLevelCommand.class,
          AuditVerifyCommand.class,
          HostsCommand.class,
          ToolsCommand.class,
          RunCommand.class,
          ExplainCommand.class,
          ActionsCommand.class,
          ProblemsCommand.class,
          FixCommand.class,
          SilenceCommand.class,
          MaintenanceCommand.class);

  private ShippedCommands() {}

  /** Their names without the scope, in the order of their help. */
  public static List<String> names() {
    return ALL.stream().map(type -> type.getAnnotation(Command.class).name()).toList();
  }
}
