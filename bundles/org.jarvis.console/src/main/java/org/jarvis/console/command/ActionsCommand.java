package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:actions}: what was asked for lately. */
@Service
@Command(
    scope = "jarvis",
    name = "actions",
    description = "What was asked for lately and how it stands, newest first [--limit 20]")
public final class ActionsCommand extends JarvisCommand {
  @Option(name = "--limit", description = "How many, 1 to 200", valueToShowInHelp = "20")
  int limit = 20;

  @Override
  void run(Lines lines) {
    new ActionsReport(parts).write(limit, lines);
  }
}
