package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:tools}: what Jarvis can do. */
@Service
@Command(
    scope = "jarvis",
    name = "tools",
    description = "The tools, each with its tier and whether it can be used")
public final class ToolsCommand extends JarvisCommand {
  @Override
  void run(Lines lines) {
    new ToolsReport(parts).write(lines);
  }
}
