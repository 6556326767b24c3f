package org.jarvis.console.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:explain}: what a command on a host would mean. */
@Service
@Command(
    scope = "jarvis",
    name = "explain",
    description = "What a command on a host would mean: explain --host pve1 \"qm stop 101\"")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class ExplainCommand extends JarvisCommand {
  @Option(
      name = "--host",
      description = "The host that it would run on: a name, or cluster/name",
      valueToShowInHelp = "any")
  String host = "any";

  @Argument(
      index = 0,
      name = "COMMAND",
      description = "The command; in quotes where it has quotes, pipes or options",
      required = true,
      multiValued = true)
  List<String> words;

  @Override
  void run(Lines lines) {
    new CommandExplanation(parts.judge().require()).write(host, String.join(" ", words), lines);
  }
}
