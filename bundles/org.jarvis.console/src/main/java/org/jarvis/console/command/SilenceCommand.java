package org.jarvis.console.command;

import java.time.Clock;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:silence}: nobody wants to hear of a problem for a while. */
@Service
@Command(
    scope = "jarvis",
    name = "silence",
    description = "Silences a problem for a while, such as 90m, 8h or 2d: silence ID TIME|off")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class SilenceCommand extends JarvisCommand {
  @Argument(
      index = 0,
      name = "ID",
      description = "The problem; jarvis:problems lists them",
      required = true)
  String id;

  @Argument(index = 1, name = "TIME", description = "For how long, or off", required = true)
  String time;

  @Override
  void run(Lines lines) {
    new ProblemCare(parts, Clock.systemUTC()).silence(id, time, lines);
  }
}
