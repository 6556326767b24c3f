package org.jarvis.console.command;

import java.time.Clock;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code jarvis:problems}: what is wrong, and all of one problem. */
@Service
@Command(
    scope = "jarvis",
    name = "problems",
    description = "What is wrong, the worst first, or all of one problem: problems [--all] [ID]")
public final class ProblemsCommand extends JarvisCommand {
  @Option(name = "--all", description = "Also those that ended lately")
  boolean all;

  @Argument(index = 0, name = "ID", description = "The problem to tell all of")
  @Nullable String id;

  @Override
  void run(Lines lines) {
    ProblemsReport report = new ProblemsReport(parts, Clock.systemUTC());
    if (id == null) {
      report.list(all, lines);
    } else {
      report.one(id, lines);
    }
  }
}
