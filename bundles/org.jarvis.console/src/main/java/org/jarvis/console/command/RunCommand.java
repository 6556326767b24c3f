package org.jarvis.console.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code jarvis:run}: asks the gate for a tool, as a click or a client does. */
@Service
@Command(
    scope = "jarvis",
    name = "run",
    description = "Asks for a tool: run start_vm node=pve1 vmid=101 [--wait 30]")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class RunCommand extends JarvisCommand {
  private static final String WAIT = "--wait";

  @Argument(
      index = 0,
      name = "TOOL",
      description = "The tool's name; jarvis:tools lists them",
      required = true)
  String tool;

  @Argument(index = 1, name = "key=value", description = "The tool's arguments", multiValued = true)
  @Nullable List<String> given;

  @Option(
      name = WAIT,
      description = "For how many seconds to wait for its end, 0 to 300",
      valueToShowInHelp = "30")
  int wait = 30;

  @Override
  void run(Lines lines) {
    List<String> words = new ArrayList<>(given == null ? List.of() : given);
    // Karaf takes whatever follows the first argument for arguments too.
    int at = words.indexOf(WAIT);
    if (at >= 0) {
      words.remove(at);
      wait = ToolRun.seconds(at < words.size() ? words.remove(at) : "");
    }
    new ToolRun(parts).run(tool, words, wait, lines);
  }
}
