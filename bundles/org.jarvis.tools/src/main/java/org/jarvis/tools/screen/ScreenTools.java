package org.jarvis.tools.screen;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Tool;

/** All tools for the screen. They observe: nothing outside Jarvis changes. */
public final class ScreenTools {
  private ScreenTools() {}

  /**
   * Them all.
   *
   * @param screen the screen, empty while the core is away
   */
  public static List<Tool> all(Supplier<Optional<Screen>> screen) {
    return List.of(new ShowOnScreenTool(screen), new ClearScreenTool(screen));
  }
}
