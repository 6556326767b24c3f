package org.jarvis.console.command;

import java.time.Clock;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code jarvis:maintenance}: a node is worked on, and new problems on it are no news. */
@Service
@Command(
    scope = "jarvis",
    name = "maintenance",
    description = "Says that a node is worked on for a while: maintenance NODE TIME|off [REASON]")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class MaintenanceCommand extends JarvisCommand {
  @Argument(
      index = 0,
      name = "NODE",
      description = "The node's name, or cluster/name",
      required = true)
  String node;

  @Argument(
      index = 1,
      name = "TIME",
      description = "For how long, such as 90m, 8h or 2d, or off",
      required = true)
  String time;

  @Argument(index = 2, name = "REASON", description = "Why, in a few words", multiValued = true)
  @Nullable List<String> reason;

  @Override
  void run(Lines lines) {
    new ProblemCare(parts, Clock.systemUTC())
        .maintain(node, time, reason == null ? "" : String.join(" ", reason), lines);
  }
}
