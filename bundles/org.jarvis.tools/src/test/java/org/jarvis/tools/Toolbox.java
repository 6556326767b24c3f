package org.jarvis.tools;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.tool.Tool;
import org.jarvis.testkit.screen.FakeScreen;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.host.Commands;

/** All built-in tools, with a screen of their own. */
final class Toolbox {
  private Toolbox() {}

  /** Them all, while nothing tells of problems. */
  static List<Tool> tools(
      LiveState state, Commands commands, Clock clock, EffectWatch.Pause pause) {
    return tools(state, commands, clock, pause, Optional::empty);
  }

  /** Them all. */
  static List<Tool> tools(
      LiveState state,
      Commands commands,
      Clock clock,
      EffectWatch.Pause pause,
      Supplier<Optional<Problems>> problems) {
    FakeScreen screen = new FakeScreen(clock);
    return BuiltInTools.tools(state, commands, clock, pause, problems, () -> Optional.of(screen));
  }
}
