package org.jarvis.console.command;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jarvis.console.LogLevels;
import org.jspecify.annotations.Nullable;

/** {@code jarvis:log-level}: shows and changes what is logged, until Jarvis stops. */
@Service
@Command(
    scope = "jarvis",
    name = "log-level",
    description = "Shows what is logged, or changes it until Jarvis stops")
public final class LogLevelCommand extends JarvisCommand {
  @Argument(
      index = 0,
      name = "logger",
      description = "Such as org.jarvis.core, or ROOT. Without it all are shown")
  @Nullable String logger;

  @Argument(
      index = 1,
      name = "level",
      description = "OFF, ERROR, WARN, INFO, DEBUG or TRACE. Without it the level is shown")
  @Nullable String level;

  @Override
  void run(Lines lines) {
    LogLevels levels = new LogLevels(parts.configuration().require());
    if (logger == null) {
      levels.all().forEach((name, shown) -> lines.add("%-6s %s".formatted(shown, name)));
    } else if (level == null) {
      lines.add(levels.of(logger) + " " + logger);
    } else {
      levels.set(logger, level);
      lines.add(
          "%s logs from %s on, until Jarvis stops."
              .formatted(logger, level.toUpperCase(Locale.ROOT)));
    }
  }
}
