package org.jarvis.console.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/** {@code jarvis:fix}: asks the gate for a remedy, as a click does. */
@Service
@Command(
    scope = "jarvis",
    name = "fix",
    description = "Asks for a remedy of a problem: fix ID [REMEDY] [--first-step] [--wait 30]")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class FixCommand extends JarvisCommand {
  private static final String FIRST_STEP = "--first-step";
  private static final String WAIT = "--wait";

  @Argument(
      index = 0,
      name = "ID",
      description = "The problem; jarvis:problems lists them",
      required = true)
  String id;

  @Argument(
      index = 1,
      name = "REMEDY",
      description = "The remedy, the best one unless named; jarvis:problems ID lists them",
      multiValued = true)
  @Nullable List<String> given;

  @Option(name = FIRST_STEP, description = "Only the first of several steps")
  boolean firstStep;

  @Option(
      name = WAIT,
      description = "For how many seconds to wait for its end, 0 to 300",
      valueToShowInHelp = "30")
  int wait = 30;

  @Override
  void run(Lines lines) {
    List<String> words = new ArrayList<>(given == null ? List.of() : given);
    // Karaf takes whatever follows the first argument for arguments too.
    firstStep |= words.remove(FIRST_STEP);
    int at = words.indexOf(WAIT);
    if (at >= 0) {
      words.remove(at);
      wait = ToolRun.seconds(at < words.size() ? words.remove(at) : "");
    }
    if (words.size() > 1) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT, "Name one remedy at most: fix ID [REMEDY] [--first-step].");
    }
    new ProblemCare(parts, Clock.systemUTC())
        .fix(id, words.isEmpty() ? null : words.get(0), firstStep, wait, lines);
  }
}
