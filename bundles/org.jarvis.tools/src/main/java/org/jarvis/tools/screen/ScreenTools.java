package org.jarvis.tools.screen;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.Columns;
import org.jspecify.annotations.Nullable;

/** All tools for the screen. They observe: nothing outside Jarvis changes. */
public final class ScreenTools {
  private static final String AWAY =
      "The screen (bundle org.jarvis.core) is not there at the moment. Try again soon.";

  private ScreenTools() {}

  /**
   * Them all.
   *
   * @param screen the screen, empty while the core is away
   */
  public static List<Tool> all(Supplier<Optional<Screen>> screen) {
    return List.of(new ShowOnScreenTool(screen), new ClearScreenTool(screen));
  }

  static Optional<String> unavailable(Supplier<Optional<Screen>> screen) {
    return screen.get().isPresent() ? Optional.empty() : Optional.of(AWAY);
  }

  static Screen require(Supplier<Optional<Screen>> screen) {
    return screen.get().orElseThrow(() -> new JarvisException(ErrorCode.PART_MISSING, AWAY));
  }

  /** What stands there now; clear_screen can be told the revision. */
  static Columns<Screen.Shown> result() {
    return new Columns<Screen.Shown>()
        .whole("revision", "Grows with each change of the screen.", Screen.Shown::revision)
        .text("show", "What is shown; none for nothing.", shown -> member(shown, "show"))
        .text("title", "Its title.", shown -> member(shown, "title"))
        .time("at", "Since when.", Screen.Shown::at);
  }

  private static @Nullable Object member(Screen.Shown shown, String name) {
    return shown.content().values().get(name);
  }
}
