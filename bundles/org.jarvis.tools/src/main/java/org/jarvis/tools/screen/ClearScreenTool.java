package org.jarvis.tools.screen;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.tools.form.InputSchema;

/** {@code clear_screen}. */
final class ClearScreenTool extends ScreenTool {
  private static final String REVISION = "revision";

  ClearScreenTool(Supplier<Optional<Screen>> screen) {
    super(
        screen,
        "clear_screen",
        "Clear the screen",
        "Takes away what show_on_screen put onto the centre of everybody's page, which then shows"
            + " its usual self again. Use it once what is shown is talked about no more.",
        InputSchema.of(
            List.of(),
            InputSchema.whole(
                REVISION,
                1,
                Long.MAX_VALUE,
                "Only if this is still shown: the revision that show_on_screen told.")));
  }

  @Override
  String words() {
    return "Nothing more is shown.";
  }

  @Override
  Screen.Shown change(Screen present, ToolContext context) {
    Object wanted = context.arguments().values().get(REVISION);
    long shown = present.current().map(Screen.Shown::revision).orElse(0L);
    if (wanted instanceof Number revision && revision.longValue() != shown) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "Something else is shown by now (revision " + shown + "), so it was left as it is.");
    }
    return present.clear(context.principal().name(), context.origin());
  }
}
