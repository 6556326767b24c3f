package org.jarvis.tools.screen;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.Columns;
import org.jspecify.annotations.Nullable;

/** Changes what stands on the screen, and nothing outside Jarvis. */
abstract class ScreenTool implements Tool {
  private static final String AWAY =
      "The screen (bundle org.jarvis.core) is not there at the moment. Try again soon.";

  /** What stands there now; clear_screen can be told the revision. */
  private static final Columns<Screen.Shown> RESULT =
      new Columns<Screen.Shown>()
          .whole("revision", "Grows with each change of the screen.", Screen.Shown::revision)
          .text("show", "What is shown; none for nothing.", shown -> member(shown, "show"))
          .text("title", "Its title.", shown -> member(shown, "title"))
          .time("at", "Since when.", Screen.Shown::at);

  private final Supplier<Optional<Screen>> screen;
  private final ToolDefinition definition;

  /**
   * A tool for this screen.
   *
   * @param screen the screen, empty while the core is away
   * @param schema what it can be told
   */
  ScreenTool(
      Supplier<Optional<Screen>> screen,
      String name,
      String title,
      String description,
      String schema) {
    this.screen = screen;
    this.definition =
        new ToolDefinition(
            name,
            title,
            description,
            schema,
            RESULT.resultSchema(),
            ResourceKind.CLUSTER,
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            Duration.ofSeconds(10),
            null);
  }

  @Override
  public final ToolDefinition definition() {
    return definition;
  }

  @Override
  public final ToolUse use(Arguments arguments) {
    return ToolUse.observing(definition.title(), List.of());
  }

  @Override
  public final Optional<String> unavailable() {
    return screen.get().isPresent() ? Optional.empty() : Optional.of(AWAY);
  }

  /** None: a resource's own page shows it already. */
  @Override
  public final List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public final ToolResult run(ToolContext context) {
    Screen present =
        screen.get().orElseThrow(() -> new JarvisException(ErrorCode.PART_MISSING, AWAY));
    return new ToolResult(words(), RESULT.row(change(present, context)));
  }

  /** What to say once it is done. */
  abstract String words();

  /** Does it; what stands there now. */
  abstract Screen.Shown change(Screen present, ToolContext context);

  private static @Nullable Object member(Screen.Shown shown, String name) {
    return shown.content().values().get(name);
  }
}
