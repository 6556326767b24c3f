package org.jarvis.tools.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.HostCommands;

/** What a host prints to the commands that a test expects; anything else it does not have. */
public final class HostPrints implements HostCommands {
  public final List<String> ran = new ArrayList<>();
  private final Map<String, Deque<Object>> answers = new LinkedHashMap<>();

  /** What is printed to a command that begins like this, in turn; the last for good. */
  public HostPrints on(String beginning, String... outputs) {
    for (String output : outputs) {
      on(beginning, new CommandResult(0, null, output, "", 0, Duration.ofMillis(12)));
    }
    return this;
  }

  public HostPrints on(String beginning, CommandResult result) {
    answers.computeIfAbsent(beginning, none -> new ArrayDeque<>()).add(result);
    return this;
  }

  public HostPrints on(String beginning, JarvisException failure) {
    answers.computeIfAbsent(beginning, none -> new ArrayDeque<>()).add(failure);
    return this;
  }

  public static CommandResult ended(int status, String output, String errors) {
    return new CommandResult(status, null, output, errors, 0, Duration.ofMillis(12));
  }

  @Override
  public CommandResult run(CommandText command, Duration timeLimit) {
    String line =
        command instanceof CommandText.Line text
            ? text.line()
            : String.join(" ", ((CommandText.Words) command).words());
    ran.add(line);
    for (Map.Entry<String, Deque<Object>> entry : answers.entrySet()) {
      if (line.startsWith(entry.getKey())) {
        Deque<Object> inTurn = entry.getValue();
        Object next = inTurn.size() > 1 ? inTurn.poll() : inTurn.peek();
        if (next instanceof JarvisException failure) {
          throw failure;
        }
        return (CommandResult) next;
      }
    }
    return ended(127, "", "sh: 1: " + line.split(" ", 2)[0] + ": not found");
  }
}
